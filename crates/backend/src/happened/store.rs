//! The rows of what is known of members. Sheets of several members are loaded and written by the same
//! statements as one.

use std::sync::LazyLock;

use economy::Timestamp;
use games::Game;
use progress::Sheet;
use progress::achievement::{Definition, Kind, Requirement};
use progress::sheet::Need;
use progress::tally::Tally;
use progress::totals::{Day, Totals};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;

use crate::db::{Batch, Column, Columns, Count};
use crate::{Error, Result};

/// The most achievements there are; a bound, so that a list has one.
const DEFINITIONS_MAX: i64 = 500;
/// The row of all games in `play_totals`; [`SHEET_JOINS`] has it too.
const ALL: &str = "all";
/// Where [`Totals`] stand.
const TOTALS: &str = "play_totals";
/// Where [`Day`]s stand.
const DAYS: &str = "play_days";

/// Everything that can be achieved, in the club's order.
pub(super) async fn definitions(conn: &mut AnyConnection) -> Result<Vec<Definition>> {
    let rows = sqlx::query(
        "SELECT code, kind, game, threshold, reward FROM achievements ORDER BY place, code LIMIT $1",
    )
    .bind(DEFINITIONS_MAX)
    .fetch_all(conn)
    .await?;
    let game_of = |name: String| {
        Game::parse(&name).ok_or_else(|| Error::Corrupt("achievements.game".to_owned()))
    };
    rows.iter()
        .map(|row| {
            Ok(Definition {
                code: row.text("code")?,
                requirement: Requirement {
                    kind: row.parsed("achievements.kind", Kind::parse)?,
                    game: row.text_opt("game")?.map(game_of).transpose()?,
                    threshold: row.int("threshold")?,
                },
                reward: row.tokens("achievements.reward")?,
            })
        })
        .collect()
}

/// What joins to rows `w` whose columns are a member, a game and a UTC day.
pub(crate) const SHEET_JOINS: &str = " LEFT JOIN play_totals a ON a.user_id = w.column1 AND a.game = 'all' \
     LEFT JOIN play_totals g ON g.user_id = w.column1 AND g.game = w.column2 \
     LEFT JOIN play_days d ON d.user_id = w.column1 AND d.game = w.column2 AND d.day = w.column3";

/// The columns of a sheet, of the tables that [`SHEET_JOINS`] joins.
pub(crate) static SHEET_COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} AS all_totals, COALESCE(a.unlocked, '') AS unlocked, {} AS game_totals, {} AS day_totals",
        counters_sql("a", &Totals::COLUMNS),
        counters_sql("g", &Totals::COLUMNS),
        counters_sql("d", &Day::COLUMNS)
    )
});

/// What gives the counters of a row as one text: of a batch's rows each column is copied, handed over
/// and looked up for itself. Empty where there is no row.
fn counters_sql(row: &str, columns: &[&str]) -> String {
    let columns = columns.iter().map(|column| format!("{row}.{column}"));
    let columns: Vec<String> = columns.collect();
    format!("concat_ws(' ', {})", columns.join(", "))
}

/// Loads the sheet of a member whose account is locked.
pub(super) async fn load(conn: &mut AnyConnection, user: UserId, need: Need) -> Result<Sheet> {
    const COLUMNS: [Column; 3] = [Column::Int, Column::Text, Column::Int];
    static SQL: LazyLock<String> =
        LazyLock::new(|| format!("SELECT {} FROM {{rows}} w{SHEET_JOINS}", *SHEET_COLUMNS));
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(1), 0, &SQL);
    bindings
        .int(user.0)
        .text(need.game.as_str())
        .int(need.at.utc_day());
    drop(bindings);
    let rows = batch.run(conn).await?;
    let row = rows.first();
    let row = row.ok_or_else(|| Error::Internal(format!("no sheet of member {user}")))?;
    sheet_of(row, need)
}

/// The sheet that a row with its columns holds.
pub(crate) fn sheet_of(row: &AnyRow, need: Need) -> Result<Sheet> {
    Ok(Sheet {
        need,
        all: totals_of(&row.text("all_totals")?)?,
        of_game: totals_of(&row.text("game_totals")?)?,
        day: day_of(&row.text("day_totals")?)?,
        unlocked: row.text("unlocked")?,
        fresh: Vec::new(),
    })
}

fn totals_of(text: &str) -> Result<Totals> {
    counters(text, TOTALS, &Totals::COLUMNS).map(Totals::of)
}

fn day_of(text: &str) -> Result<Day> {
    counters(text, DAYS, &Day::COLUMNS).map(Day::of)
}

/// The counters that a text holds, those of these columns; zeros where there is no row yet.
fn counters<const COUNT: usize>(
    text: &str,
    table: &str,
    columns: &[&str; COUNT],
) -> Result<[i64; COUNT]> {
    let mut counters = [0; COUNT];
    if text.is_empty() {
        return Ok(counters);
    }
    let mut numbers = text.split(' ').map(|number| number.parse::<i64>().ok());
    for (counter, column) in counters.iter_mut().zip(columns) {
        let number = numbers.next().flatten();
        *counter = number.ok_or_else(|| Error::Corrupt(format!("{table}.{column}")))?;
    }
    Ok(counters)
}

/// Puts what has become of the sheets into a batch.
pub(super) fn put(batch: &mut Batch, sheets: &[(UserId, &Sheet)]) {
    put_totals(batch, sheets);
    put_days(batch, sheets);
    put_unlocks(batch, sheets);
}

fn put_unlocks(batch: &mut Batch, sheets: &[(UserId, &Sheet)]) {
    const SQL: &str = "INSERT INTO achievement_unlocks (user_id, code, unlocked_at, claimed_at) \
        SELECT v.column1, v.column2, v.column3, NULL FROM {rows} v WHERE v.column1 IS NOT NULL";
    const COLUMNS: [Column; 3] = [Column::Int, Column::Text, Column::Int];
    let unlocks = sheets.iter().map(|(_, sheet)| sheet.fresh.len()).sum();
    if unlocks == 0 {
        return;
    }
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(unlocks), 0, SQL);
    for (user, sheet) in sheets {
        for goal in &sheet.fresh {
            let at = sheet.need.at;
            bindings.int(user.0).text(&goal.code).int(at.millis());
        }
    }
}

fn put_totals(batch: &mut Batch, sheets: &[(UserId, &Sheet)]) {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        let columns = [&Totals::COLUMNS[..], &["unlocked"]].concat();
        upsert_sql(TOTALS, "user_id, game", &columns)
    });
    const WIDTH: usize = 2 + Totals::COLUMNS.len() + 1;
    const COLUMNS: [Column; WIDTH] = {
        let mut columns = [Column::Int; WIDTH];
        columns[1] = Column::Text;
        columns[WIDTH - 1] = Column::Text;
        columns
    };
    let mut bindings = batch.push_rows(
        &COLUMNS,
        Count::within(2 * sheets.len(), 2, sheets.len()),
        0,
        &SQL,
    );
    for (user, sheet) in sheets {
        for (game, totals, unlocked) in [
            (ALL, &sheet.all, sheet.unlocked.as_str()),
            (sheet.need.game.as_str(), &sheet.of_game, ""),
        ] {
            bindings
                .int(user.0)
                .text(game)
                .ints(&totals.counters())
                .text(unlocked);
        }
    }
}

fn put_days(batch: &mut Batch, sheets: &[(UserId, &Sheet)]) {
    static SQL: LazyLock<String> =
        LazyLock::new(|| upsert_sql(DAYS, "user_id, game, day", &Day::COLUMNS));
    const WIDTH: usize = 3 + Day::COLUMNS.len();
    const COLUMNS: [Column; WIDTH] = {
        let mut columns = [Column::Int; WIDTH];
        columns[1] = Column::Text;
        columns
    };
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(sheets.len()), 0, &SQL);
    for (user, Sheet { need, day, .. }) in sheets {
        bindings
            .int(user.0)
            .text(need.game.as_str())
            .int(need.at.utc_day())
            .ints(&day.counters());
    }
}

/// What writes rows of a table, those that are new and those that were there.
fn upsert_sql(table: &str, key: &str, columns: &[&str]) -> String {
    let written = columns
        .iter()
        .map(|column| format!("{column} = excluded.{column}"));
    let written: Vec<String> = written.collect();
    format!(
        "INSERT INTO {table} ({key}, {}) SELECT * FROM {{rows}} v WHERE v.column1 IS NOT NULL \
         ON CONFLICT ({key}) DO UPDATE SET {}",
        columns.join(", "),
        written.join(", ")
    )
}

/// All that a member has played, by game; the row of all games has none.
pub(crate) async fn tallies(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Vec<(Option<Game>, Tally)>> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        let totals = counters_sql("t", &Totals::COLUMNS);
        format!("SELECT t.game, {totals} AS totals FROM play_totals t WHERE t.user_id = $1")
    });
    let rows = sqlx::query(SQL.as_str())
        .bind(user.0)
        .fetch_all(conn)
        .await?;
    let mut tallies = Vec::new();
    for row in &rows {
        let tally = totals_of(&row.text("totals")?)?.tally();
        tallies.push((Game::parse(&row.text("game")?), tally));
    }
    let streak_max = tallies.iter().map(|(_, tally)| tally.streak_max).max();
    for (_, all) in tallies.iter_mut().filter(|(game, _)| game.is_none()) {
        all.streak_max = streak_max.unwrap_or_default();
    }
    Ok(tallies)
}

/// An achievement of a member.
pub(crate) struct Unlock {
    pub(crate) code: String,
    pub(crate) unlocked_at: Timestamp,
    pub(crate) claimed_at: Option<Timestamp>,
}

/// What the member has achieved.
pub(crate) async fn unlocks(conn: &mut AnyConnection, user: UserId) -> Result<Vec<Unlock>> {
    let rows = sqlx::query(
        "SELECT code, unlocked_at, claimed_at FROM achievement_unlocks WHERE user_id = $1 \
         ORDER BY unlocked_at, code LIMIT $2",
    )
    .bind(user.0)
    .bind(DEFINITIONS_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Unlock {
                code: row.text("code")?,
                unlocked_at: row.instant("unlocked_at")?,
                claimed_at: row.instant_opt("claimed_at")?,
            })
        })
        .collect()
}

/// The codes of what the member has achieved, in the order it came.
pub(crate) async fn badges(conn: &mut AnyConnection, user: UserId) -> Result<Vec<String>> {
    let unlocks = unlocks(conn, user).await?;
    Ok(unlocks.into_iter().map(|unlock| unlock.code).collect())
}

/// Marks the reward as claimed; false when it is not unlocked, or was claimed before.
pub(crate) async fn claim(
    conn: &mut AnyConnection,
    user: UserId,
    code: &str,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE achievement_unlocks SET claimed_at = $3 WHERE user_id = $1 AND code = $2 AND claimed_at IS NULL",
    )
    .bind(user.0)
    .bind(code)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_that_is_no_number_names_its_column() {
        let said = [
            totals_of("1 2 3 4 5 6 7 8 9 10 x").map(|_| ()),
            totals_of("1 2").map(|_| ()),
            day_of("1  3 4 5 6 7 8 9 10").map(|_| ()),
        ];
        let said = said.map(|it| it.unwrap_err().to_string());
        let columns = [
            "play_totals.legendaries",
            "play_totals.staked",
            "play_days.wins",
        ];
        assert_eq!(
            said,
            columns.map(|it| format!("a row breaks the model: {it}"))
        );
        assert_eq!(day_of("").unwrap(), Day::default());
        assert_eq!(day_of("1 2 3 4 5 6 7 8 9 10").unwrap().last_hand_at, 10);
    }
}
