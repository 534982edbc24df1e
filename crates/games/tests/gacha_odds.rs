//! The gacha's odds: exact, as stated, and as rolled.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "counts of a test; one that overflows or is not there fails it"
)]

use std::collections::HashMap;
use std::iter::successors;

use economy::Tokens;
use games::gacha::{
    Chance, Entry, Odds, PARTS, PullCount, Rarity, State, Tables, chance_within, items, next_odds,
    settle, worst_case_cost,
};
use games::{ClientSeed, Draws, ServerSeed};

use Rarity::{Common, Epic, Legendary, Rare};

#[path = "vectors/series.rs"]
#[expect(dead_code, reason = "the rounds are another test's")]
mod series;

/// The 99.99 % points of chi-squared with 1 to 9 degrees of freedom, in thousandths.
const CHI_SQUARED_MAX: [i128; 9] = [
    15_137, 18_421, 21_108, 23_513, 25_745, 27_856, 29_878, 31_828, 33_720,
];

fn draws(client_seed: &str, nonce: i64) -> Draws {
    Draws::new(
        &ServerSeed([11; 32]),
        &ClientSeed::parse(client_seed).expect("visible"),
        nonce,
    )
}

fn waiting(since_epic: u8) -> State {
    let recent = vec![Common; usize::from(since_epic.min(10))];
    State::new(since_epic, recent).expect("a state that pulls lead to")
}

/// Asserts that the counts are as likely as weights that sum to `whole` make them. Cells that
/// expect fewer than five are counted together with the fullest.
#[track_caller]
fn assert_fits(counts: &[i128], weights: &[i128], whole: i128) {
    let total: i128 = counts.iter().sum();
    let fullest = (0..weights.len())
        .max_by_key(|at| weights[*at])
        .expect("some");
    let mut cells = vec![(counts[fullest], weights[fullest])];
    for at in (0..weights.len()).filter(|at| *at != fullest) {
        if total * weights[at] >= 5 * whole {
            cells.push((counts[at], weights[at]));
        } else {
            cells[0].0 += counts[at];
            cells[0].1 += weights[at];
        }
    }
    // (observed - expected)^2 / expected, where expected is total * weight / whole.
    let distance = |(count, weight): &(i128, i128)| {
        let off = count * whole - total * weight;
        1_000 * off * off / (total * weight * whole)
    };
    let chi_squared: i128 = cells.iter().map(distance).sum();
    let freedom = cells.len() - 1;
    if freedom > 0 {
        let most = CHI_SQUARED_MAX[freedom - 1];
        assert!(chi_squared < most, "{chi_squared} {counts:?} {weights:?}");
    }
}

/// What a pull's weights depend on: the band of the counter, and the rarities that decay.
type Group = (u8, [bool; 3]);

fn group(state: &State) -> Group {
    let band = match state.since_epic() {
        0..=30 => 0,
        31..=50 => 1,
        51..=88 => 2,
        _ => 3,
    };
    (
        band,
        [Rare, Epic, Legendary].map(|rarity| state.has_recent(rarity)),
    )
}

#[derive(Default)]
struct Tally {
    entries: [i128; 6],
    delivered: [i128; 4],
    weights: [u32; 6],
    odds: [u32; 4],
}

fn odds_of(odds: Odds) -> [u32; 4] {
    Rarity::ALL.map(|rarity| odds.of(rarity))
}

/// 100,000 pulls in a row, counted by group and by item.
fn roll() -> (HashMap<Group, Tally>, HashMap<String, i128>) {
    let mut groups: HashMap<Group, Tally> = HashMap::new();
    let mut found: HashMap<String, i128> = HashMap::new();
    series::pulls_in_a_row(|state, pull| {
        let tally = groups.entry(group(state)).or_insert_with(|| Tally {
            weights: Tables::current().weights(state),
            odds: odds_of(next_odds(state)),
            ..Tally::default()
        });
        assert_eq!(tally.weights, Tables::current().weights(state));
        for (count, entry) in tally.entries.iter_mut().zip(Entry::ALL) {
            *count += i128::from(entry == pull.entry);
        }
        for (count, rarity) in tally.delivered.iter_mut().zip(Rarity::ALL) {
            *count += i128::from(rarity == pull.rarity);
        }
        *found.entry(pull.item.clone()).or_default() += 1;
    });
    (groups, found)
}

#[test]
fn a_hundred_thousand_pulls_match_the_exact_odds_of_each_state() {
    let (groups, _) = roll();
    assert!(groups.len() >= 10, "every band, with and without decay");
    for tally in groups.values() {
        let whole = i128::from(PARTS);
        assert_fits(&tally.entries, &tally.weights.map(i128::from), whole);
        assert_fits(&tally.delivered, &tally.odds.map(i128::from), whole);
    }
    let hard_pities = groups.iter().filter(|((band, _), _)| *band == 3);
    let paid: i128 = hard_pities.map(|(_, tally)| tally.delivered[2]).sum();
    assert!(paid > 50, "the hard pity was met {paid} times");
}

#[test]
fn every_item_is_found_as_often_as_the_others_of_its_rarity() {
    let (_, found) = roll();
    for rarity in Rarity::ALL {
        let of_rarity = items().iter().filter(|item| item.rarity == rarity);
        let counts: Vec<i128> = of_rarity
            .map(|item| found.get(item.code).copied().unwrap_or_default())
            .collect();
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
        let each = vec![1; counts.len()];
        assert_fits(&counts, &each, each.iter().sum());
    }
}

#[test]
fn the_first_pulls_of_a_thousand_members_match_what_the_base_table_delivers() {
    let mut delivered = [0_u32; 4];
    for nonce in 0..1_000 {
        let outcome = settle(PullCount::ONE, &State::fresh(), &mut draws("fresh", nonce));
        for (count, rarity) in delivered.iter_mut().zip(Rarity::ALL) {
            *count += u32::from(rarity == outcome.pulls[0].rarity);
        }
    }
    for (count, expected) in delivered.into_iter().zip([65_000, 32_300, 2_500, 200]) {
        assert!((count * 100).abs_diff(expected) <= 5_000, "{delivered:?}");
    }
}

#[test]
fn the_next_odds_are_what_the_entries_deliver() {
    assert_eq!(
        odds_of(next_odds(&State::fresh())),
        [65_000, 32_300, 2_500, 200]
    );
    assert_eq!(
        odds_of(next_odds(&waiting(31))),
        [60_000, 37_300, 2_500, 200]
    );
    assert_eq!(
        odds_of(next_odds(&waiting(51))),
        [52_500, 42_300, 5_000, 200]
    );
    let lucky = State::fresh().after(Legendary).after(Epic).after(Rare);
    assert_eq!(odds_of(next_odds(&lucky)), [72_000, 25_840, 2_000, 160]);
    let below = Rarity::ALL.map(|rarity| next_odds(&lucky).below(rarity));
    assert_eq!(below, [0, 72_000, 97_840, 99_840]);
}

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
fn members_meet_what_the_chances_promise() {
    let members = 20_000_u32;
    let mut met = [0_u32; 2];
    for nonce in 0..i64::from(members) {
        let outcome = settle(
            PullCount::TEN,
            &State::fresh(),
            &mut draws("promise", nonce),
        );
        let best = outcome.pulls.iter().map(|pull| pull.rarity).max();
        met[0] += u32::from(best >= Some(Epic));
        met[1] += u32::from(best == Some(Legendary));
    }
    for (met, at_least) in met.into_iter().zip([Epic, Legendary]) {
        let chance = i128::from(chance_within(&State::fresh(), 10, at_least).parts());
        let whole = i128::from(Chance::CERTAIN.parts());
        let missed = i128::from(members - met);
        assert_fits(&[met.into(), missed], &[chance, whole - chance], whole);
    }
}

#[test]
fn the_worst_case_is_bought_by_tens() {
    let cases = [
        (0, 4_050),
        (1, 4_050),
        (2, 4_000),
        (9, 3_650),
        (10, 3_600),
        (11, 3_600),
        (71, 900),
        (80, 450),
        (81, 450),
        (82, 400),
        (89, 50),
    ];
    for (since_epic, tokens) in cases {
        let cost = worst_case_cost(&waiting(since_epic));
        assert_eq!(cost, Tokens::from_u32(tokens), "{since_epic}");
    }
    let cheap_tens = Tables {
        ten_cost: Tokens::from_u32(120),
        ..*Tables::current()
    };
    let two_left = cheap_tens.worst_case_cost(&waiting(88));
    assert_eq!(two_left, Tokens::from_u32(100));
    let three_left = cheap_tens.worst_case_cost(&waiting(87));
    assert_eq!(
        three_left,
        Tokens::from_u32(120),
        "a ten is cheaper than three"
    );
}

#[test]
fn a_counter_past_an_earlier_hard_pity_is_paid_at_once() {
    let earlier = Tables {
        hard_pity: 60,
        ..*Tables::current()
    };
    assert_eq!(earlier.pulls_to_pity(&waiting(75)), 1);
    assert_eq!(
        odds_of(earlier.next_odds(&waiting(75))),
        [0, 0, 99_800, 200]
    );
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

/// A number as the readme writes it.
fn grouped(number: u32) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[test]
fn the_readme_states_the_odds_that_are_in_force() {
    let readme = include_str!("../README.md");
    for (since_epic, wait) in [(0, "0 to 30"), (31, "31 to 50"), (51, "51 to 89")] {
        for (recent, came) in [(Common, "no"), (Rare, "yes")] {
            let state = waiting(since_epic.max(10) - 1).after(recent);
            let state = State::new(since_epic.max(10), state.recent().to_vec());
            let weights = Tables::current().weights(&state.expect("long enough"));
            let row = weights.map(grouped).join(" | ");
            let row = format!("| {wait} | {came} | {row} |");
            assert!(readme.contains(&row), "{row}");
        }
    }
    for pulls in [10, 90] {
        let [epic, legendary] = [Epic, Legendary].map(|at_least| {
            let hundredths = chance_within(&State::fresh(), pulls, at_least).percent_hundredths();
            format!("{}.{:02} %", hundredths / 100, hundredths % 100)
        });
        let row = format!("| {pulls} | {epic} | {legendary} |");
        assert!(readme.contains(&row), "{row}");
    }
}
