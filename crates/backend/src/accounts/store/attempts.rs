//! Sign-in attempts, good and bad. Their ids tell their order, also within a millisecond.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::desk::SignInTry;

use crate::Result;
use crate::caller::block_of_network;
use crate::db::Columns;
use crate::paging::{Before, Dated};

/// Someone trying a site id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) site_id_key: &'a str,
    /// The address, or what it stands for.
    pub(crate) network: &'a str,
    pub(crate) at: Timestamp,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Success,
    /// The same, with a code of the second factor.
    SuccessWithCode,
    /// Wrong credentials; counts.
    Failure,
    /// The password was right and the code was not; counts as well.
    WrongCode,
    /// Not looked at.
    Locked,
    /// Right credentials of someone who is not let in.
    Refused,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Success | Self::SuccessWithCode => "success",
            Self::Failure | Self::WrongCode => "failure",
            Self::Locked => "locked",
            Self::Refused => "refused",
        }
    }

    /// Whether a code decided.
    const fn is_with_code(self) -> bool {
        matches!(self, Self::SuccessWithCode | Self::WrongCode)
    }
}

/// Keeps an attempt.
pub(crate) async fn insert(
    conn: &mut AnyConnection,
    attempt: &Attempt<'_>,
    user: Option<UserId>,
    outcome: Outcome,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO login_attempts
            (site_id_key, address, block, user_id, outcome, created_at, with_code)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(attempt.site_id_key)
    .bind(attempt.network)
    .bind(block_of_network(attempt.network))
    .bind(user.map(|user| user.0))
    .bind(outcome.as_str())
    .bind(attempt.at.millis())
    .bind(i64::from(outcome.is_with_code()))
    .execute(conn)
    .await?;
    Ok(())
}

/// When the `nth` newest failure of the site id was that nobody forgave, if there are that many after
/// `since` and after its newest success. Wrong codes are cleared by a success with a code alone: whoever has
/// the password and guesses codes would clear them by the door that asks for none.
pub(crate) async fn failure_of_site_id(
    conn: &mut AnyConnection,
    attempt: &Attempt<'_>,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    nth_failure(conn, OF_SITE_ID, attempt.site_id_key, since, nth).await
}

/// When the `nth` newest failure from the address was, if there are that many after `since`. A success
/// from it clears those of its own site id, and of no other; one without a code clears no wrong codes.
pub(crate) async fn failure_of_address(
    conn: &mut AnyConnection,
    attempt: &Attempt<'_>,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    nth_failure(conn, OF_ADDRESS, attempt.network, since, nth).await
}

/// The same for the IPv6 /48 that the address is of; nothing for another address.
pub(crate) async fn failure_of_block(
    conn: &mut AnyConnection,
    attempt: &Attempt<'_>,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    match block_of_network(attempt.network) {
        Some(block) => nth_failure(conn, OF_BLOCK, &block, since, nth).await,
        None => Ok(None),
    }
}

/// The failures from a place, by the column that says where that is.
macro_rules! failures_by {
    ($column:literal) => {
        concat!(
            "SELECT f.created_at FROM login_attempts f
             LEFT JOIN (SELECT site_id_key, MAX(id) AS id,
                               MAX(CASE WHEN with_code = 1 THEN id END) AS id_with_code
                        FROM login_attempts
                        WHERE ",
            $column,
            " = $1 AND outcome = 'success' AND created_at > $2
                        GROUP BY site_id_key) s ON s.site_id_key = f.site_id_key
             WHERE f.",
            $column,
            " = $1 AND f.outcome = 'failure' AND f.created_at > $2
               AND f.id > COALESCE(CASE WHEN f.with_code = 1 THEN s.id_with_code ELSE s.id END, 0)
             ORDER BY f.id DESC LIMIT 1 OFFSET $3"
        )
    };
}

const OF_ADDRESS: &str = failures_by!("address");
const OF_BLOCK: &str = failures_by!("block");
/// What cleared them is read once, and not again for each failure.
const OF_SITE_ID: &str = "SELECT f.created_at FROM login_attempts f
     WHERE f.site_id_key = $1 AND f.outcome = 'failure' AND f.created_at > $2 AND f.forgiven_at IS NULL
       AND f.id > CASE f.with_code
           WHEN 1 THEN (SELECT COALESCE(MAX(s.id), 0) FROM login_attempts s
                        WHERE s.site_id_key = $1 AND s.outcome = 'success' AND s.created_at > $2
                          AND s.with_code = 1)
           ELSE (SELECT COALESCE(MAX(s.id), 0) FROM login_attempts s
                 WHERE s.site_id_key = $1 AND s.outcome = 'success' AND s.created_at > $2) END
     ORDER BY f.id DESC LIMIT 1 OFFSET $3";

/// When the `nth` newest of these failures was, those of a site id or of a place.
async fn nth_failure(
    conn: &mut AnyConnection,
    failures: &'static str,
    of: &str,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    let row = sqlx::query(failures)
        .bind(of)
        .bind(since.millis())
        .bind(nth - 1)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.instant("created_at")).transpose()
}

/// Forgives the site id its failures after `since`: they lock it no more. Those from where they came count
/// on there. How many there were.
pub(crate) async fn forgive(
    conn: &mut AnyConnection,
    site_id_key: &str,
    since: Timestamp,
    now: Timestamp,
) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE login_attempts SET forgiven_at = $3
         WHERE site_id_key = $1 AND outcome = 'failure' AND created_at > $2 AND forgiven_at IS NULL",
    )
    .bind(site_id_key)
    .bind(since.millis())
    .bind(now.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

const NEWEST_SUCCESS: &str = "SELECT address FROM login_attempts
     WHERE site_id_key = $1 AND outcome = 'success' AND created_at > $2
     ORDER BY created_at DESC, id DESC LIMIT 1";

/// Where the newest success of the site id came from, if there is one after `since`.
pub(crate) async fn newest_success(
    conn: &mut AnyConnection,
    site_id_key: &str,
    since: Timestamp,
) -> Result<Option<String>> {
    let row = sqlx::query(NEWEST_SUCCESS)
        .bind(site_id_key)
        .bind(since.millis())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.text("address")).transpose()
}

const OF_MEMBER: &str = "SELECT id, address, outcome, with_code, created_at FROM login_attempts
     WHERE user_id = $1 AND created_at <= $2 AND NOT (created_at = $2 AND id >= $3)
     ORDER BY created_at DESC, id DESC LIMIT $4";

/// Who tried to sign in as the member before that, newest first.
pub(crate) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    before: Before,
    limit: i64,
) -> Result<Vec<Dated<SignInTry>>> {
    let rows = sqlx::query(OF_MEMBER)
        .bind(user.0)
        .bind(before.at.millis())
        .bind(before.id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(try_of).collect()
}

fn try_of(row: &AnyRow) -> Result<Dated<SignInTry>> {
    Ok(Dated {
        at: row.instant("created_at")?,
        id: row.int("id")?,
        it: SignInTry {
            address: row.text("address")?,
            outcome: row.text("outcome")?,
            with_code: row.int("with_code")? == 1,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{NEWEST_SUCCESS, OF_ADDRESS, OF_BLOCK, OF_MEMBER, OF_SITE_ID};
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn attempts_are_found_by_their_indexes() {
        let mut conn = migrated().await;
        let questions = [
            (OF_ADDRESS, "login_attempts_address"),
            (OF_BLOCK, "login_attempts_block"),
            (OF_SITE_ID, "login_attempts_site_id"),
            (NEWEST_SUCCESS, "login_attempts_site_id"),
            (OF_MEMBER, "login_attempts_user"),
        ];
        for (question, index) in questions {
            let plan = plan(&mut conn, question).await;
            let is_whole = plan.contains("SCAN login_attempts") || plan.contains("SCAN f");
            assert!(plan.contains(&format!("INDEX {index}")), "{plan}");
            assert!(!is_whole, "{plan}");
            assert!(!plan.contains("CORRELATED"), "{plan}");
        }
    }
}
