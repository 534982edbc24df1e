//! Numbers as text, in whole-number arithmetic, the same on the server and in the page.
//!
//! Korean and English both group by three with a comma, so no locale is asked for.

use economy::Timestamp;

/// `1234567` as `1,234,567`.
#[must_use]
pub fn group(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if amount < 0 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `+1,200`, `−50` or `±0`, with the sign always there.
#[must_use]
pub fn signed(change: i64) -> String {
    match change {
        0 => "±0".to_owned(),
        1.. => format!("+{}", group(change)),
        _ => group(change),
    }
}

/// A fraction as a percentage with two decimals, rounded down.
#[must_use]
pub fn percent(numerator: u64, denominator: u64) -> String {
    let hundredths = u128::from(numerator) * 10_000 / u128::from(denominator.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Hundredths as a plain number: `150` is `1.5`, `200` is `2`.
#[must_use]
pub fn hundredths(value: i64) -> String {
    let (whole, rest) = (value / 100, value % 100);
    match (rest, rest % 10) {
        (0, _) => group(whole),
        (_, 0) => format!("{}.{}", group(whole), rest / 10),
        _ => format!("{}.{rest:02}", group(whole)),
    }
}

/// Seconds as `12:05` or `1:02:05`.
#[must_use]
pub fn stopwatch(secs: i64) -> String {
    let (hours, minutes, secs) = (secs / 3_600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

/// Days, and what is left of them as `12:05:09`.
#[must_use]
pub fn days_and_clock(secs: i64) -> (i64, String) {
    let (days, rest) = (secs / 86_400, secs % 86_400);
    let clock = if days > 0 {
        format!("{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60)
    } else {
        stopwatch(rest)
    };
    (days, clock)
}

/// An instant in UTC to the minute, the same wherever it is rendered; the page then refines it.
#[must_use]
pub fn utc_minute(at: Timestamp) -> String {
    let text = at.rfc3339().unwrap_or_default();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => text,
    }
}

/// A long id or hash with its middle left out.
#[must_use]
pub fn short(text: &str) -> String {
    let chars = text.chars().count();
    if chars <= 14 {
        return text.to_owned();
    }
    let head: String = text.chars().take(6).collect();
    let tail: String = text.chars().skip(chars - 6).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(group(0), "0");
        assert_eq!(group(999), "999");
        assert_eq!(group(1_000), "1,000");
        assert_eq!(group(9_007_199_254_740_991), "9,007,199,254,740,991");
        assert_eq!(group(-1_234), "\u{2212}1,234");
        assert_eq!([50, 0, -50].map(signed), ["+50", "±0", "\u{2212}50"]);
    }

    #[test]
    fn fractions_are_cut_not_rounded() {
        assert_eq!(percent(94_999, 100_000), "94.99%");
        assert_eq!(percent(1, 1), "100.00%");
        assert_eq!(hundredths(150), "1.5");
        assert_eq!(hundredths(205), "2.05");
        assert_eq!(hundredths(120_000), "1,200");
    }

    #[test]
    fn a_stopwatch_shows_hours_once_there_are_some() {
        assert_eq!(
            [0, 59, 725, 3_725].map(stopwatch),
            ["0:00", "0:59", "12:05", "1:02:05"]
        );
    }

    #[test]
    fn a_countdown_keeps_its_width_while_days_are_left() {
        assert_eq!(days_and_clock(90_061), (1, "01:01:01".to_owned()));
        assert_eq!(days_and_clock(59), (0, "0:59".to_owned()));
    }

    #[test]
    fn instants_read_in_utc() {
        assert_eq!(
            utc_minute(Timestamp::from_millis(0)),
            "1970-01-01 00:00 UTC"
        );
    }

    #[test]
    fn ids_keep_both_ends() {
        assert_eq!(short("0123456789abcdef"), "012345…abcdef");
        assert_eq!(short("short"), "short");
    }
}
