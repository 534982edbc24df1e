//! Strips and paytable of one version, and how they settle a spin.

use economy::Tokens;

use super::{Bet, FREE_SPINS, LINES, Lines, Outcome, Pay, Spin, Symbol, WinLine, paytable, strips};
use crate::Draws;

/// How many scatters must be visible for free spins.
const SCATTERS: usize = 3;

/// The strips and the paytable that a hand was played under.
#[derive(Clone, Copy, Debug)]
pub struct Tables {
    /// The three strips, each from stop 0.
    pub strips: [&'static [Symbol]; 3],
    /// What a line pays, the dearest first.
    pub paytable: &'static [Pay],
}

/// Version 1.
static FIRST: Tables = {
    let [left, middle, right] = &strips::FIRST;
    Tables {
        strips: [left, middle, right],
        paytable: &paytable::FIRST,
    }
};

impl Tables {
    /// The tables of that version, if this build has them.
    #[must_use]
    pub const fn of(version: i64) -> Option<&'static Self> {
        match version {
            1 => Some(&FIRST),
            _ => None,
        }
    }

    /// The tables of [`super::RULES_VERSION`], which new hands are played under.
    #[must_use]
    pub const fn current() -> &'static Self {
        &FIRST
    }

    /// Settles one spin under these tables. The same bet and stream always give the same outcome.
    pub fn settle(&self, bet: Bet, draws: &mut Draws) -> Outcome {
        let spin = self.spin(bet, draws);
        let free = if gives_free_spins(&spin.reels) {
            FREE_SPINS
        } else {
            0
        };
        let free_spins: Vec<Spin> = (0..free).map(|_| self.spin(bet, draws)).collect();
        let payout = sum(std::iter::once(&spin)
            .chain(&free_spins)
            .map(|spin| spin.payout));
        let is_jackpot = std::iter::once(&spin)
            .chain(&free_spins)
            .any(Spin::is_jackpot);
        Outcome {
            spin,
            free_spins,
            payout,
            is_jackpot,
        }
    }

    /// One turn of the reels, drawn from the left.
    fn spin(&self, bet: Bet, draws: &mut Draws) -> Spin {
        let reels = self.strips.map(|strip| stop(strip, draws));
        let win_lines: Vec<WinLine> = self
            .paid(&reels, bet.lines())
            .map(|(line, pay)| WinLine {
                line,
                symbol: pay.symbol,
                count: pay.count,
                payout: times(bet.line_stake(), pay.multiplier),
            })
            .collect();
        let payout = sum(win_lines.iter().map(|line| line.payout));
        Spin {
            reels,
            win_lines,
            payout,
        }
    }

    /// The lines that pay, by their number from 1, with the row each of them meets.
    pub(super) fn paid(
        &self,
        reels: &[[Symbol; 3]; 3],
        lines: Lines,
    ) -> impl Iterator<Item = (u8, Pay)> {
        staked(reels, lines).filter_map(|(number, line)| {
            let pay = self.paytable.iter().copied().find(|pay| pay.meets(&line))?;
            Some((number, pay))
        })
    }
}

/// The staked lines by their number from 1, each with its symbols from the left.
pub(super) fn staked(
    reels: &[[Symbol; 3]; 3],
    lines: Lines,
) -> impl Iterator<Item = (u8, [Symbol; 3])> {
    (1..=lines.count())
        .zip(LINES)
        .map(|(number, rows)| (number, on_line(reels, rows)))
}

#[expect(
    clippy::indexing_slicing,
    reason = "LINES names rows 0 to 2 of reels 0 to 2"
)]
fn on_line(reels: &[[Symbol; 3]; 3], rows: [usize; 3]) -> [Symbol; 3] {
    std::array::from_fn(|reel| reels[reel][rows[reel]])
}

/// What a strip shows at each of its stops, in order: the stop itself is the top row.
pub(super) fn windows(strip: &[Symbol]) -> impl Iterator<Item = [Symbol; 3]> {
    let after = |rows| strip.iter().copied().cycle().skip(rows);
    strip
        .iter()
        .copied()
        .zip(after(1))
        .zip(after(2))
        .map(|((top, middle), bottom)| [top, middle, bottom])
}

/// What a reel shows at a stop drawn at random.
fn stop(strip: &[Symbol], draws: &mut Draws) -> [Symbol; 3] {
    u64::try_from(strip.len())
        .ok()
        .and_then(|stops| usize::try_from(draws.below(stops)).ok())
        .and_then(|stop| windows(strip).nth(stop))
        .expect("a draw below the number of stops is a stop")
}

/// Whether enough scatters are visible, wherever they stand.
pub(super) fn gives_free_spins(reels: &[[Symbol; 3]; 3]) -> bool {
    reels
        .iter()
        .flatten()
        .filter(|symbol| **symbol == Symbol::Scatter)
        .count()
        >= SCATTERS
}

fn times(line_stake: Tokens, multiplier: u32) -> Tokens {
    line_stake
        .checked_mul(i64::from(multiplier))
        .expect("10,000 times any u32 is below 2^53")
}

fn sum(mut payouts: impl Iterator<Item = Tokens>) -> Tokens {
    payouts
        .try_fold(Tokens::ZERO, Tokens::checked_add)
        .expect("six spins of at most 10,000 times a u32 are below 2^53")
}
