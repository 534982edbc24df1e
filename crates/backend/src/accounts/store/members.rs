//! Members, as staff see them.

use economy::Timestamp;
use progress::level;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::desk::{MemberBan, MemberRow, MemberSort, MembersRequest, Standing};
use wire::staff::Roles;
use wire::user::Rank;

use crate::Result;
use crate::accounts::members::masked;
use crate::db::{Asked, Columns};
use crate::standing::{Marks, Standing as Stands};

const COLUMNS: &str = "u.id, u.site_id, u.nickname, u.phone_number, u.rank, COALESCE(f.roles, '') AS roles, \
     u.banned_at, u.banned_until, u.deleted_at, u.version, a.balance, a.experience, u.created_at, \
     u.last_login_at";
/// What a member's columns stand in, beside the member's own row.
const BESIDE: &str = "JOIN accounts a ON a.id = u.id LEFT JOIN staff f ON f.user_id = u.id";

/// What is searched for, in each way that it can be read.
pub(crate) struct Sought {
    /// Of names: it is in them.
    pub(crate) key: String,
    /// It is just that.
    pub(crate) phone_number: Option<String>,
    /// It is just that.
    pub(crate) number: Option<i64>,
}

/// Which members, as of when.
pub(crate) struct Filter<'a> {
    pub(crate) request: &'a MembersRequest,
    pub(crate) sought: Option<Sought>,
    pub(crate) now: Timestamp,
}

impl Filter<'_> {
    /// Whether it lets everyone through.
    const fn is_open(&self) -> bool {
        let request = self.request;
        self.sought.is_none()
            && request.rank.is_none()
            && request.standing.is_none()
            && request.role.is_none()
            && request.since.is_none()
    }

    /// Where the ids of members stand with what they are sorted by, and the order, which is a total
    /// one. What is filtered is sorted by expressions: an index of the order alone would have each row
    /// read.
    const fn order(&self, sort: MemberSort) -> (&'static str, &'static str) {
        const MEMBERS: &str = "users u";
        match (sort, self.is_open()) {
            (MemberSort::Newest, _) => (MEMBERS, "u.id DESC"),
            (MemberSort::Oldest, _) => (MEMBERS, "u.id"),
            (MemberSort::Nickname, true) => (MEMBERS, "u.nickname_key"),
            (MemberSort::Nickname, false) => (MEMBERS, "u.nickname_key || ''"),
            (MemberSort::LastLogin, true) => {
                (MEMBERS, "u.last_login_at DESC NULLS LAST, u.id DESC")
            }
            (MemberSort::LastLogin, false) => {
                (MEMBERS, "COALESCE(u.last_login_at, 0) DESC, u.id DESC")
            }
            (MemberSort::Balance, _) => (
                "users u JOIN accounts a ON a.id = u.id",
                "a.balance DESC, u.id DESC",
            ),
        }
    }

    /// Adds the conditions.
    fn put(&self, asked: &mut Asked) -> Result<()> {
        let request = self.request;
        self.put_sought(asked)?;
        asked.and("u.rank = ", request.rank.map(Rank::as_str))?;
        asked.and("u.created_at >= ", request.since.map(Timestamp::millis))?;
        if let Some(role) = request.role {
            let word = format!("% {} %", role.as_str());
            asked.put(
                " AND u.id IN (SELECT user_id FROM staff WHERE ' ' || roles || ' ' LIKE ",
                word,
            )?;
            asked.say(")");
        }
        if let Some(standing) = request.standing {
            self.put_standing(asked, standing)?;
        }
        Ok(())
    }

    fn put_sought(&self, asked: &mut Asked) -> Result<()> {
        let Some(sought) = &self.sought else {
            return Ok(());
        };
        let pattern = containing(&sought.key);
        asked.put(" AND (u.site_id_key LIKE ", pattern.clone())?;
        asked.put(" ESCAPE '!' OR u.nickname_key LIKE ", pattern)?;
        asked.say(" ESCAPE '!'");
        if let Some(phone_number) = &sought.phone_number {
            asked.put(" OR u.phone_number = ", phone_number.clone())?;
        }
        if let Some(number) = sought.number {
            asked.put(" OR u.id = ", number)?;
        }
        asked.say(")");
        Ok(())
    }

    /// As [`Marks::standing`] has it.
    fn put_standing(&self, asked: &mut Asked, standing: Standing) -> Result<()> {
        let now = self.now.millis();
        match standing {
            Standing::Active => asked.put(
                " AND u.deleted_at IS NULL AND (u.banned_at IS NULL OR u.banned_until <= ",
                now,
            )?,
            Standing::Banned => asked.put(
                " AND u.deleted_at IS NULL AND u.banned_at IS NOT NULL \
                 AND (u.banned_until IS NULL OR u.banned_until > ",
                now,
            )?,
            Standing::Deleted => {
                asked.say(" AND u.deleted_at IS NOT NULL");
                return Ok(());
            }
        }
        asked.say(")");
        Ok(())
    }
}

/// A pattern of what has this in it; `%` and `_` are letters.
fn containing(key: &str) -> String {
    let mut pattern = "%".to_owned();
    for letter in key.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// How many the filter lets through.
pub(crate) async fn count(conn: &mut AnyConnection, filter: &Filter<'_>) -> Result<i64> {
    let (sql, arguments) = counted(filter)?;
    sqlx::query_with(AssertSqlSafe(sql), arguments)
        .fetch_one(conn)
        .await?
        .int("n")
}

fn counted(filter: &Filter<'_>) -> Result<(String, AnyArguments)> {
    let mut asked = Asked::new("SELECT COUNT(*) AS n FROM users u WHERE TRUE".to_owned());
    filter.put(&mut asked)?;
    Ok(asked.into_parts())
}

/// Those whom the filter lets through, in their order, so many after so many.
pub(crate) async fn list(
    conn: &mut AnyConnection,
    filter: &Filter<'_>,
    limit: i64,
    offset: i64,
) -> Result<Vec<MemberRow>> {
    let (sql, arguments) = listed(filter, limit, offset)?;
    let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| member_of(row, filter.now)).collect()
}

/// The ids of a page are found by an index, then the rows of those alone are read: SQLite takes the tables
/// of a CROSS JOIN in the order in which they stand.
fn listed(filter: &Filter<'_>, limit: i64, offset: i64) -> Result<(String, AnyArguments)> {
    let (tables, order) = filter.order(filter.request.sort.unwrap_or_default());
    let mut asked = Asked::new(format!(
        "SELECT {COLUMNS} FROM (SELECT u.id FROM {tables} WHERE TRUE"
    ));
    filter.put(&mut asked)?;
    asked.put(&format!(" ORDER BY {order} LIMIT "), limit)?;
    asked.put(" OFFSET ", offset)?;
    asked.say(&format!(
        ") found CROSS JOIN users u {BESIDE} WHERE u.id = found.id ORDER BY {order}"
    ));
    Ok(asked.into_parts())
}

/// A member, with what no list says.
pub(crate) struct Found {
    pub(crate) row: MemberRow,
    pub(crate) seq: i64,
    pub(crate) invite_code: String,
    pub(crate) ban: Option<MemberBan>,
    pub(crate) open_sessions: i64,
}

/// The member, also one who is gone.
pub(crate) async fn find(
    conn: &mut AnyConnection,
    user: UserId,
    now: Timestamp,
) -> Result<Option<Found>> {
    let sql = format!(
        "SELECT {COLUMNS}, a.seq, u.invite_code, u.ban_reason, \
         (SELECT COUNT(*) FROM auth_sessions s \
          WHERE s.user_id = u.id AND s.ended_at IS NULL AND s.expires_at > $2) AS open_sessions \
         FROM users u {BESIDE} WHERE u.id = $1"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(user.0)
        .bind(now.millis())
        .fetch_optional(conn)
        .await?;
    row.map(|row| found_of(&row, now)).transpose()
}

fn found_of(row: &AnyRow, now: Timestamp) -> Result<Found> {
    let (at, reason) = (row.instant_opt("banned_at")?, row.text_opt("ban_reason")?);
    let until = row.instant_opt("banned_until")?;
    Ok(Found {
        row: member_of(row, now)?,
        seq: row.int("seq")?,
        invite_code: row.text("invite_code")?,
        ban: at.map(|at| MemberBan {
            reason: reason.unwrap_or_default(),
            at,
            until,
        }),
        open_sessions: row.int("open_sessions")?,
    })
}

fn member_of(row: &AnyRow, now: Timestamp) -> Result<MemberRow> {
    let marks = Marks::read(row)?;
    let stands = marks.standing(now);
    let is_banned = stands == Stands::Banned;
    Ok(MemberRow {
        id: UserId(row.int("id")?),
        site_id: row.text("site_id")?,
        nickname: row.text("nickname")?,
        phone_number: masked(&row.text("phone_number")?),
        rank: row.parsed("users.rank", Rank::parse)?,
        roles: row.parsed("staff.roles", Roles::parse)?,
        is_active: stands == Stands::Active,
        standing: match stands {
            Stands::Active => Standing::Active,
            Stands::Banned => Standing::Banned,
            Stands::Deleted => Standing::Deleted,
        },
        banned_until: marks.banned_until.filter(|_| is_banned),
        balance: row.tokens("accounts.balance")?,
        level: level::level_of(row.int("experience")?),
        version: row.int("version")?,
        created_at: row.instant("created_at")?,
        last_login: row.instant_opt("last_login_at")?,
    })
}

#[cfg(test)]
mod tests {
    use wire::staff::Role;

    use super::*;
    use crate::db::plans::{migrated, plan};

    const SORTS: [(MemberSort, &str); 5] = [
        (MemberSort::Newest, "users_listed"),
        (MemberSort::Oldest, "users_listed"),
        (MemberSort::Nickname, "sqlite_autoindex_users_2"),
        // Any that is small does: of members it wants the numbers alone.
        (MemberSort::Balance, "users_"),
        (MemberSort::LastLogin, "users_last_login"),
    ];

    fn filter<'a>(request: &'a MembersRequest, typed: Option<&str>) -> Filter<'a> {
        Filter {
            request,
            sought: typed.map(|typed| Sought {
                key: typed.to_owned(),
                phone_number: Some("01012345678".to_owned()),
                number: Some(7),
            }),
            now: Timestamp::from_millis(0),
        }
    }

    /// Of members only an index is passed through, with all that is asked of it; rows are those of the
    /// page.
    fn expect_index(plan: &str, index: &str) {
        let passes = plan.lines().filter(|step| step.starts_with("SCAN u"));
        let passes: Vec<&str> = passes.collect();
        assert_eq!(passes.len(), 1, "{plan}");
        assert!(passes[0].contains("USING COVERING INDEX"), "{plan}");
        assert!(passes[0].contains(index), "{index} in {plan}");
    }

    #[tokio::test]
    async fn everyone_is_listed_and_counted_by_an_index() {
        let mut conn = migrated().await;
        for (sort, index) in SORTS {
            let request = MembersRequest {
                sort: Some(sort),
                ..MembersRequest::default()
            };
            let (sql, _) = listed(&filter(&request, None), 50, 0).unwrap();
            expect_index(&plan(&mut conn, &sql).await, index);
            let (sql, _) = counted(&filter(&request, None)).unwrap();
            expect_index(&plan(&mut conn, &sql).await, "");
        }
    }

    #[tokio::test]
    async fn what_is_filtered_by_stands_in_one_index() {
        let mut conn = migrated().await;
        for (sort, _) in SORTS {
            let request = MembersRequest {
                rank: Some(Rank::Vip),
                standing: Some(Standing::Banned),
                since: Some(Timestamp::from_millis(1)),
                sort: Some(sort),
                ..MembersRequest::default()
            };
            for typed in [None, Some("ann")] {
                let (sql, _) = listed(&filter(&request, typed), 50, 0).unwrap();
                expect_index(&plan(&mut conn, &sql).await, "users_listed");
                let (sql, _) = counted(&filter(&request, typed)).unwrap();
                expect_index(&plan(&mut conn, &sql).await, "users_listed");
            }
        }
    }

    #[tokio::test]
    async fn who_has_a_role_is_found_among_the_few_who_have_one() {
        let mut conn = migrated().await;
        let request = MembersRequest {
            role: Some(Role::Support),
            ..MembersRequest::default()
        };
        let (sql, _) = listed(&filter(&request, None), 50, 0).unwrap();
        let plan = plan(&mut conn, &sql).await;
        assert!(plan.contains("SCAN staff"), "{plan}");
        assert!(!plan.contains("SCAN u"), "{plan}");
    }

    #[test]
    fn what_patterns_are_made_of_are_letters() {
        assert_eq!(containing("a_b%c!"), "%a!_b!%c!!%");
    }
}
