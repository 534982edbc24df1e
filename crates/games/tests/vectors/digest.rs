//! One digest over many outcomes, from the same source natively and under wasm32.

use economy::{Timestamp, Tokens};
use games::crash::{self, AutoCashout, Played, Round};
use games::slot::Lines;
use games::{ClientSeed, Draws, Play, ServerSeed, gacha, rps, slot};
use sha2::{Digest, Sha256};

use super::series;

/// How many outcomes of each game are folded into the digest.
pub(crate) const VECTORS: u32 = 100_000;

/// SHA-256 over what a hand of each game stores, for all vectors, and over the long runs, each as one
/// line of JSON.
pub(crate) fn digest() -> [u8; 32] {
    let mut lines = Sha256::new();
    for index in 0..VECTORS {
        for play in [spin, throw, pulls, round] {
            let play = play(index, &mut draws(index));
            lines.update(serde_json::to_vec(&play).expect("an outcome is plain data"));
            lines.update(b"\n");
        }
    }
    series::pulls_in_a_row(|_, pull| {
        lines.update(serde_json::to_vec(pull).expect("a pull is plain data"));
        lines.update(b"\n");
    });
    lines.update(serde_json::to_vec(&series::crash_wins()).expect("counts are plain data"));
    lines.finalize().into()
}

/// The stream of one vector; it follows from its number, as everything else does.
fn draws(index: u32) -> Draws {
    let pair = index.checked_div(1_000).expect("not zero");
    let server_seed = ServerSeed(Sha256::digest(format!("vector:{pair}")).into());
    let client_seed =
        ClientSeed::parse(format!("member-{}", part(index, 97))).expect("visible characters");
    Draws::new(&server_seed, &client_seed, index.into())
}

fn part(index: u32, parts: u32) -> u32 {
    index.checked_rem(parts).expect("not zero")
}

/// Every amount from `least` on, so many of them.
fn stake(index: u32, least: u32, amounts: u32) -> u32 {
    part(index.saturating_mul(7), amounts).saturating_add(least)
}

fn spin(index: u32, draws: &mut Draws) -> Play {
    let count = part(index, 5).saturating_add(1);
    let lines = Lines::new(count.into()).expect("1 to 5");
    let stake = Tokens::from_u32(stake(index, 10, 1_991).saturating_mul(count));
    let bet = slot::Bet::new(stake, lines).expect("10 to 10,000, and divides");
    let outcome = slot::settle(bet, draws);
    Play::Slot { lines, outcome }
}

fn throw(index: u32, draws: &mut Draws) -> Play {
    let [rock, paper, scissors] = rps::Shape::ALL;
    let choice = match part(index, 3) {
        0 => rock,
        1 => paper,
        _ => scissors,
    };
    let stake = Tokens::from_u32(stake(index, 10, 9_991));
    let bet = rps::Bet::new(stake, choice).expect("10 to 10,000");
    let outcome = rps::settle(bet, draws);
    Play::Rps { choice, outcome }
}

/// Every length of wait in turn, with what the last ten results can be at most of it.
fn pulls(index: u32, draws: &mut Draws) -> Play {
    let wait = u8::try_from(part(index, 90)).expect("below 90");
    let count = gacha::PullCount::new(i64::from(part(index, 10)).saturating_add(1));
    let rarity = if part(index, 2) == 0 {
        gacha::Rarity::Common
    } else {
        gacha::Rarity::Rare
    };
    let before = (0..wait).fold(gacha::State::fresh(), |state, _| state.after(rarity));
    let outcome = gacha::settle(count.expect("1 to 10"), &before, draws);
    Play::Gacha { before, outcome }
}

/// A click at some instant where there is no auto cash-out, so that every way to end happens.
fn round(index: u32, draws: &mut Draws) -> Play {
    let auto = (part(index, 2) == 0).then(|| {
        let hundredths = i64::from(stake(index, 101, 2_000));
        crash::Multiplier::from_hundredths(hundredths).and_then(AutoCashout::new)
    });
    let auto = auto.map(|auto| auto.expect("1.01 to 21"));
    let stake = Tokens::from_u32(stake(index, 10, 99_991));
    let started_at = Timestamp::from_millis(1_700_000_000_000);
    let round = Round {
        bet: crash::Bet::new(stake, auto).expect("10 to 100,000"),
        started_at,
        point: crash::point(draws),
    };
    let clicked = started_at.plus_millis(i64::from(part(index, 30_000)));
    let due = round.due_at();
    let played = Played::settle(&round, Some(clicked), clicked)
        .or_else(|_| Played::settle(&round, None, due));
    Play::Crash(played.expect("it is due"))
}
