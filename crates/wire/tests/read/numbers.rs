//! Numbers, whole and with a part.

use crate::{Shapes, refuses, shapes};

#[test]
fn a_whole_number_is_exact_however_it_is_written() {
    for written in ["10", "10.0", "1e1", "1E+1", "100e-1", "0.1e2", "10.000"] {
        let json = format!(
            r#"{{"whole": {written}, "large": {written}, "small": {written}, "below": {written}, "part": {written}}}"#
        );
        let read = shapes(&json);
        let all = (read.whole, read.large, read.small, read.below, read.part);
        assert_eq!(all, (10, 10, 10, 10, 10.0), "{written}");
    }
    for (written, number) in [
        ("-0", 0),
        ("-0.0", 0),
        ("0e99999999999999999999", 0),
        ("-1.50e2", -150),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("9223372036854775807.0", i64::MAX),
        ("-922337203685477580800e-2", i64::MIN),
    ] {
        let read = shapes(&format!(r#"{{"whole": {written}}}"#));
        assert_eq!(read.whole, number, "{written}");
    }
    for written in [
        "10.5",
        "1e-1",
        "1e30",
        "10.00000000000000000001",
        "9223372036854775808",
        "99999999999999999999",
        "1e-99999999999999999999",
        "1e400",
        "1e99999999999999999999",
    ] {
        refuses::<Shapes>(&format!(r#"{{"whole": {written}}}"#), "whole", "type");
    }
    refuses::<Shapes>(r#"{"small": 256}"#, "small", "type");
    refuses::<Shapes>(r#"{"large": -1}"#, "large", "type");
}

#[test]
fn a_float_is_what_is_written() {
    for (written, number) in [
        ("2.35", 2.35),
        ("2.00", 2.0),
        ("2.5", 2.5),
        ("2.500", 2.5),
        ("25e-1", 2.5),
        ("0.0250E+2", 2.5),
        ("-0.30", -0.3),
        ("1e-7", 1e-7),
        ("1e300", 1e300),
        ("7", 7.0),
        ("9007199254740992", 9_007_199_254_740_992.0),
        ("100000000000000000", 1e17),
        ("100000000000000000000", 1e20),
    ] {
        let read = shapes(&format!(r#"{{"part": {written}}}"#));
        assert!(read.part.to_bits() == f64::to_bits(number), "{written}");
    }
}

#[test]
fn more_digits_than_are_kept_are_refused_where_a_number_is_meant() {
    for written in [
        "2.000000000000000000001",
        "1.9999999999999999999999",
        "200000000000000000000.1e-20",
        "0.30000000000000001665",
        "9007199254740993",
        "100000000000000000001",
        "1e-400",
        "1e-99999999999999999999",
    ] {
        refuses::<Shapes>(&format!(r#"{{"part": {written}}}"#), "part", "type");
        let unknown = format!(r#"{{"unknown": [{written}]}}"#);
        assert_eq!(shapes(&unknown), Shapes::default(), "{written}");
    }
}
