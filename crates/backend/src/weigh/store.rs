//! What waits, or waited, for somebody else to grant it.

pub(super) mod days;

use economy::Timestamp;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::desk::{Approval, ApprovalState, ApprovalsRequest, Preview};

use super::Facts;
use crate::Result;
use crate::audit::Action;
use crate::db::{Asked, Columns};
use crate::operations::json_of;

const COLUMNS: &str = "id, actor, action, subject, reason, request, operation_key, preview, state, \
     created_at, expires_at, decided_by, decided_at, result, \
     (SELECT u.nickname FROM users u WHERE u.id = approvals.actor) AS actor_nickname, \
     (SELECT u.nickname FROM users u WHERE u.id = approvals.decided_by) AS decided_by_nickname";

/// Of all that waits, the ones of one member of staff that are not too old yet.
const WAITING: &str = "SELECT COUNT(*) AS n FROM approvals \
     WHERE state = 'waiting' AND actor = $1 AND expires_at > $2";

/// Of those the ones that ask for just that, the oldest.
const TWIN: &str = "SELECT id FROM approvals \
     WHERE state = 'waiting' AND actor = $1 AND expires_at > $2 AND action = $3 AND subject = $4 \
     AND request = $5 ORDER BY id LIMIT 1";

/// What is kept of an act that waits, or waited.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// As it is shown.
    pub(crate) approval: Approval,
    pub(crate) action: Action,
    /// What was asked, as JSON.
    pub(crate) request: String,
    /// The key that it was asked with.
    pub(super) key: Option<String>,
}

/// An act that is about to wait.
pub(super) struct New<'a> {
    pub(super) actor: UserId,
    pub(super) facts: &'a Facts,
    pub(super) request: &'a str,
    pub(super) key: Option<&'a str>,
    pub(super) preview: &'a Preview,
    pub(super) at: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// How something is decided, by whom, and what it comes to.
pub(super) struct Decision {
    pub(super) state: ApprovalState,
    pub(super) by: Option<UserId>,
    pub(super) at: Timestamp,
    /// As JSON.
    pub(super) result: Option<String>,
}

/// Lets an act wait; gives its number.
pub(super) async fn insert(conn: &mut AnyConnection, new: &New<'_>) -> Result<i64> {
    sqlx::query(
        "INSERT INTO approvals (actor, action, subject, reason, request, operation_key, preview, state, \
         created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
    )
    .bind(new.actor.0)
    .bind(new.facts.action.as_str())
    .bind(new.facts.subject.as_str())
    .bind(new.facts.reason.as_deref().map(|reason| reason.trim().to_owned()))
    .bind(new.request)
    .bind(new.key.map(str::to_owned))
    .bind(json_of(new.preview)?)
    .bind(ApprovalState::Waiting.as_str())
    .bind(new.at.millis())
    .bind(new.expires_at.millis())
    .fetch_one(conn)
    .await?
    .int("id")
}

/// The number of what this member of staff asked for with that key, and what that was, while it waits or is
/// being done.
pub(super) async fn under_way(
    conn: &mut AnyConnection,
    actor: UserId,
    action: Action,
    key: &str,
) -> Result<Option<(i64, String)>> {
    let row = sqlx::query(
        "SELECT id, request FROM approvals WHERE actor = $1 AND action = $2 AND operation_key = $3 \
         AND state IN ('waiting', 'granted')",
    )
    .bind(actor.0)
    .bind(action.as_str())
    .bind(key)
    .fetch_optional(conn)
    .await?;
    row.map(|row| Ok((row.int("id")?, row.text("request")?)))
        .transpose()
}

/// How much of what this member of staff asked for waits.
pub(super) async fn waiting(
    conn: &mut AnyConnection,
    actor: UserId,
    now: Timestamp,
) -> Result<i64> {
    sqlx::query(WAITING)
        .bind(actor.0)
        .bind(now.millis())
        .fetch_one(conn)
        .await?
        .int("n")
}

/// The number of what waits of this member of staff and asks for just that.
pub(super) async fn twin(
    conn: &mut AnyConnection,
    actor: UserId,
    facts: &Facts,
    request: &str,
    now: Timestamp,
) -> Result<Option<i64>> {
    let row = sqlx::query(TWIN)
        .bind(actor.0)
        .bind(now.millis())
        .bind(facts.action.as_str())
        .bind(facts.subject.as_str())
        .bind(request)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.int("id")).transpose()
}

/// The one of that number.
pub(super) async fn find(conn: &mut AnyConnection, id: i64) -> Result<Option<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM approvals WHERE id = $1");
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(kept_of).transpose()
}

/// The one of that number, which nobody else decides until the transaction ends.
pub(super) async fn hold(conn: &mut AnyConnection, id: i64) -> Result<Option<Kept>> {
    let sql = format!("UPDATE approvals SET state = state WHERE id = $1 RETURNING {COLUMNS}");
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(kept_of).transpose()
}

/// Decides one that is held.
pub(super) async fn decide(conn: &mut AnyConnection, id: i64, decision: Decision) -> Result<()> {
    sqlx::query(
        "UPDATE approvals SET state = $2, decided_by = $3, decided_at = $4, result = $5 WHERE id = $1",
    )
    .bind(id)
    .bind(decision.state.as_str())
    .bind(decision.by.map(|user| user.0))
    .bind(decision.at.millis())
    .bind(decision.result)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what one came to that was being done; nothing where that is noted already.
pub(super) async fn finish(conn: &mut AnyConnection, id: i64, result: &str) -> Result<()> {
    sqlx::query(
        "UPDATE approvals SET state = 'done', result = $2 WHERE id = $1 AND state = 'granted'",
    )
    .bind(id)
    .bind(result)
    .execute(conn)
    .await?;
    Ok(())
}

/// Those that the filter lets through before `before`, the newest first.
pub(super) async fn list(
    conn: &mut AnyConnection,
    filter: &ApprovalsRequest,
    before: i64,
    limit: i64,
) -> Result<Vec<Approval>> {
    let (sql, arguments) = listed(filter, before, limit)?;
    let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
        .fetch_all(conn)
        .await?;
    rows.iter().map(approval_of).collect()
}

fn listed(filter: &ApprovalsRequest, before: i64, limit: i64) -> Result<(String, AnyArguments)> {
    let mut asked = Asked::new(format!("SELECT {COLUMNS} FROM approvals WHERE "));
    asked.put("id < ", before)?;
    asked.and("state = ", filter.state.map(ApprovalState::as_str))?;
    asked.put(" ORDER BY id DESC LIMIT ", limit)?;
    Ok(asked.into_parts())
}

const ALL_WAITING: &str =
    "SELECT COUNT(*) AS n FROM approvals WHERE state = 'waiting' AND expires_at > $1";

/// How many wait that can still be granted: as many as members of staff ask for, each a few.
pub(super) async fn all_waiting(conn: &mut AnyConnection, now: Timestamp) -> Result<i64> {
    sqlx::query(ALL_WAITING)
        .bind(now.millis())
        .fetch_one(conn)
        .await?
        .int("n")
}

/// Of those after that number the ones that wait since before `since`, and the ones that are being done since
/// before `granted`, the oldest first.
pub(super) async fn due(
    conn: &mut AnyConnection,
    (since, granted): (Timestamp, Timestamp),
    after: i64,
    limit: i64,
) -> Result<Vec<Kept>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM approvals WHERE state IN ('waiting', 'granted') AND id > $1 \
         AND ((state = 'waiting' AND created_at <= $2) OR (state = 'granted' AND decided_at <= $3)) \
         ORDER BY id LIMIT $4"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(after)
        .bind(since.millis())
        .bind(granted.millis())
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(kept_of).collect()
}

fn kept_of(row: &AnyRow) -> Result<Kept> {
    Ok(Kept {
        approval: approval_of(row)?,
        action: row.parsed("approvals.action", Action::parse)?,
        request: row.text("request")?,
        key: row.text_opt("operation_key")?,
    })
}

fn approval_of(row: &AnyRow) -> Result<Approval> {
    Ok(Approval {
        id: row.int("id")?,
        actor: UserId(row.int("actor")?),
        actor_nickname: row.text("actor_nickname")?,
        action: row.text("action")?,
        subject: row.text("subject")?,
        reason: row.text_opt("reason")?,
        preview: row.json("approvals.preview")?,
        state: row.parsed("approvals.state", ApprovalState::parse)?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        decided_by: row.int_opt("decided_by")?.map(UserId),
        decided_by_nickname: row.text_opt("decided_by_nickname")?,
        decided_at: row.instant_opt("decided_at")?,
        result: row.text_opt("result")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn what_waits_is_found_without_what_is_over() {
        let mut conn = migrated().await;
        let waiting = ApprovalsRequest {
            state: Some(ApprovalState::Waiting),
            ..ApprovalsRequest::default()
        };
        let (sql, _) = listed(&waiting, 9, 1).unwrap();
        for sql in [sql.as_str(), ALL_WAITING] {
            let plan = plan(&mut conn, sql).await;
            assert!(plan.contains("INDEX approvals_state"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
        }
    }

    #[tokio::test]
    async fn what_waits_of_one_is_counted_without_what_is_over() {
        let mut conn = migrated().await;
        for sql in [WAITING, TWIN] {
            let plan = plan(&mut conn, sql).await;
            assert!(plan.contains("INDEX approvals_"), "{plan}");
        }
    }
}
