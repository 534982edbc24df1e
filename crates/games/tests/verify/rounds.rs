//! Rounds of crash, and what is found of one that was changed.

use economy::{Timestamp, Tokens};
use games::verify::{Fault, Hand};
use games::{HandResult, Play, crash};

use crate::{checked, found, stored};

/// A round that is cashed out at 1.50x, if it gets there.
fn round(nonce: i64) -> Hand {
    stored(nonce, 100, |draws| {
        let started_at = Timestamp::from_millis(1_000_000);
        let auto = crash::AutoCashout::parse("1.50").expect("a legal target");
        let round = crash::Round {
            bet: crash::Bet::new(Tokens::from_u32(100), Some(auto)).expect("a legal bet"),
            started_at,
            point: crash::point(draws),
        };
        let played = crash::Played::settle(&round, None, round.due_at()).expect("it is due");
        (Play::Crash(played), played.outcome.payout)
    })
}

#[test]
fn rounds_check_and_changed_ones_do_not() {
    for nonce in 0..100 {
        assert_eq!(checked(&round(nonce)), Ok(()), "nonce {nonce}");
    }
    let won = |hand: &Hand| hand.result == HandResult::Win;
    let won = (0..100).map(round).find(won).expect("two in three win");
    let change = |change: fn(&mut crash::Played)| {
        found(won.clone(), |hand| {
            if let Play::Crash(played) = &mut hand.play {
                change(played);
            }
        })
    };
    let faults = [
        found(won.clone(), |hand| hand.rules_version = 9),
        found(won.clone(), |hand| hand.stake = Tokens::from_u32(9)),
        found(won.clone(), |hand| hand.stake = Tokens::from_u32(50)),
        change(|played| played.point = crash::Multiplier::MAX),
        change(|played| played.auto = None),
        change(|played| played.settled_at = played.started_at),
        found(won.clone(), |hand| hand.payout = Tokens::from_u32(151)),
        found(won.clone(), |hand| hand.transfers.swap(0, 1)),
    ];
    let expected = [
        Fault::UnknownRules,
        Fault::Bet,
        Fault::Outcome,
        Fault::Outcome,
        Fault::Outcome,
        Fault::Outcome,
        Fault::Payout,
        Fault::Transfers,
    ];
    assert_eq!(faults, expected);
}
