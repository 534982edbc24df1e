//! What the slot sounds like.

use super::machine::Machine;
use crate::play::Tone;

/// What is to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The reels start.
    Start,
    /// A reel stops.
    Stop,
    /// Free spins begin.
    Free,
    /// More than the stake came back.
    Win,
    /// Much more.
    Big,
    /// Three sevens.
    Jackpot,
}

impl Cue {
    fn tones(self) -> &'static [Tone] {
        match self {
            Self::Start => &[(0.0, 0.08, 196.0), (0.06, 0.10, 262.0)],
            Self::Stop => &[(0.0, 0.06, 147.0)],
            Self::Free => &[(0.0, 0.18, 392.0), (0.14, 0.18, 494.0), (0.28, 0.30, 587.0)],
            Self::Win => &[(0.0, 0.14, 523.0), (0.11, 0.22, 659.0)],
            Self::Big => &[
                (0.0, 0.14, 523.0),
                (0.11, 0.14, 659.0),
                (0.22, 0.14, 784.0),
                (0.33, 0.40, 1047.0),
            ],
            Self::Jackpot => &[
                (0.0, 0.16, 523.0),
                (0.12, 0.16, 659.0),
                (0.24, 0.16, 784.0),
                (0.36, 0.16, 1047.0),
                (0.50, 0.16, 784.0),
                (0.62, 0.70, 1319.0),
            ],
        }
    }
}

/// Plays a cue unless the machine is muted.
pub(super) fn play(machine: Machine, cue: Cue) {
    machine.table.ring(cue.tones());
}
