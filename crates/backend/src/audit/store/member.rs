//! What was done to a member.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::desk::ActOnMember;

use crate::Result;
use crate::db::Columns;
use crate::paging::{Before, Dated};

/// A member is a subject by their number, as products and codes are by names that may be numbers; so what is
/// done to members is told by its word.
const ABOUT: &str = "SELECT seq, actor, roles, action, outcome, created_at, \
     (SELECT value FROM audit_personal p WHERE p.seq = audit_log.seq AND p.field = 'reason') AS said_reason \
     FROM audit_log WHERE subject = $1 AND (action LIKE 'users/%' OR action LIKE 'staff/%') \
     AND created_at <= $2 AND NOT (created_at = $2 AND seq >= $3) \
     ORDER BY created_at DESC, seq DESC LIMIT $4";

/// The acts on the member before that, newest first.
pub(crate) async fn about(
    conn: &mut AnyConnection,
    user: UserId,
    before: Before,
    limit: i64,
) -> Result<Vec<Dated<ActOnMember>>> {
    let rows = sqlx::query(ABOUT)
        .bind(user.to_string())
        .bind(before.at.millis())
        .bind(before.id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(act_of).collect()
}

fn act_of(row: &AnyRow) -> Result<Dated<ActOnMember>> {
    let seq = row.int("seq")?;
    Ok(Dated {
        at: row.instant("created_at")?,
        id: seq,
        it: ActOnMember {
            seq,
            actor: row.int_opt("actor")?.map(UserId),
            roles: row.text("roles")?,
            action: row.text("action")?,
            outcome: row.text("outcome")?,
            reason: row.text_opt("said_reason")?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::ABOUT;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn what_was_done_to_a_member_is_found_by_an_index() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, ABOUT).await;
        assert!(plan.contains("INDEX audit_log_subject"), "{plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
    }
}
