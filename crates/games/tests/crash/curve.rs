//! The curve, the multipliers it shows, and what may be staked on it.

use super::*;

/// Multipliers in hundredths, and the first millisecond of each computed elsewhere.
const MULTIPLIERS: [i64; 61] = [
    100, 101, 102, 103, 104, 105, 107, 110, 111, 115, 120, 125, 130, 133, 140, 150, 160, 175, 180,
    190, 199, 200, 201, 225, 250, 275, 300, 333, 350, 400, 450, 500, 550, 600, 700, 750, 800, 900,
    999, 1_000, 1_001, 1_250, 1_500, 2_000, 2_500, 3_333, 5_000, 7_500, 9_999, 10_000, 12_345,
    20_000, 25_000, 31_416, 50_000, 65_536, 75_000, 90_000, 99_998, 99_999, 100_000,
];
const FIRST_MS: [i64; 61] = [
    0, 166, 331, 493, 654, 814, 1_128, 1_589, 1_740, 2_330, 3_039, 3_720, 4_373, 4_753, 5_608,
    6_758, 7_834, 9_327, 9_797, 10_698, 11_469, 11_553, 11_636, 13_516, 15_272, 16_861, 18_311,
    20_050, 20_880, 23_105, 25_068, 26_824, 28_413, 29_863, 32_432, 33_582, 34_658, 36_621, 38_360,
    38_377, 38_394, 42_096, 45_135, 49_929, 53_648, 58_441, 65_201, 71_959, 76_752, 76_753, 80_264,
    88_306, 92_025, 95_832, 103_577, 108_087, 110_335, 113_374, 115_129, 115_130, 115_130,
];

#[test]
fn the_curve_reaches_each_multiplier_when_computed_elsewhere() {
    for (hundredths, first_ms) in MULTIPLIERS.into_iter().zip(FIRST_MS) {
        assert_eq!(reaches(x(hundredths)), first_ms, "{hundredths}");
        assert!(curve(first_ms) >= x(hundredths), "{hundredths}");
        assert!(first_ms == 0 || curve(first_ms - 1) < x(hundredths));
    }
}

/// SHA-256 over big-endian 64-bit numbers, in hex.
fn digest(numbers: impl Iterator<Item = i64>) -> String {
    let mut hasher = Sha256::new();
    numbers.for_each(|number| hasher.update(number.to_be_bytes()));
    hex::encode(hasher.finalize())
}

#[test]
fn every_millisecond_of_the_curve_is_the_one_computed_elsewhere() {
    let all = (0..=CURVE_MAX_MS).map(|elapsed_ms| curve(elapsed_ms).hundredths());
    assert_eq!(
        digest(all),
        "398c408a11cff9e6e01a194fa935b8d845af1d65830827ff6993b35754da5ebd"
    );
}

#[test]
fn the_curve_and_its_inverse_agree() {
    let mut first_ms = 0;
    for hundredths in (100..=100_000).step_by(37) {
        let reached = reaches(x(hundredths));
        assert!(reached >= first_ms && curve(reached) >= x(hundredths));
        assert!(reached == 0 || curve(reached - 1) < x(hundredths));
        first_ms = reached;
    }
}

#[test]
fn the_curve_starts_at_1_and_ends_at_1000() {
    for elapsed_ms in [i64::MIN, -1, 0, 165] {
        assert_eq!(curve(elapsed_ms), Multiplier::ONE);
    }
    assert_eq!(curve(166), Multiplier::CASH_OUT_MIN);
    assert_eq!(curve(CURVE_MAX_MS - 1), x(99_998));
    for elapsed_ms in [CURVE_MAX_MS, CURVE_MAX_MS + 1, i64::MAX] {
        assert_eq!(curve(elapsed_ms), Multiplier::MAX);
    }
}

#[test]
fn multipliers_are_read_and_written_with_two_decimals() {
    for (text, hundredths) in [
        ("1", 100),
        ("1.0", 100),
        ("1.01", 101),
        ("2.5", 250),
        ("2.05", 205),
        ("007", 700),
        ("1000.00", 100_000),
    ] {
        assert_eq!(Multiplier::parse(text), Ok(x(hundredths)), "{text}");
    }
    for text in [
        "",
        ".",
        "1.",
        ".5",
        "1.005",
        "-2",
        "+2",
        "1,5",
        "2x",
        "1.x",
        "1.+5",
        " 2",
        "1e2",
        "1.2.3",
        "１",
        "2.５",
        "1234567890",
    ] {
        assert_eq!(Multiplier::parse(text), Err(BadMultiplier::Malformed));
    }
    assert_eq!(Multiplier::parse("0.99"), Err(BadMultiplier::TooLow));
    assert_eq!(Multiplier::parse("1000.01"), Err(BadMultiplier::TooHigh));
    assert_eq!(Multiplier::parse("999999999"), Err(BadMultiplier::TooHigh));
    let shown = [100, 101, 250, 100_000].map(|hundredths| x(hundredths).to_string());
    assert_eq!(shown, ["1.00", "1.01", "2.50", "1000.00"]);
    assert_eq!(
        AutoCashout::parse("2.5").map(|auto| auto.to_string()),
        Ok("2.50".into())
    );
}

#[test]
fn an_auto_cash_out_is_from_1_01_to_1000() {
    assert_eq!(AutoCashout::parse("1.01").ok(), auto(101));
    assert_eq!(AutoCashout::parse("1000").ok(), auto(100_000));
    assert_eq!(AutoCashout::parse("1.00"), Err(BadMultiplier::TooLow));
    assert_eq!(AutoCashout::parse("0"), Err(BadMultiplier::TooLow));
    assert_eq!(AutoCashout::parse("1000.01"), Err(BadMultiplier::TooHigh));
    assert_eq!(AutoCashout::parse("two"), Err(BadMultiplier::Malformed));
    assert_eq!(auto(250).map(AutoCashout::target), Some(x(250)));
    let mut sentences = [
        BadMultiplier::Malformed,
        BadMultiplier::TooLow,
        BadMultiplier::TooHigh,
    ]
    .map(|error| error.to_string());
    sentences.sort_unstable();
    assert!(sentences.is_sorted_by(|a, b| a < b), "no two alike");
    assert!(sentences.contains(&"the multiplier is above 1000.00".to_owned()));
}

#[test]
fn json_carries_hundredths() {
    assert_eq!(serde_json::to_string(&x(250)).ok().as_deref(), Some("250"));
    assert_eq!(serde_json::from_str::<Multiplier>("250").ok(), Some(x(250)));
    assert_eq!(
        serde_json::to_string(&auto(250)).ok().as_deref(),
        Some("250")
    );
    assert_eq!(serde_json::from_str("250").ok(), Some(auto(250)));
    for json in ["99", "100001", "2.5", "\"250\"", "-100"] {
        assert!(serde_json::from_str::<Multiplier>(json).is_err(), "{json}");
    }
    for json in ["100", "99", "100001"] {
        assert!(serde_json::from_str::<AutoCashout>(json).is_err(), "{json}");
    }
}

#[test]
fn a_stake_is_from_10_to_100_000() {
    let bet = |stake| Bet::new(Tokens::from_u32(stake), None);
    assert_eq!(bet(9), Err(BadStake::TooSmall(STAKES.min)));
    assert_eq!(bet(100_001), Err(BadStake::TooLarge(STAKES.max)));
    assert_eq!(bet(10).map(Bet::stake), Ok(STAKES.min));
    let largest = bet(100_000).expect("the largest");
    assert_eq!((largest.stake(), largest.auto()), (STAKES.max, None));
    assert_eq!(largest.pays(Multiplier::MAX), Tokens::from_u32(100_000_000));
    assert_eq!(largest.ceiling(), Multiplier::MAX);
    let bet = Bet::new(STAKES.min, auto(150)).expect("a legal bet");
    assert_eq!((bet.auto(), bet.ceiling()), (auto(150), x(150)));
}

#[test]
fn payouts_are_rounded_down() {
    let bet = Bet::new(Tokens::from_u32(33), None).expect("a legal bet");
    let paid = [100, 101, 103, 104, 150, 100_000].map(|at| bet.pays(x(at)).get());
    assert_eq!(paid, [33, 33, 33, 34, 49, 33_000]);
}
