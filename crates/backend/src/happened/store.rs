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

/// The columns of a sheet, of the tables that [`sheet_joins`] joins.
macro_rules! sheet_columns {
    () => {
        "a.hands AS a_hands, a.wins AS a_wins, a.staked AS a_staked, a.won AS a_won, \
         a.largest_win AS a_largest_win, a.multiplier_max_hundredths AS a_multiplier, \
         a.streak AS a_streak, a.streak_max AS a_streak_max, a.games AS a_games, a.items AS a_items, \
         a.legendaries AS a_legendaries, COALESCE(a.unlocked, '') AS unlocked, g.hands AS g_hands, \
         g.wins AS g_wins, g.staked AS g_staked, g.won AS g_won, g.largest_win AS g_largest_win, \
         g.multiplier_max_hundredths AS g_multiplier, g.streak AS g_streak, g.streak_max AS g_streak_max, \
         g.games AS g_games, g.items AS g_items, g.legendaries AS g_legendaries, d.hands AS d_hands, \
         d.wins AS d_wins, d.staked AS d_staked, d.won AS d_won, d.largest_win AS d_largest_win, \
         d.multiplier_max_hundredths AS d_multiplier, d.streak AS d_streak, d.streak_max AS d_streak_max, \
         d.millis_played AS d_millis_played, d.last_hand_at AS d_last_hand_at"
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

pub(crate) use {sheet_columns, sheet_joins};

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
        all: totals_of(row, "a")?,
        of_game: totals_of(row, "g")?,
        day: day_of(row)?,
        unlocked: row.text("unlocked")?,
        fresh: Vec::new(),
    })
}

/// Zero where there is no row yet.
fn totals_of(row: &AnyRow, prefix: &str) -> Result<Totals> {
    let int = |column: &str| {
        let value = row.int_opt(&format!("{prefix}_{column}"))?;
        Ok::<_, Error>(value.unwrap_or_default())
    };
    Ok(Totals {
        hands: int("hands")?,
        wins: int("wins")?,
        staked: int("staked")?,
        won: int("won")?,
        largest_win: int("largest_win")?,
        multiplier_max_hundredths: int("multiplier")?,
        streak: int("streak")?,
        streak_max: int("streak_max")?,
        games: int("games")?,
        items: int("items")?,
        legendaries: int("legendaries")?,
    })
}

fn day_of(row: &AnyRow) -> Result<Day> {
    let int = |column: &str| Ok::<_, Error>(row.int_opt(column)?.unwrap_or_default());
    Ok(Day {
        hands: int("d_hands")?,
        wins: int("d_wins")?,
        staked: int("d_staked")?,
        won: int("d_won")?,
        largest_win: int("d_largest_win")?,
        multiplier_max_hundredths: int("d_multiplier")?,
        streak: int("d_streak")?,
        streak_max: int("d_streak_max")?,
        millis_played: int("d_millis_played")?,
        last_hand_at: int("d_last_hand_at")?,
    })
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
    let rows = sqlx::query(
        "SELECT game, hands AS t_hands, wins AS t_wins, staked AS t_staked, won AS t_won, \
         largest_win AS t_largest_win, multiplier_max_hundredths AS t_multiplier, streak AS t_streak, \
         streak_max AS t_streak_max, games AS t_games, items AS t_items, legendaries AS t_legendaries \
         FROM play_totals WHERE user_id = $1",
    )
    .bind(user.0)
    .fetch_all(conn)
    .await?;
    let mut tallies = Vec::new();
    for row in &rows {
        let tally = totals_of(row, "t")?.tally();
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
