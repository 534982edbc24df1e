//! Members.

use economy::Timestamp;
use serde::Serialize;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::user::Rank;
use wire::{Code, UserId};

use crate::accounts::fields::{Nickname, SiteId};
use crate::accounts::person::Person;
use crate::db::{Columns, dialect};
use crate::standing::Marks;
use crate::{Error, Result};

/// What no two members share.
pub(crate) struct Names<'a> {
    pub(crate) site_id_key: &'a str,
    pub(crate) nickname_key: &'a str,
    pub(crate) phone_number: &'a str,
}

/// Which of the names someone else has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    site_id: bool,
    pub(crate) nickname: bool,
    pub(crate) phone_number: bool,
}

impl Taken {
    /// The first of them, in the order of the form.
    pub(crate) fn refusal(self) -> Option<Code> {
        let taken = [
            (self.site_id, Code::SiteIdTaken),
            (self.nickname, Code::NicknameTaken),
            (self.phone_number, Code::PhoneTaken),
        ];
        taken
            .into_iter()
            .find_map(|(is_taken, code)| is_taken.then_some(code))
    }
}

/// A member about to be.
pub(crate) struct NewUser<'a> {
    pub(crate) site_id: &'a SiteId,
    pub(crate) nickname: &'a Nickname,
    pub(crate) phone_number: &'a str,
    pub(crate) password_hash: &'a str,
    pub(crate) invite_code: &'a str,
    pub(crate) at: Timestamp,
}

/// A ban, as it is written and kept in the trail.
#[derive(Serialize)]
pub(crate) struct Ban {
    pub(crate) reason: String,
    pub(crate) at: Timestamp,
    pub(crate) until: Option<Timestamp>,
}

/// Makes a member, unless one of the names is taken. The first session begins with it.
pub(crate) async fn insert(conn: &mut AnyConnection, user: &NewUser<'_>) -> Result<Option<UserId>> {
    let row = sqlx::query(
        "INSERT INTO users (site_id, site_id_key, nickname, nickname_key, phone_number, password_hash,
                            rank, is_admin, invite_code, created_at, last_login_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $9)
         ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(user.site_id.text.as_str())
    .bind(user.site_id.key.as_str())
    .bind(user.nickname.text.as_str())
    .bind(user.nickname.key.as_str())
    .bind(user.phone_number)
    .bind(user.password_hash)
    .bind(Rank::Standard.as_str())
    .bind(user.invite_code)
    .bind(user.at.millis())
    .fetch_optional(conn)
    .await?;
    id(row)
}

/// Which of the names members other than `but` have.
pub(crate) async fn taken(
    conn: &mut AnyConnection,
    names: &Names<'_>,
    but: Option<UserId>,
) -> Result<Taken> {
    let rows = sqlx::query(
        "SELECT site_id_key, nickname_key, phone_number FROM users
         WHERE (site_id_key = $1 OR nickname_key = $2 OR phone_number = $3) AND id <> $4",
    )
    .bind(names.site_id_key)
    .bind(names.nickname_key)
    .bind(names.phone_number)
    .bind(but.map_or(0, |user| user.0))
    .fetch_all(conn)
    .await?;
    let mut taken = Taken::default();
    for row in rows {
        taken.site_id |= row.text("site_id_key")? == names.site_id_key;
        taken.nickname |= row.text("nickname_key")? == names.nickname_key;
        taken.phone_number |= row.text("phone_number")? == names.phone_number;
    }
    Ok(taken)
}

/// The member with their balance.
pub(crate) async fn find(conn: &mut AnyConnection, user: UserId) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT u.id, u.site_id, u.site_id_key, u.nickname, u.nickname_key, u.phone_number,
                u.password_hash, u.rank, f.roles, a.experience, u.banned_at, u.banned_until,
                u.deleted_at, u.created_at, u.last_login_at, a.balance
         FROM users u JOIN accounts a ON a.id = u.id
                      LEFT JOIN staff f ON f.user_id = u.id
         WHERE u.id = $1",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(person).transpose()
}

fn person(row: &AnyRow) -> Result<Person> {
    Ok(Person {
        id: UserId(row.int("id")?),
        site_id: row.text("site_id")?,
        site_id_key: row.text("site_id_key")?,
        nickname: row.text("nickname")?,
        nickname_key: row.text("nickname_key")?,
        phone_number: row.text("phone_number")?,
        password_hash: row.text("password_hash")?,
        rank: row.parsed("users.rank", Rank::parse)?,
        is_admin: row
            .text_opt("roles")?
            .is_some_and(|roles| !roles.is_empty()),
        experience: row.int("experience")?,
        balance: row.tokens("accounts.balance")?,
        marks: Marks::read(row)?,
        created_at: row.instant("created_at")?,
        last_login_at: row.instant_opt("last_login_at")?,
    })
}

/// Whose site id it is.
pub(crate) async fn by_key(conn: &mut AnyConnection, site_id_key: &str) -> Result<Option<UserId>> {
    let row = sqlx::query("SELECT id FROM users WHERE site_id_key = $1")
        .bind(site_id_key)
        .fetch_optional(conn)
        .await?;
    id(row)
}

/// The stored hash of the member's password.
pub(crate) async fn password_hash(
    conn: &mut AnyConnection,
    site_id_key: &str,
) -> Result<Option<String>> {
    let row = sqlx::query("SELECT password_hash FROM users WHERE site_id_key = $1")
        .bind(site_id_key)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.text("password_hash")).transpose()
}

/// Holds the member's row until the transaction ends.
pub(crate) async fn hold_by_key(
    conn: &mut AnyConnection,
    site_id_key: &str,
) -> Result<Option<UserId>> {
    let row =
        sqlx::query("UPDATE users SET is_admin = is_admin WHERE site_id_key = $1 RETURNING id")
            .bind(site_id_key)
            .fetch_optional(conn)
            .await?;
    id(row)
}

/// Holds the member's row until the transaction ends.
pub(crate) async fn hold(conn: &mut AnyConnection, user: UserId) -> Result<()> {
    sqlx::query("UPDATE users SET is_admin = is_admin WHERE id = $1")
        .bind(user.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes a sign-in.
pub(crate) async fn signed_in(conn: &mut AnyConnection, user: UserId, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE users SET last_login_at = $2 WHERE id = $1")
        .bind(user.0)
        .bind(at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets a password in place of the one that was checked; whether that one was still in force.
pub(crate) async fn replace_password(
    conn: &mut AnyConnection,
    user: UserId,
    checked: &str,
    new: &str,
) -> Result<bool> {
    let row = sqlx::query(
        "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2 RETURNING id",
    )
    .bind(user.0)
    .bind(checked)
    .bind(new)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Sets nickname and phone number. There is no `ON CONFLICT` for an UPDATE, so the one who loses a
/// race for a name learns it from the constraint.
pub(crate) async fn set_names(
    conn: &mut AnyConnection,
    user: UserId,
    nickname: &Nickname,
    phone_number: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE users SET nickname = $2, nickname_key = $3, phone_number = $4, version = version +
            CASE WHEN nickname = $2 AND nickname_key = $3 AND phone_number = $4 THEN 0 ELSE 1 END
         WHERE id = $1",
    )
    .bind(user.0)
    .bind(nickname.text.as_str())
    .bind(nickname.key.as_str())
    .bind(phone_number)
    .execute(conn)
    .await
    .map_err(|error| match dialect::constraint(&error).as_deref() {
        Some("users_nickname_key_key") => Error::from(Code::NicknameTaken),
        Some("users_phone_number_key") => Error::from(Code::PhoneTaken),
        _ => error.into(),
    })?;
    Ok(())
}

/// Says whether the member owns the club where builds before roles read it.
pub(crate) async fn tell_earlier_builds(
    conn: &mut AnyConnection,
    user: UserId,
    is_owner: bool,
) -> Result<()> {
    sqlx::query("UPDATE users SET is_admin = $2 WHERE id = $1")
        .bind(user.0)
        .bind(i64::from(is_owner))
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets the member's rank.
pub(crate) async fn set_rank(conn: &mut AnyConnection, user: UserId, rank: Rank) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE users SET rank = $2, version = version + CASE WHEN rank = $2 THEN 0 ELSE 1 END
         WHERE id = $1 AND deleted_at IS NULL",
    )
    .bind(user.0)
    .bind(rank.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Bans the member.
pub(crate) async fn ban(conn: &mut AnyConnection, user: UserId, ban: &Ban) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE users SET banned_at = $2, banned_until = $3, ban_reason = $4
         WHERE id = $1 AND deleted_at IS NULL",
    )
    .bind(user.0)
    .bind(ban.at.millis())
    .bind(ban.until.map(Timestamp::millis))
    .bind(ban.reason.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The ban that the member has, be it one that is over.
pub(crate) async fn ban_of(conn: &mut AnyConnection, user: UserId) -> Result<Option<Ban>> {
    let row = sqlx::query(
        "SELECT banned_at, banned_until, ban_reason FROM users WHERE id = $1 AND banned_at IS NOT NULL",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Ban {
            reason: row.text_opt("ban_reason")?.unwrap_or_default(),
            at: row.instant("banned_at")?,
            until: row.instant_opt("banned_until")?,
        })
    })
    .transpose()
}

/// Lifts the member's ban.
pub(crate) async fn unban(conn: &mut AnyConnection, user: UserId) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE users SET banned_at = NULL, banned_until = NULL, ban_reason = NULL
         WHERE id = $1 AND deleted_at IS NULL",
    )
    .bind(user.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn id(row: Option<AnyRow>) -> Result<Option<UserId>> {
    row.map(|row| Ok(UserId(row.int("id")?))).transpose()
}
