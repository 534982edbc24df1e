//! What the machine sounds like.

use crate::play::{Table, Tone};

/// What is to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The knob turns.
    Turn,
    /// A capsule drops.
    Drop,
    /// A capsule opens.
    Open,
    /// An epic is in it.
    Epic,
    /// A legendary is in it.
    Legendary,
}

impl Cue {
    fn tones(self) -> &'static [Tone] {
        match self {
            Self::Turn => &[(0.0, 0.07, 165.0), (0.12, 0.07, 175.0), (0.24, 0.09, 196.0)],
            Self::Drop => &[(0.0, 0.06, 147.0), (0.09, 0.05, 131.0)],
            Self::Open => &[(0.0, 0.10, 392.0)],
            Self::Epic => &[(0.0, 0.14, 440.0), (0.11, 0.14, 554.0), (0.22, 0.34, 659.0)],
            Self::Legendary => &[
                (0.0, 0.16, 523.0),
                (0.12, 0.16, 659.0),
                (0.24, 0.16, 784.0),
                (0.36, 0.16, 1047.0),
                (0.50, 0.60, 1319.0),
            ],
        }
    }
}

/// Plays a cue unless the table is muted.
pub(super) fn play(table: Table, cue: Cue) {
    table.ring(cue.tones());
}
