//! The odds of the next pull.

use games::gacha::{Rarity, State, Tables, chance_within, next_odds};

use Rarity::{Common, Epic, Legendary, Rare};

use crate::{odds_of, waiting};

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

#[test]
fn the_hard_pity_leaves_the_odds_of_a_legendary() {
    let odds = next_odds(&waiting(89));
    assert_eq!(
        Rarity::ALL.map(|rarity| odds.of(rarity)),
        [0, 0, 99_800, 200]
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

/// A number as the readme writes it.
fn grouped(number: u32) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[test]
fn the_readme_states_the_odds_that_are_in_force() {
    let readme = include_str!("../../README.md");
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
