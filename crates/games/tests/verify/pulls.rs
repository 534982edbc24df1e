//! Pulls of the gacha, and what is found of those that were changed.

use economy::Tokens;
use games::verify::{Fault, Hand};
use games::{HandResult, Play, gacha};

use crate::{checked, found, stored};

/// Ten pulls of a member who has waited for 85.
fn pulls(nonce: i64) -> Hand {
    stored(nonce, 450, |draws| {
        let fresh = gacha::State::fresh();
        let before = (0..85).fold(fresh, |state, _| state.after(gacha::Rarity::Rare));
        let outcome = gacha::settle(gacha::PullCount::TEN, &before, draws);
        (Play::Gacha { before, outcome }, Tokens::ZERO)
    })
}

#[test]
fn pulls_check_and_changed_ones_do_not() {
    for nonce in 0..100 {
        assert_eq!(checked(&pulls(nonce)), Ok(()), "nonce {nonce}");
    }
    let change = |change: fn(&mut gacha::State, &mut gacha::Outcome)| {
        found(pulls(0), |hand| {
            if let Play::Gacha { before, outcome } = &mut hand.play {
                change(before, outcome);
            }
        })
    };
    let faults = [
        found(pulls(0), |hand| hand.rules_version = 9),
        found(pulls(0), |hand| hand.stake = Tokens::from_u32(50)),
        change(|_, outcome| outcome.pulls.clear()),
        // Nine pulls cost what ten do.
        change(|_, outcome| outcome.pulls.truncate(9)),
        change(|before, _| *before = gacha::State::fresh()),
        change(|_, outcome| outcome.after = gacha::State::fresh()),
        found(pulls(0), |hand| hand.payout = Tokens::from_u32(1)),
        found(pulls(0), |hand| hand.result = HandResult::Win),
        found(pulls(0), |hand| hand.transfers.clear()),
    ];
    let expected = [
        Fault::UnknownRules,
        Fault::Bet,
        Fault::Bet,
        Fault::Outcome,
        Fault::Outcome,
        Fault::Outcome,
        Fault::Payout,
        Fault::Payout,
        Fault::Transfers,
    ];
    assert_eq!(faults, expected);
}
