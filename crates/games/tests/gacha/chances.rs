//! The chances within so many pulls, against every way that they may go.

use std::collections::HashMap;
use std::iter::successors;

use games::gacha::{Chance, Odds, PARTS, Rarity, State, Tables, chance_within, next_odds};

use Rarity::{Common, Epic, Legendary, Rare};

use crate::waiting;

/// The chance that none of the next pulls delivers that rarity, in parts of 100,000 to the power
/// of their number: over every sequence of results.
fn missed_by_force(state: &State, pulls: u32, at_least: Rarity) -> u128 {
    if pulls == 0 {
        return 1;
    }
    let odds = next_odds(state);
    let lesser = Rarity::ALL.into_iter().filter(|rarity| *rarity < at_least);
    lesser
        .map(|rarity| {
            let rest = missed_by_force(&state.after(rarity), pulls - 1, at_least);
            u128::from(odds.of(rarity)) * rest
        })
        .sum()
}

/// States about every edge: of the bands, of the hard pity, of the history.
fn edges() -> Vec<State> {
    let mut states: Vec<State> = [0, 5, 28, 48, 84, 87, 89].map(waiting).to_vec();
    let lucky = State::fresh().after(Legendary).after(Rare).after(Epic);
    states.extend(successors(Some(lucky), |state| Some(state.after(Common))).take(10));
    states.extend([29, 49, 85].map(|since| waiting(since).after(Rare)));
    states
}

#[test]
fn the_chance_within_a_few_pulls_is_that_of_every_sequence() {
    for state in edges() {
        for pulls in 0..=5 {
            for at_least in Rarity::ALL {
                let exact = 10_u128.pow(5 * pulls) - missed_by_force(&state, pulls, at_least);
                // Both in parts of 10^30.
                let exact = exact * 10_u128.pow(30 - 5 * pulls);
                let pulls = u8::try_from(pulls).expect("five");
                let stated = u128::from(chance_within(&state, pulls, at_least).parts());
                let stated = stated * 10_u128.pow(15);
                let off = exact.checked_sub(stated).expect("never above");
                assert!(off <= u128::from(pulls) * 10_u128.pow(15), "{state:?}");
            }
        }
    }
}

/// The odds depend on nothing of a state but this: the counter, and for each rarity above common
/// how many pulls ago it came.
type Reduced = (u8, [usize; 3]);

fn reduced(state: &State) -> Reduced {
    let ago = |rarity| {
        state
            .recent()
            .iter()
            .rev()
            .position(|other| *other == rarity)
    };
    let ages = [Rare, Epic, Legendary].map(|rarity| ago(rarity).unwrap_or(10));
    (state.since_epic(), ages)
}

/// The chance to miss over the whole space of states, in parts of 10^30 and rounded down.
fn missed_over_all_states(state: &State, pulls: u32, at_least: Rarity) -> u128 {
    let whole = 10_u128.pow(30);
    let mut spread = HashMap::from([(reduced(state), (state.clone(), whole))]);
    for _ in 0..pulls {
        let mut next: HashMap<Reduced, (State, u128)> = HashMap::new();
        for (state, chance) in spread.into_values() {
            let odds = next_odds(&state);
            for rarity in Rarity::ALL.into_iter().filter(|rarity| *rarity < at_least) {
                let after = state.after(rarity);
                let share = chance * u128::from(odds.of(rarity)) / u128::from(PARTS);
                next.entry(reduced(&after)).or_insert((after, 0)).1 += share;
            }
        }
        spread = next;
    }
    spread.into_values().map(|(_, chance)| chance).sum()
}

#[test]
fn the_chance_within_ninety_pulls_is_that_of_the_whole_space_of_states() {
    let lucky = State::fresh().after(Legendary).after(Epic).after(Rare);
    for state in [State::fresh(), waiting(45), lucky] {
        for at_least in [Epic, Legendary] {
            let missed = missed_over_all_states(&state, 90, at_least);
            let exact = (10_u128.pow(30) - missed) / 10_u128.pow(15);
            let stated = u128::from(chance_within(&state, 90, at_least).parts());
            assert!(exact.abs_diff(stated) <= 90, "{exact} {stated}");
        }
    }
}

#[test]
fn the_chances_of_a_fresh_member_are_known() {
    // Worked out apart from this code, with fractions; at most one part lower for each pull.
    let cases = [
        (1, Epic, 27_000_000_000_000),
        (10, Epic, 239_448_893_198_870),
        (90, Epic, 1_000_000_000_000_000),
        (1, Legendary, 2_000_000_000_000),
        (10, Legendary, 19_820_956_648_050),
        (90, Legendary, 164_880_324_426_087),
    ];
    for (pulls, at_least, exact) in cases {
        let stated = chance_within(&State::fresh(), pulls, at_least).parts();
        assert!(
            (exact - u64::from(pulls)..=exact).contains(&stated),
            "{stated}"
        );
    }
}

#[test]
fn ninety_pulls_are_certain_of_an_epic_and_none_of_nothing() {
    for state in edges() {
        let left = Tables::current().pulls_to_pity(&state);
        assert_eq!(chance_within(&state, left, Epic), Chance::CERTAIN);
        assert!(chance_within(&state, left - 1, Epic) < Chance::CERTAIN);
        assert_eq!(chance_within(&state, 0, Rare).parts(), 0);
        assert_eq!(chance_within(&state, 1, Common), Chance::CERTAIN);
    }
    assert!(chance_within(&State::fresh(), u8::MAX, Legendary) < Chance::CERTAIN);
}

#[test]
fn odds_and_chances_go_through_json() {
    let odds = next_odds(&State::fresh());
    let json = serde_json::to_string(&odds).expect("plain data");
    assert_eq!(
        json,
        r#"{"common":65000,"rare":32300,"epic":2500,"legendary":200}"#
    );
    assert_eq!(serde_json::from_str::<Odds>(&json).expect("written"), odds);
    let chance = chance_within(&State::fresh(), 1, Epic);
    let json = serde_json::to_string(&chance).expect("a number");
    assert_eq!(json, "27000000000000");
    assert_eq!(
        serde_json::from_str::<Chance>(&json).expect("written"),
        chance
    );
    assert_eq!(chance.percent_hundredths(), 270);
    assert_eq!(Chance::CERTAIN.percent_hundredths(), 10_000);
}
