//! Where a member stands: what pulls lead to, and nothing else.

use games::gacha::{BadState, Rarity, State};
use proptest::prelude::*;
use proptest::sample::select;

use Rarity::{Common, Epic, Legendary, Rare};

use crate::{state, weights};

#[test]
fn a_state_that_no_pulls_lead_to_is_refused() {
    let cases = [
        (90, vec![Common; 10], BadState::CounterTooHigh),
        (11, vec![Common; 11], BadState::HistoryTooLong),
        (1, vec![], BadState::Disagree),
        (0, vec![Common], BadState::Disagree),
        (10, vec![Common; 9], BadState::Disagree),
        (9, vec![Common; 10], BadState::Disagree),
        (2, vec![Legendary, Epic, Rare], BadState::Disagree),
        (1, vec![Common, Epic], BadState::Disagree),
    ];
    for (since_epic, recent, why) in cases {
        let json = serde_json::json!({"since_epic": since_epic, "recent": recent});
        let refused = serde_json::from_value::<State>(json).expect_err("bad");
        assert_eq!(refused.to_string(), why.to_string());
        assert_eq!(State::new(since_epic, recent), Err(why));
    }
    for bad in [
        r#"{"since_epic":-1,"recent":[]}"#,
        r#"{"since_epic":1,"recent":["mythic"]}"#,
        r#"{"since_epic":0}"#,
    ] {
        assert!(serde_json::from_str::<State>(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_state_goes_through_json() {
    assert_eq!(
        serde_json::to_string(&state(2, &[Epic, Rare, Common])).expect("plain data"),
        r#"{"since_epic":2,"recent":["epic","rare","common"]}"#
    );
    assert_eq!(State::fresh(), state(0, &[]));
}

proptest! {
    #[test]
    fn every_state_that_pulls_lead_to_is_stored_and_read(
        results in prop::collection::vec(select(&Rarity::ALL[..]), 0..120)
    ) {
        let reached = results.iter().fold(State::fresh(), |state, rarity| state.after(*rarity));
        let json = serde_json::to_string(&reached).expect("plain data");
        prop_assert_eq!(serde_json::from_str::<State>(&json).expect("what was written"), reached.clone());
        prop_assert_eq!(weights(&reached).iter().sum::<u32>(), 100_000);
        let latest: Vec<Rarity> = results.iter().rev().take(10).rev().copied().collect();
        prop_assert_eq!(reached.recent(), latest);
    }
}
