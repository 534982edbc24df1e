//! The point, and what a cash-out returns.

use super::*;

#[test]
fn points_are_the_ones_computed_elsewhere() {
    let mut stream = draws(0);
    let points: [i64; 12] = std::array::from_fn(|_| point(&mut stream).hundredths());
    assert_eq!(
        points,
        [227, 838, 105, 101, 123, 129, 249, 1_214, 181, 149, 532, 303]
    );
    assert_eq!(point_of(0), Multiplier::ONE, "0.97x does not exist");
    assert_eq!(point_of(DRAWS / 2), x(194));
    assert_eq!(point_of(DRAWS - 1), Multiplier::MAX);
    assert_eq!(point_of(DRAWS), Multiplier::MAX, "no draw, and no division");
}

/// A coarse grid of multipliers in hundredths, both ends included.
fn grid() -> impl Iterator<Item = i64> {
    (101..1_000)
        .step_by(9)
        .chain((1_000..100_000).step_by(991))
        .chain([99_999, 100_000])
}

#[test]
fn the_chance_counts_exactly_the_draws_that_win() {
    for hundredths in grid() {
        let Fraction {
            numerator,
            denominator,
        } = exact_chance(x(hundredths));
        let winning = numerator * (DRAWS / denominator);
        // Points rise with the draw, so that the winning ones are the last.
        assert!(point_of(DRAWS - winning) >= x(hundredths), "{hundredths}");
        assert!(
            point_of(DRAWS - winning - 1) < x(hundredths),
            "{hundredths}"
        );
    }
    let certain = Fraction {
        numerator: 1,
        denominator: 1,
    };
    assert_eq!(exact_chance(Multiplier::ONE), certain);
    assert_eq!(
        exact_return(Multiplier::ONE),
        certain,
        "nobody can cash out there"
    );
}

#[test]
fn the_return_is_97_percent_wherever_it_is_cashed_out() {
    for hundredths in grid() {
        let exact = exact_return(x(hundredths));
        let [above, below] = [exact.numerator, exact.denominator].map(i128::from);
        // 97/100 less the return, in parts of 100 * 2^52: the draws that do not come out even.
        let scale = 100 * i128::from(DRAWS) / below;
        let short = 97 * i128::from(DRAWS) - above * scale;
        assert!((0..i128::from(hundredths)).contains(&short), "{hundredths}");
    }
    assert_eq!(RETURN_PERCENT, 97);
    let whole = Fraction {
        numerator: 97,
        denominator: 100,
    };
    assert_eq!(exact_return(x(200)).percent_hundredths(), 9_699);
    assert_eq!(exact_return(x(128)), whole, "it divides the draws");
}

/// How many of the rounds win at each of the cash-outs, computed elsewhere.
const WINS: [i64; 6] = [9_604_592, 6_468_584, 4_850_466, 969_612, 97_017, 9_716];

#[test]
fn ten_million_rounds_return_97_percent() {
    let wins = series::crash_wins();
    assert_eq!(wins, WINS);
    for (hundredths, count) in series::CASH_OUTS.into_iter().zip(wins) {
        let expected = 97 * i128::from(series::ROUNDS) / i128::from(hundredths);
        let off = i128::from(count) - expected;
        // Four standard deviations, squared; the variance is below the mean.
        assert!(
            off * off <= 16 * expected,
            "{count} of {expected} at {hundredths}"
        );
    }
}

#[test]
fn the_readme_states_the_numbers_that_are_in_force() {
    let readme = include_str!("../../README.md");
    for (hundredths, first_ms) in [
        (150, 6_758),
        (200, 11_553),
        (1_000, 38_377),
        (10_000, 76_753),
    ] {
        assert_eq!(reaches(x(hundredths)), first_ms);
        let chance = 970_000 / hundredths;
        let (whole, part) = (chance / 100, chance % 100);
        let row = format!(
            "| {}x | {}.{:03} s | {whole}.{part:02} % |",
            x(hundredths),
            first_ms / 1_000,
            first_ms % 1_000
        );
        assert!(readme.contains(&row), "{row}");
    }
}
