//! Checking hands from their seeds.

use economy::{AccountId, Posting, Timestamp, Tokens};
use games::slot::{Bet, Lines, Outcome, RULES_VERSION, Symbol, settle};
use games::verify::{Fault, Hand, Movement, check, first_gap};
use games::{ClientSeed, Draws, Game, HandResult, Play, ServerSeed, crash, gacha, rps};
use proptest::prelude::*;

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

fn checked(hand: &Hand) -> Result<(), Fault> {
    check(hand, &SERVER_SEED, &SERVER_SEED.commitment())
}

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

#[test]
fn a_hand_goes_through_json() {
    let hand = paying_hand();
    let json = serde_json::to_value(&hand).expect("plain data");
    assert_eq!(
        json.pointer("/play/game").and_then(|game| game.as_str()),
        Some("slot")
    );
    assert_eq!(
        json.pointer("/transfers/1/kind")
            .and_then(|kind| kind.as_str()),
        Some("payout")
    );
    assert_eq!(
        serde_json::from_value::<Hand>(json).expect("what was written"),
        hand
    );
}

#[test]
fn faults_have_names_and_sentences() {
    let faults = [
        Fault::Commitment,
        Fault::UnknownRules,
        Fault::Bet,
        Fault::Outcome,
        Fault::Payout,
        Fault::Transfers,
    ];
    let json = serde_json::to_string(&faults).expect("plain data");
    assert_eq!(
        json,
        r#"["commitment","unknown_rules","bet","outcome","payout","transfers"]"#
    );
    assert_eq!(
        serde_json::from_str::<[Fault; 6]>(&json).expect("what was written"),
        faults
    );
    let mut sentences = faults.map(|fault| fault.to_string());
    sentences.sort_unstable();
    assert!(sentences.is_sorted_by(|a, b| a < b), "no two alike");
}

#[test]
fn nonces_run_from_0_to_the_last_one_played() {
    assert_eq!(first_gap(&[], 0), None);
    assert_eq!(first_gap(&[0, 1, 2], 3), None);
    assert_eq!(first_gap(&[], 1), Some(0), "missing at the start");
    assert_eq!(first_gap(&[1, 2], 3), Some(0), "missing at the start");
    assert_eq!(first_gap(&[0, 2], 3), Some(1), "missing in the middle");
    assert_eq!(first_gap(&[0, 1], 3), Some(2), "missing at the end");
    assert_eq!(first_gap(&[0, 1, 1, 2], 3), Some(1), "doubled");
    assert_eq!(first_gap(&[0, 1, 2], 2), Some(2), "beyond what was played");
    assert_eq!(first_gap(&[-1, 0], 1), Some(-1), "before the start");
    assert_eq!(first_gap(&[0], 0), Some(0), "nothing was played");
}

proptest! {
    #[test]
    fn a_nonce_taken_out_or_put_in_twice_is_found(played in 1_i64..200, pick in 0_usize..200) {
        let whole: Vec<i64> = (0..played).collect();
        prop_assert_eq!(first_gap(&whole, played), None);
        let pick = pick.checked_rem(whole.len()).expect("at least one was played");
        let mut holed = whole.clone();
        let nonce = holed.remove(pick);
        prop_assert_eq!(first_gap(&holed, played), Some(nonce));
        let mut doubled = whole;
        doubled.insert(pick, nonce);
        prop_assert_eq!(first_gap(&doubled, played), Some(nonce));
    }
}

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

/// Ten pulls of a member who has waited for 85.
fn pulls(nonce: i64) -> Hand {
    stored(nonce, 450, |draws| {
        let fresh = gacha::State::fresh();
        let before = (0..85).fold(fresh, |state, _| state.after(gacha::Rarity::Rare));
        let outcome = gacha::settle(gacha::PullCount::TEN, &before, draws);
        (Play::Gacha { before, outcome }, Tokens::ZERO)
    })
}

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

/// What is found after a change.
fn found(mut hand: Hand, change: impl FnOnce(&mut Hand)) -> Fault {
    change(&mut hand);
    checked(&hand).expect_err("a changed hand")
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

#[test]
fn games_and_results_read_back_from_their_names() {
    for game in Game::ALL {
        assert_eq!(Game::parse(game.as_str()), Some(game));
        assert_eq!(serde_json::to_value(game).ok(), Some(game.as_str().into()));
        assert_eq!(
            serde_json::from_value::<Game>(game.as_str().into()).ok(),
            Some(game)
        );
    }
    for result in [
        HandResult::Win,
        HandResult::Lose,
        HandResult::Push,
        HandResult::Bonus,
    ] {
        assert_eq!(HandResult::parse(result.as_str()), Some(result));
        assert_eq!(
            serde_json::to_value(result).ok(),
            Some(result.as_str().into())
        );
        assert_eq!(
            serde_json::from_value::<HandResult>(result.as_str().into()).ok(),
            Some(result)
        );
    }
    assert_eq!(
        (Game::parse("poker"), HandResult::parse("draw")),
        (None, None)
    );
    assert_eq!(hand(0).play.game(), Game::Slot);
}

#[test]
fn the_result_is_what_payout_and_stake_say() {
    let result = |payout| HandResult::of(Tokens::from_u32(10), Tokens::from_u32(payout));
    assert_eq!(
        [0, 9, 10, 11].map(result),
        [
            HandResult::Lose,
            HandResult::Lose,
            HandResult::Push,
            HandResult::Win
        ]
    );
}
