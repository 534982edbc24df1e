//! The long runs that the tests of the odds judge. They are part of the digest, so that the browser's
//! engine is known to give the same figures.

use games::gacha::{PullCount, State, settle};
use games::{ClientSeed, Draws, ServerSeed, crash, gacha};

/// How many rounds of crash are played in a row.
pub(crate) const ROUNDS: i64 = 10_000_000;
/// How many pulls are made in a row.
pub(crate) const PULLS: u32 = 100_000;
/// Cash-outs in hundredths; the rounds that reach each are counted.
pub(crate) const CASH_OUTS: [i64; 6] = [101, 150, 200, 1_000, 10_000, 100_000];

/// How many of the rounds reach each cash-out.
pub(crate) fn crash_wins() -> [i64; 6] {
    let seed = ClientSeed::parse("crash").expect("visible");
    let mut stream = Draws::new(&ServerSeed([3; 32]), &seed, 0);
    let mut wins = [0_i64; 6];
    for _ in 0..ROUNDS {
        let point = crash::point(&mut stream).hundredths();
        for (count, cash_out) in wins.iter_mut().zip(CASH_OUTS) {
            *count = count.saturating_add(i64::from(point >= cash_out));
        }
    }
    wins
}

/// Pulls one after another from the first on; tells of each from where, and what it brought.
pub(crate) fn pulls_in_a_row(mut each: impl FnMut(&State, &gacha::Pull)) {
    let seed = ClientSeed::parse("a-hundred-thousand").expect("visible");
    let mut stream = Draws::new(&ServerSeed([11; 32]), &seed, 0);
    let mut state = State::fresh();
    for _ in 0..PULLS {
        let outcome = settle(PullCount::ONE, &state, &mut stream);
        for pull in &outcome.pulls {
            each(&state, pull);
        }
        state = outcome.after;
    }
}
