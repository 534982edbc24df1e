//! The stretches of time that statistics are told for, in UTC days as rows count them.

use economy::Timestamp;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// A stretch of time that ends today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Today.
    Day,
    /// Since Monday.
    Week,
    /// Since the first of the month.
    Month,
    /// Since ever.
    #[default]
    All,
}

impl Period {
    /// Every period, the shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::All];

    /// The name in queries and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::All => "all",
        }
    }

    /// The period of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.as_str() == name)
    }

    /// The first UTC day of the period that `now` is in, in days since the Unix epoch.
    #[must_use]
    pub fn first_day(self, now: Timestamp) -> i64 {
        let today = now.utc_day();
        let past = match self {
            Self::Day => 0,
            // Day 0 was a Thursday, three days after a Monday.
            Self::Week => today.saturating_add(3).rem_euclid(7),
            Self::Month => days_of_month_before(now),
            Self::All => return i64::MIN,
        };
        today.saturating_sub(past)
    }
}

/// How many days of its month lie before an instant's; zero outside the years 1 to 9999.
fn days_of_month_before(at: Timestamp) -> i64 {
    let secs = at.millis().div_euclid(1_000);
    OffsetDateTime::from_unix_timestamp(secs)
        .map_or(0, |date| i64::from(date.day()).saturating_sub(1))
}
