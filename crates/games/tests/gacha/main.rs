//! The gacha: how a round is settled, and its odds: exact, as stated, and as rolled.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "counts of a test; one that overflows or is not there fails it"
)]

mod chances;
mod collection;
mod costs;
mod names;
mod odds;
mod rolled;
mod rounds;
mod states;
mod tables;

use games::gacha::{Odds, PullCount, Rarity, State, Tables};
use games::{ClientSeed, Draws, ServerSeed};

use Rarity::Common;

fn draws(nonce: i64) -> Draws {
    Draws::new(
        &ServerSeed([9; 32]),
        &ClientSeed::parse("gacha").expect("visible"),
        nonce,
    )
}

fn pulls(count: i64) -> PullCount {
    PullCount::new(count).expect("1 to 10")
}

/// A state so many pulls after the last epic, with those results last.
fn state(since_epic: u8, recent: &[Rarity]) -> State {
    State::new(since_epic, recent.to_vec()).expect("a state that pulls lead to")
}

/// A state that long into a wait that brought nothing but commons.
fn waiting(since_epic: u8) -> State {
    state(since_epic, &vec![Common; usize::from(since_epic.min(10))])
}

/// The state's weights in the order of the draw.
fn weights(state: &State) -> [u32; 6] {
    Tables::current().weights(state)
}

fn odds_of(odds: Odds) -> [u32; 4] {
    Rarity::ALL.map(|rarity| odds.of(rarity))
}
