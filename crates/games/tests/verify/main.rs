//! Checking hands from their seeds.

mod names;
mod nonces;
mod pulls;
mod rounds;
mod spins;
mod throws;

use economy::{AccountId, Posting, Tokens};
use games::slot::{Bet, Lines, RULES_VERSION, settle};
use games::verify::{Fault, Hand, Movement, check};
use games::{ClientSeed, Draws, Game, HandResult, Play, ServerSeed};

const SERVER_SEED: ServerSeed = ServerSeed([9; 32]);
const MEMBER: AccountId = AccountId(42);

/// The hand that an honest house stores for that nonce, with 50 tokens on five lines.
fn hand(nonce: i64) -> Hand {
    let client_seed = ClientSeed::parse("verify").expect("visible");
    let (stake, lines) = (Tokens::from_u32(50), Lines::new(5).expect("1 to 5"));
    let bet = Bet::new(stake, lines).expect("a legal bet");
    let outcome = settle(bet, &mut Draws::new(&SERVER_SEED, &client_seed, nonce));
    let payout = outcome.payout;
    Hand {
        member: MEMBER,
        rules_version: RULES_VERSION,
        client_seed,
        nonce,
        stake,
        payout,
        result: HandResult::of(stake, payout),
        play: Play::Slot { lines, outcome },
        transfers: Posting::hand("a hand", MEMBER, stake, payout)
            .legs
            .into_iter()
            .map(Movement::from)
            .collect(),
    }
}

/// A hand that pays, so that it has two transfers.
fn paying_hand() -> Hand {
    (0..100)
        .map(hand)
        .find(|hand| hand.payout > hand.stake)
        .expect("one in five pays more than the stake")
}

/// A hand of that stream as an honest house stores it; the game says what came of it.
fn stored(nonce: i64, stake: u32, deal: impl FnOnce(&mut Draws) -> (Play, Tokens)) -> Hand {
    let client_seed = ClientSeed::parse("verify").expect("visible");
    let (play, payout) = deal(&mut Draws::new(&SERVER_SEED, &client_seed, nonce));
    let stake = Tokens::from_u32(stake);
    let (result, postings) = match play.game() {
        Game::Crash => (
            HandResult::of(stake, payout),
            vec![
                Posting::crash_bet("game", MEMBER, stake),
                Posting::crash_end("game", MEMBER, stake, payout),
            ],
        ),
        _ => (
            HandResult::Bonus,
            vec![Posting::hand("hand", MEMBER, stake, payout)],
        ),
    };
    let legs = postings.into_iter().flat_map(|posting| posting.legs);
    Hand {
        member: MEMBER,
        rules_version: 1,
        client_seed,
        nonce,
        stake,
        payout,
        result,
        play,
        transfers: legs.map(Movement::from).collect(),
    }
}

fn checked(hand: &Hand) -> Result<(), Fault> {
    check(hand, &SERVER_SEED, &SERVER_SEED.commitment())
}

/// What is found after a change.
fn found(mut hand: Hand, change: impl FnOnce(&mut Hand)) -> Fault {
    change(&mut hand);
    checked(&hand).expect_err("a changed hand")
}
