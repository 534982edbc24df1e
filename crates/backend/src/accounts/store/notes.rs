//! What staff noted of members.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::desk::MemberNote;

use crate::Result;
use crate::db::Columns;
use crate::paging::{Before, Dated};

/// A note about to be.
pub(crate) struct NewNote<'a> {
    pub(crate) user: UserId,
    pub(crate) author: UserId,
    pub(crate) text: &'a str,
    pub(crate) at: Timestamp,
}

/// Keeps a note; gives its number.
pub(crate) async fn insert(conn: &mut AnyConnection, note: &NewNote<'_>) -> Result<i64> {
    sqlx::query(
        "INSERT INTO member_notes (user_id, author, note, created_at) VALUES ($1, $2, $3, $4)
         RETURNING id",
    )
    .bind(note.user.0)
    .bind(note.author.0)
    .bind(note.text)
    .bind(note.at.millis())
    .fetch_one(conn)
    .await?
    .int("id")
}

const OF_MEMBER: &str = "SELECT n.id, n.author, n.note, n.created_at, u.nickname
     FROM member_notes n JOIN users u ON u.id = n.author
     WHERE n.user_id = $1 AND n.created_at <= $2 AND NOT (n.created_at = $2 AND n.id >= $3)
     ORDER BY n.created_at DESC, n.id DESC LIMIT $4";

/// The notes of the member before that, newest first.
pub(crate) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    before: Before,
    limit: i64,
) -> Result<Vec<Dated<MemberNote>>> {
    let rows = sqlx::query(OF_MEMBER)
        .bind(user.0)
        .bind(before.at.millis())
        .bind(before.id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(note_of).collect()
}

fn note_of(row: &AnyRow) -> Result<Dated<MemberNote>> {
    let (id, at) = (row.int("id")?, row.instant("created_at")?);
    Ok(Dated {
        at,
        id,
        it: MemberNote {
            id,
            author: UserId(row.int("author")?),
            author_nickname: row.text("nickname")?,
            text: row.text("note")?,
            created_at: at,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::OF_MEMBER;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn a_members_notes_are_read_in_the_order_of_their_time() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, OF_MEMBER).await;
        assert!(plan.contains("INDEX member_notes_user"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
    }
}
