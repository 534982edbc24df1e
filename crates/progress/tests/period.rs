//! Where periods begin.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that meets an error fails"
)]

use economy::Timestamp;
use progress::Period;
use proptest::prelude::*;

fn first_day(period: Period, at: &str) -> String {
    let at = Timestamp::parse_rfc3339(at).unwrap();
    Timestamp::of_utc_day(period.first_day(at))
        .utc_date()
        .unwrap()
}

#[test]
fn a_day_begins_at_midnight_in_utc() {
    assert_eq!(first_day(Period::Day, "2026-03-01T00:00:00Z"), "2026-03-01");
    assert_eq!(
        first_day(Period::Day, "2026-02-28T23:59:59.999Z"),
        "2026-02-28"
    );
    assert_eq!(
        first_day(Period::Day, "2026-03-01T08:59:59+09:00"),
        "2026-02-28"
    );
}

#[test]
fn a_week_begins_on_monday() {
    assert_eq!(
        first_day(Period::Week, "2026-01-04T23:59:59Z"),
        "2025-12-29"
    );
    assert_eq!(
        first_day(Period::Week, "2026-01-05T00:00:00Z"),
        "2026-01-05"
    );
    assert_eq!(
        first_day(Period::Week, "1969-12-31T12:00:00Z"),
        "1969-12-29"
    );
}

#[test]
fn a_month_begins_on_its_first() {
    assert_eq!(
        first_day(Period::Month, "2028-02-29T23:59:59Z"),
        "2028-02-01"
    );
    assert_eq!(
        first_day(Period::Month, "2028-03-01T00:00:00Z"),
        "2028-03-01"
    );
}

#[test]
fn names_are_read_back() {
    for period in Period::ALL {
        assert_eq!(Period::parse(period.as_str()), Some(period));
    }
    assert_eq!(Period::parse("year"), None);
}

proptest! {
    #[test]
    fn a_longer_period_never_begins_after_a_day(millis in 0..4_000_000_000_000_i64) {
        let at = Timestamp::from_millis(millis);
        let today = at.utc_day();
        prop_assert_eq!(Period::Day.first_day(at), today);
        prop_assert!((0..7).contains(&(today - Period::Week.first_day(at))));
        prop_assert!((0..31).contains(&(today - Period::Month.first_day(at))));
        prop_assert!(Period::All.first_day(at) < today);
    }
}
