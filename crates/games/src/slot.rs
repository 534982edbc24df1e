//! The slot: three reels with written-out strips, three visible rows, one to five lines.

use serde::{Deserialize, Serialize};

use crate::Draws;
use crate::stake::StakeLimits;

mod bet;
mod odds;
mod outcome;
mod paytable;
mod strips;
mod tables;

pub use bet::{BadBet, BadLines, Bet, Lines};
pub use odds::{exact_free_spins, exact_hit_rate, exact_jackpot, exact_return};
pub use outcome::{Animation, Outcome, Spin, WinLine, animation};
pub use paytable::Pay;
pub use tables::Tables;

/// The version of strips and paytable; a hand names the one it was played under.
pub const RULES_VERSION: i64 = 1;
/// What may be staked on a spin, in tokens.
pub const STAKES: StakeLimits = StakeLimits::new(10, 10_000);
/// The most lines of a spin.
pub const LINES_MAX: u8 = 5;
/// How many free spins three scatters give.
pub const FREE_SPINS: usize = 5;

/// The lines in the order they are staked: middle row, top row, bottom row, the diagonal down and
/// the diagonal up. Each gives the row, from the top, that it crosses on each reel from the left.
pub const LINES: [[usize; 3]; 5] = [[1, 1, 1], [0, 0, 0], [2, 2, 2], [0, 1, 2], [2, 1, 0]];

/// What is painted on the reels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Symbol {
    /// The cheapest.
    Cherry,
    /// Second.
    Lemon,
    /// Third.
    Orange,
    /// Fourth.
    Grape,
    /// Dear.
    Diamond,
    /// The jackpot symbol.
    Seven,
    /// Stands for any but the scatter.
    Wild,
    /// Three anywhere give free spins.
    Scatter,
}

impl Symbol {
    /// Every symbol, the cheapest first.
    pub const ALL: [Self; 8] = [
        Self::Cherry,
        Self::Lemon,
        Self::Orange,
        Self::Grape,
        Self::Diamond,
        Self::Seven,
        Self::Wild,
        Self::Scatter,
    ];

    /// Whether it counts as `other` on a line.
    #[must_use]
    pub fn stands_for(self, other: Self) -> bool {
        self == other || (self == Self::Wild && other != Self::Scatter)
    }
}

/// Settles one spin. The same bet and stream always give the same outcome.
///
/// Each turn of the reels reads three stops, from the left; the free spins read on.
pub fn settle(bet: Bet, draws: &mut Draws) -> Outcome {
    Tables::current().settle(bet, draws)
}

/// What a line pays, the dearest first; a line pays the first row that it meets.
#[must_use]
pub fn paytable() -> &'static [Pay] {
    Tables::current().paytable
}

/// The three strips from the left, each from stop 0; a stop is the top row of what it shows.
#[must_use]
pub fn strips() -> [&'static [Symbol]; 3] {
    Tables::current().strips
}
