//! How a round of the gacha is settled: weights, pity, history, items, cost.

use economy::Tokens;
use games::gacha::{
    Animation, BadPullCount, BadState, Entry, Item, ItemKind, Message, Outcome, PULLS_MAX, Pull,
    PullCount, RULES_VERSION, Rarity, SINCE_EPIC_MAX, SoftPity, State, Tables, animation, cost,
    items, message, next_odds, settle,
};
use games::{ClientSeed, Draws, ServerSeed};
use proptest::prelude::*;
use proptest::sample::select;

use Rarity::{Common, Epic, Legendary, Rare};

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

/// A round that looks like this, whatever else it was.
fn outcome_of(shown: &[(Rarity, Animation)]) -> Outcome {
    let pull = |&(rarity, animation)| Pull {
        item: String::new(),
        rarity,
        entry: Entry::Common,
        animation,
    };
    Outcome {
        pulls: shown.iter().map(pull).collect(),
        after: State::fresh(),
    }
}

#[test]
fn the_base_weights_sum_to_100_000_in_the_order_of_the_draw() {
    assert_eq!(
        weights(&State::fresh()),
        [200, 2_500, 15_000, 65_000, 8_000, 9_300]
    );
    assert_eq!(Tables::current().base.iter().sum::<u32>(), 100_000);
    assert_eq!(
        Entry::ALL.map(Entry::delivers),
        [Legendary, Epic, Rare, Common, Rare, Rare]
    );
    assert_eq!(
        Entry::ALL.map(Entry::animation),
        [
            Animation::Legendary,
            Animation::Epic,
            Animation::Normal,
            Animation::Normal,
            Animation::NearMiss,
            Animation::NearMiss,
        ]
    );
}

#[test]
fn soft_pity_starts_after_30_and_grows_after_50() {
    let base = [200, 2_500, 15_000, 65_000, 8_000, 9_300];
    let longer = [200, 2_500, 15_000, 60_000, 10_500, 11_800];
    let longest = [200, 5_000, 15_000, 52_500, 13_000, 14_300];
    for since_epic in 0..=SINCE_EPIC_MAX {
        let expected = match since_epic {
            0..=30 => base,
            31..=50 => longer,
            _ => longest,
        };
        assert_eq!(weights(&waiting(since_epic)), expected, "{since_epic}");
    }
}

#[test]
fn what_came_lately_weighs_80_percent_and_common_takes_the_rest() {
    let cases = [
        (
            state(1, &[Legendary, Common]),
            [160, 2_500, 15_000, 65_040, 8_000, 9_300],
        ),
        (
            state(0, &[Epic]),
            [200, 2_000, 15_000, 65_500, 8_000, 9_300],
        ),
        (
            state(1, &[Rare]),
            [200, 2_500, 12_000, 71_460, 6_400, 7_440],
        ),
        (
            state(1, &[Legendary, Epic, Rare]),
            [160, 2_000, 12_000, 72_000, 6_400, 7_440],
        ),
        (
            state(10, &[Common; 10]),
            [200, 2_500, 15_000, 65_000, 8_000, 9_300],
        ),
    ];
    for (state, expected) in cases {
        assert_eq!(weights(&state), expected, "{state:?}");
    }
}

#[test]
fn decay_takes_from_what_the_soft_pity_gave() {
    let mut recent = [Common; 10];
    recent[0] = Rare;
    let expected = [200, 2_500, 12_000, 67_460, 8_400, 9_440];
    assert_eq!(weights(&state(31, &recent)), expected);
    let expected = [200, 5_000, 12_000, 60_960, 10_400, 11_440];
    assert_eq!(weights(&state(51, &recent)), expected);
}

#[test]
fn decay_rounds_down() {
    let odd = Tables {
        base: [209, 2_500, 15_000, 64_991, 8_000, 9_300],
        ..*Tables::current()
    };
    assert_eq!(odd.weights(&state(0, &[Legendary]))[0], 167, "of 167.2");
}

#[test]
fn what_came_eleven_pulls_ago_is_forgotten() {
    let mut after = state(0, &[Legendary]);
    for _ in 0..9 {
        after = after.after(Common);
        assert!(after.has_recent(Legendary));
    }
    after = after.after(Common);
    assert!(!after.has_recent(Legendary));
    assert_eq!(after, waiting(10));
}

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

#[test]
fn ten_cost_450_and_any_other_number_50_each() {
    let costs = [50, 100, 150, 200, 250, 300, 350, 400, 450, 450];
    for (count, expected) in (1..).zip(costs) {
        assert_eq!(cost(pulls(count)), Tokens::from_u32(expected), "{count}");
    }
    assert_eq!(cost(PullCount::ONE), Tables::current().pull_cost);
    assert_eq!(cost(PullCount::TEN), Tables::current().ten_cost);
}

#[test]
fn nine_pulls_are_as_dear_as_ten_and_no_fewer_are() {
    let ten_for = |ten_cost| Tables {
        ten_cost: Tokens::from_u32(ten_cost),
        ..*Tables::current()
    };
    assert_eq!(Tables::current().as_dear_as_ten(), pulls(9));
    for (ten_cost, count) in [(400, 8), (401, 9), (50, 1), (451, 10), (501, 10)] {
        let tables = ten_for(ten_cost);
        assert_eq!(tables.as_dear_as_ten(), pulls(count), "{ten_cost}");
    }
}

#[test]
fn a_count_outside_1_to_10_is_refused() {
    for count in [i64::MIN, -1, 0, 11, 257, i64::MAX] {
        assert_eq!(PullCount::new(count), Err(BadPullCount), "{count}");
        assert!(serde_json::from_str::<PullCount>(&count.to_string()).is_err());
    }
    assert_eq!(BadPullCount.to_string(), "pulls are 1 to 10");
    assert_eq!(PullCount::TEN.get(), PULLS_MAX);
    for count in 1..=10 {
        let json = serde_json::to_string(&pulls(count)).expect("a number");
        assert_eq!(json, count.to_string());
        let read: PullCount = serde_json::from_str(&json).expect("what was written");
        assert_eq!(read, pulls(count));
    }
}

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

#[test]
fn the_collection_has_28_items_and_every_kind_in_every_rarity() {
    assert_eq!(items().len(), 28);
    let of = |rarity| items().iter().filter(move |item| item.rarity == rarity);
    assert_eq!(Rarity::ALL.map(|rarity| of(rarity).count()), [10, 8, 6, 4]);
    for rarity in Rarity::ALL {
        for kind in ItemKind::ALL {
            assert!(
                of(rarity).any(|item| item.kind == kind),
                "{rarity:?} {kind:?}"
            );
        }
    }
}

#[test]
fn a_code_names_one_item_and_begins_with_its_kind() {
    for item in items() {
        let namesakes = items().iter().filter(|other| other.code == item.code);
        assert_eq!(namesakes.count(), 1, "{}", item.code);
        let (kind, name) = item.code.split_once('_').expect("a kind and a name");
        assert_eq!(kind, item.kind.as_str());
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        assert_eq!(Tables::current().item(item.code), Some(item));
    }
    assert_eq!(Tables::current().item("frame_of_nothing"), None);
    assert_eq!(
        serde_json::to_string(&items()[0]).expect("plain data"),
        r#"{"code":"frame_walnut","rarity":"common","kind":"frame"}"#
    );
}

#[test]
fn a_version_keeps_its_tables() {
    let current = Tables::of(RULES_VERSION).expect("the current one");
    assert!(std::ptr::eq(current, Tables::current()));
    assert!(Tables::of(0).is_none());
    assert!(Tables::of(RULES_VERSION.saturating_add(1)).is_none());
    assert!(current.hard_pity <= SINCE_EPIC_MAX.saturating_add(1));
    let above: Vec<u8> = current.soft_pity.iter().map(|band| band.above).collect();
    assert_eq!(above, [30, 50]);
}

#[test]
fn tables_without_soft_pity_weigh_the_same_for_ever() {
    const NONE: &[SoftPity] = &[];
    let flat = Tables {
        soft_pity: NONE,
        ..*Tables::current()
    };
    assert_eq!(flat.weights(&waiting(89)), flat.base);
}

#[test]
fn the_best_pull_is_shown_and_spoken_of() {
    let plain = (Common, Animation::Normal);
    let rare = (Rare, Animation::Normal);
    let near = (Rare, Animation::NearMiss);
    let epic = (Epic, Animation::Epic);
    let pity = (Epic, Animation::Pity);
    let legendary = (Legendary, Animation::Legendary);
    let cases = [
        (vec![], Animation::Normal, Message::Calm),
        (vec![plain, plain], Animation::Normal, Message::Calm),
        (vec![plain, rare], Animation::Normal, Message::Rare),
        (vec![near, rare], Animation::NearMiss, Message::NearMiss),
        (vec![near, epic, plain], Animation::Epic, Message::Epic),
        (vec![pity, epic, near], Animation::Pity, Message::PityPaid),
        (
            vec![pity, legendary, epic],
            Animation::Legendary,
            Message::Legendary,
        ),
    ];
    for (shown, best, said) in cases {
        let outcome = outcome_of(&shown);
        assert_eq!(animation(&outcome), best, "{shown:?}");
        assert_eq!(message(&outcome), said, "{shown:?}");
    }
}

#[test]
fn names_are_snake_case_and_read_back() {
    for rarity in Rarity::ALL {
        assert_eq!(Rarity::parse(rarity.as_str()), Some(rarity));
        assert_eq!(serde_json::json!(rarity), rarity.as_str());
    }
    assert_eq!(Rarity::parse("mythic"), None);
    assert!(Rarity::ALL.is_sorted_by(|lesser, better| lesser < better));
    for kind in ItemKind::ALL {
        assert_eq!(serde_json::json!(kind), kind.as_str());
    }
    assert_eq!(
        serde_json::json!(Entry::NearMissLegendary),
        "near_miss_legendary"
    );
    assert_eq!(serde_json::json!(Animation::NearMiss), "near_miss");
    assert_eq!(serde_json::json!(Message::PityPaid), "pity_paid");
}

#[test]
fn the_hard_pity_leaves_the_odds_of_a_legendary() {
    let odds = next_odds(&waiting(89));
    assert_eq!(
        Rarity::ALL.map(|rarity| odds.of(rarity)),
        [0, 0, 99_800, 200]
    );
}
