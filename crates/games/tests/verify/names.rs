//! Hands, games, results and faults by their names.

use economy::Tokens;
use games::verify::{Fault, Hand};
use games::{Game, HandResult};

use crate::{hand, paying_hand};

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
