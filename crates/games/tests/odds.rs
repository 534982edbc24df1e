//! Strips, paytable and the exact odds that follow from them.

use games::Fraction;
use games::slot::{
    FREE_SPINS, Lines, Symbol, Tables, exact_free_spins, exact_hit_rate, exact_jackpot,
    exact_return, paytable, strips,
};

fn all_lines() -> [Lines; 5] {
    [1, 2, 3, 4, 5].map(|count| Lines::new(count).expect("1 to 5"))
}

const fn fraction(numerator: u64, denominator: u64) -> Fraction {
    Fraction {
        numerator,
        denominator,
    }
}

#[test]
fn the_return_is_exact_and_within_94_to_96_percent_for_every_number_of_lines() {
    for lines in all_lines() {
        let exact = exact_return(lines);
        assert_eq!(exact, fraction(31_846_737, 33_554_432));
        assert!((9_400..=9_600).contains(&exact.percent_hundredths()));
        assert_eq!(exact.percent_hundredths(), 9_491);
    }
}

#[test]
fn the_hit_rate_is_exact_and_within_25_to_45_percent_at_five_lines() {
    let expected = [
        (1_361, 16_384),
        (5_221, 32_768),
        (3_765, 16_384),
        (9_697, 32_768),
        (11_725, 32_768),
    ];
    assert_eq!(
        all_lines().map(exact_hit_rate),
        expected.map(|(above, below)| fraction(above, below))
    );
    let five = exact_hit_rate(all_lines()[4]);
    assert!((2_500..=4_500).contains(&five.percent_hundredths()));
    assert_eq!(five.percent_hundredths(), 3_578);
}

#[test]
fn the_readme_states_the_odds_that_are_in_force() {
    let readme = include_str!("../README.md");
    let returned = all_lines().map(exact_return);
    let rates = all_lines().map(exact_hit_rate);
    for Fraction {
        numerator,
        denominator,
    } in returned
        .into_iter()
        .chain(rates)
        .chain(all_lines().map(exact_jackpot))
    {
        assert!(
            readme.contains(&format!(" {numerator}/{denominator} ")),
            "{numerator}/{denominator}"
        );
    }
}

#[test]
fn free_spins_and_jackpots_have_exact_chances() {
    assert_eq!(exact_free_spins(), fraction(27, 4_096));
    let expected = JACKPOTS.map(|(above, below)| fraction(above, below));
    assert_eq!(all_lines().map(exact_jackpot), expected);
}

/// The chance of the jackpot with 1 to 5 lines.
const JACKPOTS: [(u64, u64); 5] = [
    (9, 16_384),
    (9, 8_192),
    (27, 16_384),
    (9, 4_096),
    (45, 16_384),
];

#[test]
fn tables_worked_out_by_hand_have_the_odds_worked_out_by_hand() {
    // One stop in two is a seven on the first reel; the others are sevens throughout.
    const HALF: [&[Symbol]; 3] = [
        &[Symbol::Seven, Symbol::Cherry],
        &[Symbol::Seven],
        &[Symbol::Seven],
    ];
    let tables = Tables {
        strips: HALF,
        ..*Tables::current()
    };
    let [one, two, ..] = all_lines();
    assert_eq!(tables.exact_jackpot(one), fraction(1, 2));
    assert_eq!(
        tables.exact_hit_rate(two),
        fraction(1, 1),
        "one of two rows is always the seven's"
    );
    assert_eq!(tables.exact_return(one), fraction(150, 1));
    assert_eq!(tables.exact_free_spins(), fraction(0, 1));
    const SCATTERED: [&[Symbol]; 3] = [&[Symbol::Diamond], &[Symbol::Diamond], &[Symbol::Scatter]];
    let scattered = Tables {
        strips: SCATTERED,
        ..*Tables::current()
    };
    assert_eq!(
        scattered.exact_return(one),
        fraction(24, 1),
        "four, six times"
    );
}

#[test]
fn percents_round_down() {
    assert_eq!(fraction(2, 3).percent_hundredths(), 6_666);
    assert_eq!(fraction(1, 1).percent_hundredths(), 10_000);
    assert_eq!(fraction(1, 0).percent_hundredths(), 0);
    assert_eq!(
        fraction(u64::MAX, 1).percent_hundredths(),
        0,
        "nothing that a chance or a return can be"
    );
}

#[test]
fn symbols_fall_from_cherry_to_seven_on_every_strip() {
    let expected = [
        [9, 7, 6, 4, 2, 1, 1, 2],
        [8, 7, 6, 4, 2, 1, 2, 2],
        [8, 7, 6, 4, 2, 1, 2, 2],
    ];
    for (strip, expected) in strips().into_iter().zip(expected) {
        assert_eq!(strip.len(), 32);
        assert_eq!(
            Symbol::ALL.map(|symbol| strip.iter().filter(|stop| **stop == symbol).count()),
            expected
        );
    }
}

#[test]
fn no_window_shows_two_scatters_or_two_wilds_on_one_reel() {
    for strip in strips() {
        for window in strip.repeat(2).windows(3) {
            for symbol in [Symbol::Scatter, Symbol::Wild] {
                assert!(window.iter().filter(|stop| **stop == symbol).count() <= 1);
            }
        }
    }
}

#[test]
fn the_paytable_is_in_falling_order() {
    assert!(paytable().is_sorted_by(|before, after| before.multiplier > after.multiplier));
    assert!(paytable().iter().all(|pay| matches!(pay.count, 2 | 3)));
    assert!(
        paytable()
            .iter()
            .all(|pay| !matches!(pay.symbol, Symbol::Wild | Symbol::Scatter))
    );
    assert_eq!(FREE_SPINS, 5);
}

#[test]
fn the_paytable_goes_through_json() {
    let json = serde_json::to_string(paytable()).expect("plain data");
    assert!(json.starts_with(r#"[{"symbol":"seven","count":3,"multiplier":300}"#));
    let read: Vec<games::slot::Pay> = serde_json::from_str(&json).expect("what was written");
    assert_eq!(read, paytable());
    let odds = serde_json::to_string(&exact_free_spins()).expect("plain data");
    assert_eq!(odds, r#"{"numerator":27,"denominator":4096}"#);
    assert_eq!(
        serde_json::from_str::<Fraction>(&odds).expect("what was written"),
        exact_free_spins()
    );
}
