//! What staff see of members, and do for them.

mod access;
mod dashboard;
mod edit;
mod list;
mod member;
mod notes;
mod timeline;
mod tokens;

use backend::{Result, Staff};
use testkit::Club;
use wire::Code;
use wire::staff::{AuditRequest, AuditRow};

fn code<T>(answer: Result<T>) -> Option<Code> {
    answer.err().map(|error| error.code())
}

/// What was kept last.
async fn newest_act(club: &Club, boss: &Staff) -> AuditRow {
    let rows = club.backend.audit.list(boss, AuditRequest::default());
    rows.await.unwrap().items.remove(0)
}
