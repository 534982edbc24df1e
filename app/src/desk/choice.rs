//! Which acts of staff's the address names.

use leptos_router::params::ParamsMap;
use wire::{Timestamp, UserId, staff::AuditRequest};

const DAY_SECS: i64 = 86_400;

/// What is filtered by, as it stands in the form; what is empty is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) outcome: String,
    /// The first day, in UTC.
    pub(super) from: String,
    /// The last day, in UTC.
    pub(super) until: String,
}

impl Choice {
    /// What an address chose; what cannot be read is not filtered by.
    pub(super) fn of(query: &ParamsMap) -> Self {
        Self {
            actor: readable(query, "actor", |it| actor(it).is_some()),
            action: readable(query, "action", is_plain),
            subject: readable(query, "subject", is_plain),
            outcome: readable(query, "outcome", is_plain),
            from: readable(query, "from", |it| day(it).is_some()),
            until: readable(query, "until", |it| day(it).is_some()),
        }
    }

    /// What the club is asked, of the page that starts there.
    pub(super) fn request(&self, limit: i64, cursor: Option<String>) -> AuditRequest {
        AuditRequest {
            limit: Some(limit),
            cursor,
            actor: actor(&self.actor),
            action: given(&self.action),
            subject: given(&self.subject),
            outcome: given(&self.outcome),
            since: day(&self.from),
            until: end_of(&self.until),
        }
    }
}

/// What an address says under a name, where that can be read.
pub(super) fn readable(query: &ParamsMap, name: &str, is_readable: fn(&str) -> bool) -> String {
    let text = query.get_str(name).unwrap_or_default().trim();
    let text = if is_readable(text) { text } else { "" };
    text.to_owned()
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Rows hold nothing else, and PostgreSQL could not even be asked for U+0000.
pub(super) fn is_plain(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

fn actor(text: &str) -> Option<UserId> {
    text.parse::<i64>().ok().map(UserId)
}

/// The midnight that a day begins with, where its end can be written too.
pub(super) fn day(text: &str) -> Option<Timestamp> {
    let begins = Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z"))?;
    begins.plus_secs(DAY_SECS).rfc3339().map(|_| begins)
}

/// The midnight that a day ends with.
pub(super) fn end_of(text: &str) -> Option<Timestamp> {
    day(text).map(|begins| begins.plus_secs(DAY_SECS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn the_last_day_is_all_of_it() {
        let address = "/admin/audit?actor=7&action=users/ban&from=2026-01-31&until=2026-01-31";
        let choice = Choice::of(&query_of(address));
        assert_eq!(choice.action, "users/ban");
        let request = choice.request(10, None);
        assert_eq!(request.actor, Some(UserId(7)));
        assert_eq!((request.subject, request.outcome), (None, None));
        let (since, until) = (request.since.unwrap(), request.until.unwrap());
        assert_eq!(since.rfc3339().as_deref(), Some("2026-01-31T00:00:00Z"));
        assert_eq!(until.rfc3339().as_deref(), Some("2026-02-01T00:00:00Z"));
    }

    #[test]
    fn what_cannot_be_read_is_not_filtered_by() {
        let address = "/admin/audit?actor=ann&action=%00&subject=&from=yesterday&until=9999-12-31";
        assert_eq!(Choice::of(&query_of(address)), Choice::default());
    }
}
