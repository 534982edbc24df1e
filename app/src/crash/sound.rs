//! What a round sounds like.

use games::crash::End;

use super::ended::Ended;
use crate::play::{Table, Tone};

/// What is to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The curve sets out.
    Start,
    /// Cashed out, for less than what was staked on top of it.
    Win,
    /// Cashed out, for at least as much as was staked on top of it.
    BigWin,
    /// The curve broke off first.
    Crash,
    /// The stake came back.
    Refund,
}

impl Cue {
    /// In proportion to what was won.
    pub(super) fn of(ended: &Ended) -> Self {
        match ended.end {
            End::Cashed { .. } if ended.win_amount >= ended.stake => Self::BigWin,
            End::Cashed { .. } => Self::Win,
            End::Crashed => Self::Crash,
            End::Refunded => Self::Refund,
        }
    }

    fn tones(self) -> &'static [Tone] {
        match self {
            Self::Start => &[(0.0, 0.10, 294.0)],
            Self::Win => &[(0.0, 0.12, 523.0), (0.10, 0.20, 659.0)],
            Self::BigWin => &[(0.0, 0.12, 523.0), (0.10, 0.12, 659.0), (0.20, 0.30, 784.0)],
            Self::Crash => &[(0.0, 0.26, 110.0)],
            Self::Refund => &[(0.0, 0.16, 330.0)],
        }
    }
}

/// Plays a cue unless the table is muted.
pub(super) fn play(table: Table, cue: Cue) {
    table.ring(cue.tones());
}
