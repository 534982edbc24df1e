//! What was rolled, against the exact odds.

use std::collections::HashMap;

use games::gacha::{
    Chance, Entry, PARTS, PullCount, Rarity, State, Tables, chance_within, items, next_odds, settle,
};
use games::{ClientSeed, Draws, ServerSeed};

use Rarity::{Epic, Legendary, Rare};

use crate::odds_of;

#[path = "../vectors/series.rs"]
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
