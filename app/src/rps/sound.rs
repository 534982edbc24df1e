//! What the duel sounds like.

use crate::play::{Table, Tone};

/// What is to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// A word of the countdown.
    Beat,
    /// The house's hand turns over.
    Turn,
    /// The member won.
    Win,
}

impl Cue {
    fn tones(self) -> &'static [Tone] {
        match self {
            Self::Beat => &[(0.0, 0.07, 220.0)],
            Self::Turn => &[(0.0, 0.10, 330.0)],
            Self::Win => &[(0.0, 0.14, 523.0), (0.11, 0.22, 659.0)],
        }
    }
}

/// Plays a cue unless the table is muted.
pub(super) fn play(table: Table, cue: Cue) {
    table.ring(cue.tones());
}
