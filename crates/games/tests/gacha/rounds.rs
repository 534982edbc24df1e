//! How a round is settled: pity, history, and what is read of the stream.

use games::Draws;
use games::gacha::{
    Animation, Entry, Item, Message, Outcome, PullCount, Rarity, State, Tables, animation, items,
    message, settle,
};
use proptest::prelude::*;

use Rarity::{Epic, Legendary};

use crate::{draws, pulls, waiting, weights};

#[test]
fn the_ninetieth_pull_delivers_an_epic_whatever_is_drawn() {
    let before = waiting(89);
    let mut seen = [0; 6];
    for nonce in 0..2_000 {
        let outcome = settle(PullCount::ONE, &before, &mut draws(nonce));
        let [pull] = outcome.pulls.as_slice() else {
            panic!("one pull");
        };
        let expected = match pull.entry {
            Entry::Legendary => (Legendary, Animation::Legendary),
            Entry::Epic => (Epic, Animation::Epic),
            _ => (Epic, Animation::Pity),
        };
        assert_eq!((pull.rarity, pull.animation), expected);
        assert_eq!(outcome.after.since_epic(), 0);
        let at = Entry::ALL.iter().position(|entry| *entry == pull.entry);
        seen[at.expect("an entry")] = 1;
    }
    assert_eq!(seen, [1; 6], "every entry was drawn");
}

#[test]
fn the_pull_before_the_ninetieth_delivers_what_is_drawn() {
    let before = waiting(88);
    for nonce in 0..200 {
        let outcome = settle(PullCount::ONE, &before, &mut draws(nonce));
        let pull = &outcome.pulls[0];
        assert_eq!(pull.rarity, pull.entry.delivers());
        assert_eq!(pull.animation, pull.entry.animation());
    }
}

#[test]
fn a_ten_pull_reaches_the_hard_pity_inside() {
    let before = waiting(85);
    let outcome = (0..)
        .map(|nonce| settle(PullCount::TEN, &before, &mut draws(nonce)))
        .find(|outcome| animation(outcome) == Animation::Pity)
        .expect("most ten-pulls from here");
    assert_eq!(outcome.pulls.len(), 10);
    let pity = outcome
        .pulls
        .iter()
        .position(|pull| pull.animation == Animation::Pity);
    assert_eq!(pity, Some(4), "the fifth pull is the ninetieth");
    assert_eq!(message(&outcome), Message::PityPaid);
}

/// Chains single pulls over one stream.
fn one_by_one(count: i64, before: &State, draws: &mut Draws) -> Outcome {
    let mut chained = Outcome {
        pulls: Vec::new(),
        after: before.clone(),
    };
    for _ in 0..count {
        let next = settle(PullCount::ONE, &chained.after, draws);
        chained.pulls.extend(next.pulls);
        chained.after = next.after;
    }
    chained
}

#[test]
fn pity_and_history_run_on_inside_a_round() {
    for since_epic in [0, 28, 48, 82] {
        for nonce in 0..50 {
            let before = waiting(since_epic);
            let round = settle(PullCount::TEN, &before, &mut draws(nonce));
            let chained = one_by_one(10, &before, &mut draws(nonce));
            assert_eq!(round, chained, "one stream, read on");
            let delivered: Vec<Rarity> = round.pulls.iter().map(|pull| pull.rarity).collect();
            assert_eq!(round.after.recent(), delivered, "the last ten results");
        }
    }
}

#[test]
fn a_round_is_read_entry_first_then_item() {
    let (mut stream, mut twin) = (draws(3), draws(3));
    let outcome = settle(pulls(2), &State::fresh(), &mut stream);
    let mut before = State::fresh();
    for pull in outcome.pulls {
        let drawn = u32::try_from(twin.below(100_000)).expect("below 100,000");
        let reached: Vec<u32> = weights(&before)
            .iter()
            .scan(0_u32, |sum, weight| {
                *sum = sum.checked_add(*weight)?;
                Some(*sum)
            })
            .collect();
        let entry = reached.iter().position(|sum| drawn < *sum).expect("one");
        assert_eq!(pull.entry, Entry::ALL[entry]);
        let of_rarity: Vec<&Item> = items()
            .iter()
            .filter(|item| item.rarity == pull.rarity)
            .collect();
        let drawn = twin.below(u64::try_from(of_rarity.len()).expect("few"));
        assert_eq!(
            pull.item,
            of_rarity[usize::try_from(drawn).expect("few")].code
        );
        before = before.after(pull.rarity);
    }
    assert_eq!(
        stream.below(1 << 32),
        twin.below(1 << 32),
        "no more is read"
    );
}

proptest! {
    #[test]
    fn any_round_delivers_what_was_paid_for(count in 1..=10_i64, nonce in any::<i64>()) {
        let outcome = settle(pulls(count), &State::fresh(), &mut draws(nonce));
        prop_assert_eq!(i64::try_from(outcome.pulls.len()).expect("few"), count);
        for pull in &outcome.pulls {
            let item = Tables::current().item(&pull.item).expect("in the collection");
            prop_assert_eq!(item.rarity, pull.rarity);
        }
        let json = serde_json::to_string(&outcome).expect("plain data");
        prop_assert_eq!(serde_json::from_str::<Outcome>(&json).expect("what was written"), outcome);
    }
}
