//! Spins, and what is found of one that was changed.

use economy::{AccountId, Tokens};
use games::slot::{Lines, Outcome, RULES_VERSION, Symbol};
use games::verify::{Fault, Hand, Movement, check};
use games::{ClientSeed, HandResult, Play, ServerSeed};

use crate::{SERVER_SEED, checked, hand, paying_hand};

#[track_caller]
fn assert_fault(expected: Fault, tamper: impl FnOnce(&mut Hand)) {
    let mut hand = paying_hand();
    tamper(&mut hand);
    assert_eq!(checked(&hand), Err(expected));
}

fn tamper_outcome(hand: &mut Hand, tamper: impl FnOnce(&mut Outcome)) {
    let Play::Slot { outcome, .. } = &mut hand.play else {
        panic!("a spin");
    };
    tamper(outcome);
}

#[test]
fn honest_hands_check() {
    for nonce in 0..500 {
        assert_eq!(checked(&hand(nonce)), Ok(()), "nonce {nonce}");
    }
}

#[test]
fn a_hand_that_pays_nothing_has_one_transfer() {
    let lost = (0..100)
        .map(hand)
        .find(|hand| hand.payout.is_zero())
        .expect("two in three pay nothing");
    assert_eq!(lost.transfers.len(), 1);
    assert_eq!(checked(&lost), Ok(()));
    assert_eq!(paying_hand().transfers.len(), 2);
}

#[test]
fn another_server_seed_breaks_the_commitment() {
    let other = ServerSeed([8; 32]);
    assert_eq!(
        check(&hand(0), &other, &SERVER_SEED.commitment()),
        Err(Fault::Commitment)
    );
    assert_eq!(check(&hand(0), &SERVER_SEED, ""), Err(Fault::Commitment));
    assert_eq!(
        check(&hand(0), &SERVER_SEED, &SERVER_SEED.to_hex()),
        Err(Fault::Commitment)
    );
}

#[test]
fn an_unknown_version_is_not_guessed_at() {
    assert_fault(Fault::UnknownRules, |hand| hand.rules_version = 0);
    assert_fault(Fault::UnknownRules, |hand| {
        hand.rules_version = RULES_VERSION.saturating_add(1)
    });
}

#[test]
fn an_illegal_bet_is_found() {
    for stake in [0, 5, 51, 20_000] {
        assert_fault(Fault::Bet, |hand| hand.stake = Tokens::from_u32(stake));
    }
}

#[test]
fn a_changed_input_gives_another_outcome() {
    assert_fault(Fault::Outcome, |hand| {
        hand.nonce = hand.nonce.saturating_add(1)
    });
    assert_fault(Fault::Outcome, |hand| {
        hand.client_seed = ClientSeed::parse("other").expect("visible")
    });
    assert_fault(Fault::Outcome, |hand| hand.stake = Tokens::from_u32(100));
    assert_fault(Fault::Outcome, |hand| {
        if let Play::Slot { lines, .. } = &mut hand.play {
            *lines = Lines::ONE;
        }
    });
}

#[test]
fn a_changed_outcome_is_found() {
    assert_fault(Fault::Outcome, |hand| {
        tamper_outcome(hand, |outcome| outcome.is_jackpot = !outcome.is_jackpot)
    });
    assert_fault(Fault::Outcome, |hand| {
        tamper_outcome(hand, |outcome| outcome.payout = Tokens::from_u32(1))
    });
    assert_fault(Fault::Outcome, |hand| {
        tamper_outcome(hand, |outcome| outcome.spin.payout = Tokens::ZERO)
    });
    assert_fault(Fault::Outcome, |hand| {
        tamper_outcome(hand, |outcome| outcome.spin.win_lines.clear())
    });
    assert_fault(Fault::Outcome, |hand| {
        tamper_outcome(hand, |outcome| outcome.spin.reels = [[Symbol::Seven; 3]; 3])
    });
    assert_fault(Fault::Outcome, |hand| {
        tamper_outcome(hand, |outcome| {
            outcome.free_spins.push(outcome.spin.clone())
        });
    });
}

#[test]
fn a_changed_payout_or_result_is_found() {
    assert_fault(Fault::Payout, |hand| {
        hand.payout = hand
            .payout
            .checked_add(Tokens::from_u32(1))
            .expect("in range")
    });
    for result in [HandResult::Lose, HandResult::Push, HandResult::Bonus] {
        assert_fault(Fault::Payout, |hand| hand.result = result);
    }
}

/// Changes the payout's transfer.
fn second(hand: &mut Hand) -> &mut Movement {
    hand.transfers
        .get_mut(1)
        .expect("a hand that pays has two transfers")
}

#[test]
fn changed_transfers_are_found() {
    assert_fault(Fault::Transfers, |hand| hand.member = AccountId(43));
    assert_fault(Fault::Transfers, |hand| {
        second(hand).debit = AccountId::MINT
    });
    assert_fault(Fault::Transfers, |hand| second(hand).credit = AccountId(43));
    assert_fault(Fault::Transfers, |hand| {
        second(hand).amount = Tokens::from_u32(1)
    });
    assert_fault(Fault::Transfers, |hand| {
        second(hand).kind = "grant".to_owned()
    });
    assert_fault(Fault::Transfers, |hand| hand.transfers.reverse());
    assert_fault(Fault::Transfers, |hand| hand.transfers.truncate(1));
    assert_fault(Fault::Transfers, |hand| hand.transfers.clear());
    assert_fault(Fault::Transfers, |hand| {
        hand.transfers.extend_from_within(1..)
    });
}
