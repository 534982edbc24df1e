//! Throws of rock-paper-scissors, and what is found of one that was changed.

use economy::{Posting, Tokens};
use games::verify::{Fault, Hand, Movement};
use games::{ClientSeed, Draws, Game, HandResult, Play, rps};

use crate::{MEMBER, SERVER_SEED, checked};

/// The throw that an honest house stores for that nonce.
fn throw(nonce: i64) -> Hand {
    let client_seed = ClientSeed::parse("verify").expect("visible");
    let (stake, choice) = (Tokens::from_u32(55), rps::Shape::Rock);
    let bet = rps::Bet::new(stake, choice).expect("a legal bet");
    let outcome = rps::settle(bet, &mut Draws::new(&SERVER_SEED, &client_seed, nonce));
    let transfers = Posting::hand("a hand", MEMBER, stake, outcome.payout);
    Hand {
        member: MEMBER,
        rules_version: rps::RULES_VERSION,
        client_seed,
        nonce,
        stake,
        payout: outcome.payout,
        result: outcome.verdict.result(),
        play: Play::Rps { choice, outcome },
        transfers: transfers.legs.into_iter().map(Movement::from).collect(),
    }
}

#[test]
fn throws_check_and_changed_ones_do_not() {
    let check_changed = |change: fn(&mut Hand)| {
        let won = |hand: &Hand| hand.result == HandResult::Win;
        let mut hand = (0..100).map(throw).find(won).expect("one in three wins");
        change(&mut hand);
        checked(&hand)
    };
    for nonce in 0..100 {
        assert_eq!(checked(&throw(nonce)), Ok(()), "nonce {nonce}");
    }
    assert_eq!(throw(0).play.game(), Game::Rps);
    let faults = [
        check_changed(|hand| hand.rules_version = 2),
        check_changed(|hand| hand.stake = Tokens::from_u32(9)),
        check_changed(|hand| hand.stake = Tokens::from_u32(54)),
        check_changed(|hand| {
            if let Play::Rps { choice, .. } = &mut hand.play {
                *choice = choice.beats();
            }
        }),
        check_changed(|hand| hand.payout = Tokens::from_u32(1_000)),
        check_changed(|hand| hand.transfers.clear()),
    ];
    let expected = [
        Fault::UnknownRules,
        Fault::Bet,
        Fault::Outcome,
        Fault::Outcome,
        Fault::Payout,
        Fault::Transfers,
    ];
    assert_eq!(faults, expected.map(Err));
}
