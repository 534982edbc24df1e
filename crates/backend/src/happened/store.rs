//! The rows of what is known of members. Sheets of several members are loaded and written by the same
//! statements as one.

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
/// The row of all games in `play_totals`; [`sheet_joins`] has it too.
const ALL: &str = "all";

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

/// What of a row of `play_totals` makes [`Totals`], as one text: of a batch's rows each column is
/// copied, handed over and looked up for itself. Empty where there is no row.
macro_rules! totals_column {
    ($row:literal) => {
        concat!(
            "concat_ws(' ', ",
            concat!(
                $row,
                ".hands, ",
                $row,
                ".wins, ",
                $row,
                ".staked, ",
                $row,
                ".won, "
            ),
            concat!($row, ".largest_win, ", $row, ".multiplier_max_hundredths, "),
            concat!($row, ".streak, ", $row, ".streak_max, "),
            concat!($row, ".games, ", $row, ".items, ", $row, ".legendaries)")
        )
    };
}

/// The columns of a sheet, of the tables that [`sheet_joins`] joins.
macro_rules! sheet_columns {
    () => {
        concat!(
            $crate::happened::totals_column!("a"),
            " AS all_totals, COALESCE(a.unlocked, '') AS unlocked, ",
            $crate::happened::totals_column!("g"),
            " AS game_totals, concat_ws(' ', d.hands, d.wins, d.staked, d.won, d.largest_win, \
             d.multiplier_max_hundredths, d.streak, d.streak_max, d.millis_played, d.last_hand_at) AS day_totals"
        )
    };
}

/// What joins to rows `w` whose columns are a member, a game and a UTC day.
macro_rules! sheet_joins {
    () => {
        " LEFT JOIN play_totals a ON a.user_id = w.column1 AND a.game = 'all' \
         LEFT JOIN play_totals g ON g.user_id = w.column1 AND g.game = w.column2 \
         LEFT JOIN play_days d ON d.user_id = w.column1 AND d.game = w.column2 AND d.day = w.column3"
    };
}

pub(crate) use {sheet_columns, sheet_joins, totals_column};

/// Loads the sheet of a member whose account is locked.
pub(super) async fn load(conn: &mut AnyConnection, user: UserId, need: Need) -> Result<Sheet> {
    const COLUMNS: [Column; 3] = [Column::Int, Column::Text, Column::Int];
    const SQL: &str = concat!(
        "SELECT ",
        sheet_columns!(),
        " FROM {rows} w",
        sheet_joins!()
    );
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(1), 0, SQL);
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
        all: totals_of(row, "all_totals")?,
        of_game: totals_of(row, "game_totals")?,
        day: day_of(row)?,
        unlocked: row.text("unlocked")?,
        fresh: Vec::new(),
    })
}

fn totals_of(row: &AnyRow, column: &str) -> Result<Totals> {
    let [
        hands,
        wins,
        staked,
        won,
        largest_win,
        multiplier_max_hundredths,
        streak,
        streak_max,
        games,
        items,
        legendaries,
    ] = counters(&row.text(column)?)?;
    Ok(Totals {
        hands,
        wins,
        staked,
        won,
        largest_win,
        multiplier_max_hundredths,
        streak,
        streak_max,
        games,
        items,
        legendaries,
    })
}

fn day_of(row: &AnyRow) -> Result<Day> {
    let [
        hands,
        wins,
        staked,
        won,
        largest_win,
        multiplier_max_hundredths,
        streak,
        streak_max,
        millis_played,
        last_hand_at,
    ] = counters(&row.text("day_totals")?)?;
    Ok(Day {
        hands,
        wins,
        staked,
        won,
        largest_win,
        multiplier_max_hundredths,
        streak,
        streak_max,
        millis_played,
        last_hand_at,
    })
}

/// So many numbers of one text; zeros where there is no row yet.
fn counters<const COUNT: usize>(text: &str) -> Result<[i64; COUNT]> {
    if text.is_empty() {
        return Ok([0; COUNT]);
    }
    let counters: std::result::Result<Vec<i64>, _> = text.split(' ').map(str::parse).collect();
    let counters = counters.ok().and_then(|it| it.try_into().ok());
    counters.ok_or_else(|| Error::Internal("counters that are no numbers".to_owned()))
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
    const SQL: &str = "INSERT INTO play_totals (user_id, game, hands, wins, staked, won, largest_win, \
        multiplier_max_hundredths, streak, streak_max, games, items, legendaries, unlocked) \
        SELECT * FROM {rows} v WHERE v.column1 IS NOT NULL ON CONFLICT (user_id, game) DO UPDATE SET \
        hands = excluded.hands, wins = excluded.wins, staked = excluded.staked, won = excluded.won, \
        largest_win = excluded.largest_win, \
        multiplier_max_hundredths = excluded.multiplier_max_hundredths, streak = excluded.streak, \
        streak_max = excluded.streak_max, games = excluded.games, items = excluded.items, \
        legendaries = excluded.legendaries, unlocked = excluded.unlocked";
    const COLUMNS: [Column; 14] = {
        let mut columns = [Column::Int; 14];
        columns[1] = Column::Text;
        columns[13] = Column::Text;
        columns
    };
    let mut bindings = batch.push_rows(
        &COLUMNS,
        Count::within(2 * sheets.len(), 2, sheets.len()),
        0,
        SQL,
    );
    for (user, sheet) in sheets {
        for (game, totals, unlocked) in [
            (ALL, &sheet.all, sheet.unlocked.as_str()),
            (sheet.need.game.as_str(), &sheet.of_game, ""),
        ] {
            bindings
                .int(user.0)
                .text(game)
                .int(totals.hands)
                .int(totals.wins)
                .int(totals.staked)
                .int(totals.won)
                .int(totals.largest_win)
                .int(totals.multiplier_max_hundredths)
                .int(totals.streak)
                .int(totals.streak_max)
                .int(totals.games)
                .int(totals.items)
                .int(totals.legendaries)
                .text(unlocked);
        }
    }
}

fn put_days(batch: &mut Batch, sheets: &[(UserId, &Sheet)]) {
    const SQL: &str = "INSERT INTO play_days (user_id, game, day, hands, wins, staked, won, largest_win, \
        multiplier_max_hundredths, streak, streak_max, millis_played, last_hand_at) \
        SELECT * FROM {rows} v WHERE v.column1 IS NOT NULL ON CONFLICT (user_id, game, day) DO UPDATE SET \
        hands = excluded.hands, wins = excluded.wins, staked = excluded.staked, won = excluded.won, \
        largest_win = excluded.largest_win, \
        multiplier_max_hundredths = excluded.multiplier_max_hundredths, streak = excluded.streak, \
        streak_max = excluded.streak_max, millis_played = excluded.millis_played, \
        last_hand_at = excluded.last_hand_at";
    const COLUMNS: [Column; 13] = {
        let mut columns = [Column::Int; 13];
        columns[1] = Column::Text;
        columns
    };
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(sheets.len()), 0, SQL);
    for (user, Sheet { need, day, .. }) in sheets {
        bindings
            .int(user.0)
            .text(need.game.as_str())
            .int(need.at.utc_day())
            .int(day.hands)
            .int(day.wins)
            .int(day.staked)
            .int(day.won)
            .int(day.largest_win)
            .int(day.multiplier_max_hundredths)
            .int(day.streak)
            .int(day.streak_max)
            .int(day.millis_played)
            .int(day.last_hand_at);
    }
}

/// All that a member has played, by game; the row of all games has none.
pub(crate) async fn tallies(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Vec<(Option<Game>, Tally)>> {
    let rows = sqlx::query(concat!(
        "SELECT t.game, ",
        totals_column!("t"),
        " AS totals FROM play_totals t WHERE t.user_id = $1"
    ))
    .bind(user.0)
    .fetch_all(conn)
    .await?;
    let mut tallies = Vec::new();
    for row in &rows {
        let tally = totals_of(row, "totals")?.tally();
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
