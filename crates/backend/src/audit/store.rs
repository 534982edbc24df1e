//! The rows of the log.

mod member;
mod unseated;

use economy::Timestamp;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::staff::{AuditRequest, AuditRow};

use super::entry::{Entry, Field, Head, Salt};
use crate::Result;
use crate::db::{Asked, Columns};

pub(crate) use member::about;
pub(crate) use unseated::has_unseated;

const COLUMNS: &str = "seq, actor, roles, action, subject, outcome, request_id, created_at, \
                       reason, state_before, state_after, address, prev, hash";
/// Where it stands in `club_values` up to which row of an earlier build's the log has them.
const EARLIER: &str = "audit_earlier";

/// A value that stands apart of its row.
pub(super) struct Personal {
    pub(super) seq: i64,
    pub(super) field: Field,
    pub(super) salt: Salt,
    pub(super) value: String,
}

/// A row that an earlier build wrote.
pub(super) struct Earlier {
    pub(super) id: i64,
    pub(super) actor: UserId,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) outcome: String,
    pub(super) created_at: Timestamp,
}

/// Where the chain stands.
pub(super) async fn head(conn: &mut AnyConnection) -> Result<Head> {
    let row = sqlx::query("SELECT seq, hash FROM audit_head WHERE id = 1")
        .fetch_one(conn)
        .await?;
    head_of(&row)
}

/// Where the chain stands, which is nobody else's to move until the transaction ends.
pub(super) async fn hold(conn: &mut AnyConnection) -> Result<Head> {
    let row = sqlx::query("UPDATE audit_head SET seq = seq WHERE id = 1 RETURNING seq, hash")
        .fetch_one(conn)
        .await?;
    head_of(&row)
}

fn head_of(row: &AnyRow) -> Result<Head> {
    Ok(Head {
        seq: row.int("seq")?,
        hash: row.hash("audit_head.hash")?,
    })
}

/// Moves the head.
pub(super) async fn set_head(conn: &mut AnyConnection, head: Head) -> Result<()> {
    sqlx::query("UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1")
        .bind(head.seq)
        .bind(head.hash.0.to_vec())
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes one row.
pub(super) async fn insert(conn: &mut AnyConnection, entry: &Entry) -> Result<()> {
    let [reason, before, after, address] = entry
        .digests
        .map(|digest| digest.map(|digest| digest.0.to_vec()));
    let sql = format!(
        "INSERT INTO audit_log ({COLUMNS}) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(entry.seq)
        .bind(entry.actor.map(|actor| actor.0))
        .bind(entry.roles.as_str())
        .bind(entry.action.as_str())
        .bind(entry.subject.as_str())
        .bind(entry.outcome.as_str())
        .bind(entry.request_id.as_str())
        .bind(entry.created_at.millis())
        .bind(reason)
        .bind(before)
        .bind(after)
        .bind(address)
        .bind(entry.prev.0.to_vec())
        .bind(entry.hash.0.to_vec())
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes what stands apart of a row.
pub(super) async fn insert_personal(conn: &mut AnyConnection, personal: &Personal) -> Result<()> {
    sqlx::query("INSERT INTO audit_personal (seq, field, salt, value) VALUES ($1, $2, $3, $4)")
        .bind(personal.seq)
        .bind(personal.field.as_str())
        .bind(personal.salt.to_vec())
        .bind(personal.value.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Rows after `after`, the oldest first.
pub(super) async fn entries(
    conn: &mut AnyConnection,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM audit_log WHERE seq > $1 ORDER BY seq LIMIT $2");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(entry_of).collect()
}

/// Rows that the filter lets through before `before`, the newest first, with what stands apart of them.
pub(super) async fn list(
    conn: &mut AnyConnection,
    filter: &AuditRequest,
    before: i64,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let (sql, arguments) = listed(filter, before, limit)?;
    let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
        .fetch_all(conn)
        .await?;
    rows.iter().map(row_of).collect()
}

fn listed(filter: &AuditRequest, before: i64, limit: i64) -> Result<(String, AnyArguments)> {
    let apart = Field::ALL.map(|field| {
        let field = field.as_str();
        format!(
            "(SELECT value FROM audit_personal p WHERE p.seq = audit_log.seq AND p.field = '{field}') AS said_{field}"
        )
    });
    let mut asked = Asked::new(format!(
        "SELECT seq, actor, roles, action, subject, outcome, request_id, created_at, hash, {} \
         FROM audit_log WHERE ",
        apart.join(", ")
    ));
    asked.put("seq < ", before)?;
    asked.and("actor = ", filter.actor.map(|actor| actor.0))?;
    asked.and("action = ", filter.action.clone())?;
    asked.and("subject = ", filter.subject.clone())?;
    asked.and("outcome = ", filter.outcome.clone())?;
    asked.and("created_at >= ", filter.since.map(Timestamp::millis))?;
    asked.and("created_at < ", filter.until.map(Timestamp::millis))?;
    asked.put(" ORDER BY seq DESC LIMIT ", limit)?;
    Ok(asked.into_parts())
}

/// What stands apart of the rows after `after`, up to `last`, in their order.
pub(super) async fn personal(
    conn: &mut AnyConnection,
    after: i64,
    last: i64,
) -> Result<Vec<Personal>> {
    let rows = sqlx::query(
        "SELECT seq, field, salt, value FROM audit_personal
         WHERE seq > $1 AND seq <= $2 ORDER BY seq, field",
    )
    .bind(after)
    .bind(last)
    .fetch_all(conn)
    .await?;
    rows.iter().map(personal_of).collect()
}

/// Counts a call of staff's that a member made in this minute.
pub(super) async fn count_stranger(
    conn: &mut AnyConnection,
    user: UserId,
    path: &str,
    minute: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_strangers (user_id, path, minute, calls) VALUES ($1, $2, $3, 1)
         ON CONFLICT (minute, user_id, path) DO UPDATE SET calls = audit_strangers.calls + 1",
    )
    .bind(user.0)
    .bind(path)
    .bind(minute)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets so many of the counts of minutes before this one; how many it were.
pub(super) async fn forget_strangers(
    conn: &mut AnyConnection,
    minute: i64,
    limit: i64,
) -> Result<u64> {
    let done = sqlx::query(
        "DELETE FROM audit_strangers WHERE (minute, user_id, path) IN
            (SELECT minute, user_id, path FROM audit_strangers WHERE minute < $1
             ORDER BY minute, user_id, path LIMIT $2)",
    )
    .bind(minute)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Rows of an earlier build's from before an instant that the log does not have yet, the oldest first.
pub(super) async fn earlier(
    conn: &mut AnyConnection,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Earlier>> {
    let rows = sqlx::query(
        "SELECT id, actor, action, subject, state_before, state_after, outcome, created_at FROM audit
         WHERE id > COALESCE((SELECT CAST(value AS BIGINT) FROM club_values WHERE name = $1), 0)
               AND created_at < $2
         ORDER BY id LIMIT $3",
    )
    .bind(EARLIER)
    .bind(until.millis())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(earlier_of).collect()
}

/// Notes that the log has those rows up to this one.
pub(super) async fn note_earlier(conn: &mut AnyConnection, last: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO club_values (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(EARLIER)
    .bind(last.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

fn entry_of(row: &AnyRow) -> Result<Entry> {
    Ok(Entry {
        seq: row.int("seq")?,
        actor: row.int_opt("actor")?.map(UserId),
        roles: row.text("roles")?,
        action: row.text("action")?,
        subject: row.text("subject")?,
        outcome: row.text("outcome")?,
        request_id: row.text("request_id")?,
        created_at: row.instant("created_at")?,
        digests: [
            row.hash_opt("audit_log.reason")?,
            row.hash_opt("audit_log.state_before")?,
            row.hash_opt("audit_log.state_after")?,
            row.hash_opt("audit_log.address")?,
        ],
        prev: row.hash("audit_log.prev")?,
        hash: row.hash("audit_log.hash")?,
    })
}

fn row_of(row: &AnyRow) -> Result<AuditRow> {
    Ok(AuditRow {
        seq: row.int("seq")?,
        created_at: row.instant("created_at")?,
        actor: row.int_opt("actor")?.map(UserId),
        roles: row.text("roles")?,
        action: row.text("action")?,
        subject: row.text("subject")?,
        outcome: row.text("outcome")?,
        reason: row.text_opt("said_reason")?,
        before: row.text_opt("said_state_before")?,
        after: row.text_opt("said_state_after")?,
        address: row.text_opt("said_address")?,
        request_id: row.text("request_id")?,
        hash: row.hash("audit_log.hash")?.to_string(),
    })
}

fn personal_of(row: &AnyRow) -> Result<Personal> {
    Ok(Personal {
        seq: row.int("seq")?,
        field: row.parsed("audit_personal.field", Field::parse)?,
        salt: row.array("audit_personal.salt")?,
        value: row.text("value")?,
    })
}

fn earlier_of(row: &AnyRow) -> Result<Earlier> {
    Ok(Earlier {
        id: row.int("id")?,
        actor: UserId(row.int("actor")?),
        action: row.text("action")?,
        subject: row.text("subject")?,
        before: row.text_opt("state_before")?,
        after: row.text_opt("state_after")?,
        outcome: row.text("outcome")?,
        created_at: row.instant("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn what_is_filtered_by_is_found_by_an_index() {
        let mut conn = migrated().await;
        let by = |change: fn(&mut AuditRequest)| {
            let mut filter = AuditRequest::default();
            change(&mut filter);
            filter
        };
        let cases = [
            (by(|it| it.actor = Some(UserId(1))), "audit_log_actor "),
            (
                by(|it| it.action = Some("a".to_owned())),
                "audit_log_action ",
            ),
            (
                by(|it| it.subject = Some("s".to_owned())),
                "audit_log_subject ",
            ),
            (
                by(|it| it.outcome = Some("o".to_owned())),
                "audit_log_outcome ",
            ),
        ];
        for (filter, index) in cases {
            let (sql, _) = listed(&filter, 9, 1).unwrap();
            let plan = plan(&mut conn, &sql).await;
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
        }
    }
}
