//! What a pull weighs: the base, the soft pity, and what came lately.

use games::gacha::Rarity::{Common, Epic, Legendary, Rare};
use games::gacha::{Animation, Entry, RULES_VERSION, SINCE_EPIC_MAX, SoftPity, State, Tables};

use crate::{state, waiting, weights};

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
