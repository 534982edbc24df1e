//! Instants, as arguments: nothing here reads a clock.

use std::ops::RangeInclusive;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The first and the last millisecond of the years 1 to 9999 in UTC: what is written with four digits,
/// and read again by everybody.
const WRITTEN: RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// An instant in milliseconds since the Unix epoch; RFC 3339 UTC on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant that many milliseconds after the Unix epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant that many milliseconds later (earlier, if negative).
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The instant that many seconds later.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        self.plus_millis(secs.saturating_mul(1_000))
    }

    /// Milliseconds from `earlier` to this instant; negative if it is later.
    #[must_use]
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The UTC day it falls on, in days since the Unix epoch.
    #[must_use]
    pub const fn utc_day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }

    /// The midnight that a UTC day begins with, from days since the Unix epoch.
    #[must_use]
    pub const fn of_utc_day(day: i64) -> Self {
        Self(day.saturating_mul(86_400_000))
    }

    /// The date in UTC as `2026-01-31`, or `None` outside the years 1 to 9999.
    #[must_use]
    pub fn utc_date(self) -> Option<String> {
        self.rfc3339()?.get(..10).map(str::to_owned)
    }

    /// RFC 3339 in UTC, or `None` outside the years 1 to 9999.
    #[must_use]
    pub fn rfc3339(self) -> Option<String> {
        let millis = WRITTEN.contains(&self.0).then_some(self.0)?;
        let nanos = i128::from(millis).checked_mul(1_000_000)?;
        OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .ok()?
            .format(&Rfc3339)
            .ok()
    }

    /// The instant that an RFC 3339 text names, cut to milliseconds; nothing when in UTC it lies outside
    /// the years 1 to 9999, as the last hours of a year may by their offset.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let nanos = OffsetDateTime::parse(text, &Rfc3339)
            .ok()?
            .unix_timestamp_nanos();
        let millis = i64::try_from(nanos.div_euclid(1_000_000)).ok()?;
        WRITTEN.contains(&millis).then_some(Self(millis))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self
            .rfc3339()
            .ok_or_else(|| S::Error::custom("instant out of range"))?;
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_rfc3339(&text)
            .ok_or_else(|| D::Error::custom("not an RFC 3339 instant of the years 1 to 9999"))
    }
}
