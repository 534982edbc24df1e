//! Instants and how they are written.

use economy::Timestamp;
use proptest::prelude::*;

/// The years 1 to 9999, in milliseconds since the Unix epoch.
const YEARS: std::ops::Range<i64> = -62_135_596_800_000..253_402_300_800_000;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

#[test]
fn instants_are_written_as_rfc_3339_in_utc() {
    assert_eq!(at(0).rfc3339().as_deref(), Some("1970-01-01T00:00:00Z"));
    assert_eq!(
        at(1_700_000_000_123).rfc3339().as_deref(),
        Some("2023-11-14T22:13:20.123Z")
    );
    assert_eq!(
        at(-1).rfc3339().as_deref(),
        Some("1969-12-31T23:59:59.999Z")
    );
}

#[test]
fn instants_are_read_in_any_offset_and_cut_to_milliseconds() {
    assert_eq!(
        Timestamp::parse_rfc3339("1970-01-01T09:00:00+09:00"),
        Some(at(0))
    );
    assert_eq!(
        Timestamp::parse_rfc3339("1970-01-01T00:00:00.1239Z"),
        Some(at(123))
    );
    assert_eq!(
        Timestamp::parse_rfc3339("1969-12-31T23:59:59.9999Z"),
        Some(at(-1)),
        "down, also before the epoch"
    );
    for text in [
        "",
        "yesterday",
        "1970-01-01",
        "1970-01-01T00:00:00",
        "1970-13-01T00:00:00Z",
    ] {
        assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
    }
}

#[test]
fn years_beyond_four_digits_are_not_written() {
    for instant in [
        at(YEARS.end),
        at(YEARS.start.saturating_sub(1)),
        at(i64::MAX),
        at(i64::MIN),
    ] {
        assert_eq!(instant.rfc3339(), None);
        assert!(serde_json::to_string(&instant).is_err());
    }
    assert_eq!(
        at(YEARS.start).rfc3339().as_deref(),
        Some("0001-01-01T00:00:00Z")
    );
}

#[test]
fn an_instant_that_leaves_the_years_by_its_offset_is_not_read() {
    for (text, millis) in [
        ("0001-01-01T00:00:00Z", YEARS.start),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("9999-12-31T23:59:59.9999Z", 253_402_300_799_999),
        ("9999-12-31T23:00:00+23:00", 253_402_214_400_000),
    ] {
        assert_eq!(Timestamp::parse_rfc3339(text), Some(at(millis)), "{text}");
    }
    for text in [
        "9999-12-31T23:59:59-23:00",
        "9999-12-31T23:59:59-00:01",
        "0001-01-01T00:00:00+00:01",
        "0000-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
    ] {
        assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
        let json = serde_json::to_string(text).expect("a text");
        assert!(serde_json::from_str::<Timestamp>(&json).is_err(), "{text}");
    }
}

#[test]
fn days_begin_at_midnight_utc() {
    assert_eq!(
        [0, 86_399_999, 86_400_000, -1].map(|millis| at(millis).utc_day()),
        [0, 0, 1, -1]
    );
}

#[test]
fn arithmetic_keeps_to_the_range() {
    assert_eq!(at(5).plus_millis(-10), at(-5));
    assert_eq!(at(5).plus_secs(2), at(2_005));
    assert_eq!(at(2_005).millis_since(at(5)), 2_000);
    assert_eq!(at(i64::MAX).plus_secs(i64::MAX), at(i64::MAX));
    assert_eq!(at(i64::MIN).millis_since(at(i64::MAX)), i64::MIN);
    assert_eq!(Timestamp::default().millis(), 0);
    assert!(at(1) < at(2));
}

#[test]
fn json_that_is_no_instant_is_refused() {
    for json in ["0", "null", "\"soon\""] {
        assert!(serde_json::from_str::<Timestamp>(json).is_err(), "{json}");
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(millis in YEARS) {
        let text = at(millis).rfc3339().expect("within the years");
        prop_assert_eq!(Timestamp::parse_rfc3339(&text), Some(at(millis)));
        let json = serde_json::to_string(&at(millis)).expect("within the years");
        prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).expect("what was written"), at(millis));
    }
}
