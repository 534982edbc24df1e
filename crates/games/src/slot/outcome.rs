//! What a spin gives, and how the page shows it.

use economy::Tokens;
use serde::{Deserialize, Serialize};

use super::{Bet, Symbol, tables};
use crate::multiplier_hundredths;

/// From how many times the stake on a win is a big one, in hundredths.
const BIG_WIN_HUNDREDTHS: i64 = 1_000;

/// One line that pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinLine {
    /// Which, from 1.
    pub line: u8,
    /// The symbol that pays.
    pub symbol: Symbol,
    /// How many of it, from the left: 2 or 3.
    pub count: u8,
    /// What it pays, in tokens.
    pub payout: Tokens,
}

/// One turn of the reels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spin {
    /// What is visible: each reel from the left, each from the top.
    pub reels: [[Symbol; 3]; 3],
    /// The lines that pay.
    pub win_lines: Vec<WinLine>,
    /// What they pay together, in tokens.
    pub payout: Tokens,
}

impl Spin {
    /// Whether three sevens stood on a staked line.
    #[must_use]
    pub fn is_jackpot(&self) -> bool {
        self.win_lines
            .iter()
            .any(|line| line.symbol == Symbol::Seven && line.count == 3)
    }
}

/// What one staked spin gives, its free spins included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The staked spin.
    pub spin: Spin,
    /// The free spins, in order; none or five.
    pub free_spins: Vec<Spin>,
    /// The whole payout, in tokens.
    pub payout: Tokens,
    /// Whether three sevens stood on a line, in the staked spin or a free one.
    pub is_jackpot: bool,
}

/// How the page shows an outcome; derived from it, never the other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Animation {
    /// Nothing was won.
    None,
    /// Two of three on a line stood for a dear symbol and nothing was won.
    NearMiss,
    /// Something came back, less than the stake or the same; not celebrated.
    Return,
    /// More than the stake.
    Win,
    /// Ten times the stake or more.
    BigWin,
    /// Three scatters.
    FreeSpins,
    /// Three sevens.
    Jackpot,
}

/// How the page shows it: the rarest thing that happened.
#[must_use]
pub fn animation(bet: Bet, outcome: &Outcome) -> Animation {
    if outcome.is_jackpot {
        Animation::Jackpot
    } else if !outcome.free_spins.is_empty() {
        Animation::FreeSpins
    } else if outcome.payout.is_zero() {
        if is_near_miss(bet, outcome) {
            Animation::NearMiss
        } else {
            Animation::None
        }
    } else if multiplier_hundredths(bet.stake(), outcome.payout) >= BIG_WIN_HUNDREDTHS {
        Animation::BigWin
    } else if outcome.payout > bet.stake() {
        Animation::Win
    } else {
        Animation::Return
    }
}

/// Whether two of three on a staked line stand for a seven or a diamond.
fn is_near_miss(bet: Bet, outcome: &Outcome) -> bool {
    let two_of = |line: &[Symbol; 3], dear| {
        line.iter().filter(|symbol| symbol.stands_for(dear)).count() == 2
    };
    tables::staked(&outcome.spin.reels, bet.lines())
        .any(|(_, line)| two_of(&line, Symbol::Seven) || two_of(&line, Symbol::Diamond))
}
