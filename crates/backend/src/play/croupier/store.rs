//! What a batch reads and writes, each for all its hands at once.

use std::collections::HashMap;
use std::sync::LazyLock;

use economy::{Entry, Head, Timestamp};
use games::{Game, HandResult, ServerSeed};
use progress::Sheet;
use progress::sheet::Need;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::{PlaySessionId, UserId};

use super::Ask;
use super::table::Decided;
use crate::db::{Batch, Column, Columns, Count, Dialect};
use crate::fairness::{Draw, stream_of};
use crate::happened::{self, SHEET_COLUMNS, SHEET_JOINS};
use crate::ledger::head_of;
use crate::operations::{self, Operation};
use crate::standing::{Life, Marks};
use crate::{Error, Result};

const INT: Column = Column::Int;
const TEXT: Column = Column::Text;
const BYTES: Column = Column::Bytes;

/// Where a member stands when their hand is decided.
pub(super) struct Place {
    /// Whether they may act.
    pub(super) session: Option<Life>,
    pub(super) marks: Marks,
    pub(super) head: Head,
    pub(super) draw: Draw,
    /// Their open play session of the game.
    pub(super) sitting: Option<Sitting>,
    /// What was answered before under the hand's key.
    pub(super) kept: Option<Kept>,
    /// What listeners know of them.
    pub(super) sheet: Sheet,
}

/// A play session that is open.
pub(super) struct Sitting {
    pub(super) id: PlaySessionId,
    /// How many it has had.
    pub(super) hands: i64,
    pub(super) last_hand_at: Timestamp,
}

/// An answer that was given under a key.
pub(super) struct Kept {
    pub(super) request_hash: [u8; 32],
    pub(super) answer: String,
}

/// All that is read of a member: their rows `w` are whose, of which game, the UTC day, the session that
/// they ask in, operation and key.
fn places_sql(dialect: Dialect) -> &'static str {
    static SQLITE: LazyLock<String> = LazyLock::new(|| {
        places_with(
            "LEFT JOIN operations o ON o.user_id = w.column1 AND o.operation = w.column5 AND o.key = w.column6",
        )
    });
    // A plan that was made while there were few keys would go through all of them, unless it is to
    // find one for each.
    static POSTGRES: LazyLock<String> = LazyLock::new(|| {
        places_with(
            "LEFT JOIN LATERAL (SELECT * FROM operations k WHERE k.user_id = w.column1 \
             AND k.operation = w.column5 AND k.key = w.column6 LIMIT 1) o ON TRUE",
        )
    });
    match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    }
}

fn places_with(operations: &str) -> String {
    format!(
        "SELECT x.id AS user_id, x.balance, x.seq, x.head, p.id AS pair_id, p.server_seed, p.client_seed, \
         p.nonce, s.id AS play_id, s.hands, s.last_hand_at, u.banned_at, u.banned_until, u.deleted_at, t.ended_at, \
         t.expires_at, o.request_hash, o.answer, {} \
         FROM {{rows}} w JOIN accounts x ON x.id = w.column1 JOIN users u ON u.id = w.column1 \
         JOIN seed_pairs p ON p.user_id = w.column1 AND p.status = 'active' \
         LEFT JOIN auth_sessions t ON t.id = w.column4 AND t.user_id = w.column1 \
         LEFT JOIN play_sessions s ON s.user_id = w.column1 AND s.game = w.column2 \
         AND s.status = 'active' {operations}{SHEET_JOINS}",
        *SHEET_COLUMNS
    )
}

/// Where these members stand at `now`. The first statement of a batch, but for the locks.
pub(super) async fn places(
    conn: &mut AnyConnection,
    asks: &[&Ask],
    now: Timestamp,
) -> Result<HashMap<UserId, Place>> {
    const COLUMNS: [Column; 6] = [INT, TEXT, INT, TEXT, TEXT, TEXT];
    let sql = places_sql(Dialect::of_connection(conn));
    let mut batch = Batch::first(conn);
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(asks.len()), 0, sql);
    for ask in asks {
        let operation = ask.operation.as_ref();
        bindings
            .int(ask.user().0)
            .text(ask.game.as_str())
            .int(now.utc_day())
            .text(ask.claimed.session_id.as_str())
            .text_opt(operation.map(Operation::name))
            .text_opt(operation.map(Operation::key));
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    let games: HashMap<UserId, Game> = asks.iter().map(|ask| (ask.user(), ask.game)).collect();
    let place = |row: &AnyRow| {
        let user = UserId(row.int("user_id")?);
        let game = games.get(&user).copied();
        let game = game.ok_or_else(|| Error::Internal("a member who did not ask".to_owned()))?;
        Ok((user, place_of(row, Need { game, at: now })?))
    };
    rows.iter().map(place).collect()
}

fn place_of(row: &AnyRow, need: Need) -> Result<Place> {
    let sitting = match row.text_opt("play_id")? {
        Some(id) => Some(Sitting {
            id: PlaySessionId(id),
            hands: row.int("hands")?,
            last_hand_at: row.instant("last_hand_at")?,
        }),
        None => None,
    };
    let kept = match row.text_opt("answer")? {
        Some(answer) => Some(Kept {
            request_hash: row.array("operations.request_hash")?,
            answer,
        }),
        None => None,
    };
    Ok(Place {
        session: Life::read_opt(row)?,
        marks: Marks::read(row)?,
        head: head_of(row)?,
        draw: Draw {
            server_seed: ServerSeed(row.array("seed_pairs.server_seed")?),
            stream: stream_of(row, "pair_id")?,
        },
        sitting,
        kept,
        sheet: happened::sheet_of(row, need)?,
    })
}

pub(super) fn put_hands(batch: &mut Batch, decided: &[Decided<'_>]) -> Result<()> {
    const SQL: &str = "INSERT INTO hands (id, user_id, game, rules_version, session_id, number, pair_id, client_seed, nonce, \
        stake, payout, result, play, created_at) SELECT * FROM {rows} v WHERE v.column1 IS NOT NULL";
    const COLUMNS: [Column; 14] = [
        TEXT, INT, TEXT, INT, TEXT, INT, TEXT, TEXT, INT, INT, INT, TEXT, TEXT, INT,
    ];
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(decided.len()), 0, SQL);
    for hand in decided {
        let settled = &hand.settled;
        let play = serde_json::to_string(&settled.play);
        let play = play.map_err(|error| Error::Internal(error.to_string()))?;
        bindings
            .text(settled.hand.as_str())
            .int(hand.ask.user().0)
            .text(hand.ask.game.as_str())
            .int(settled.rules_version)
            .text(hand.session.as_str())
            .int(hand.number)
            .text(settled.stream.pair.as_str())
            .text(settled.stream.client_seed.as_str())
            .int(settled.stream.nonce)
            .int(settled.stake.get())
            .int(settled.payout.get())
            .text(settled.result.as_str())
            .text(&play)
            .int(settled.at.millis());
    }
    Ok(())
}

pub(super) fn put_entries(batch: &mut Batch, decided: &[Decided<'_>]) {
    const SQL: &str = "INSERT INTO transfers (chain, seq, operation, leg, debit, credit, amount, kind, reference, \
        balance_after, created_at, prev, hash) SELECT * FROM {rows} v WHERE v.column1 IS NOT NULL";
    const COLUMNS: [Column; 13] = [
        INT, INT, TEXT, INT, INT, INT, INT, TEXT, TEXT, INT, INT, BYTES, BYTES,
    ];
    let entries: Vec<&Entry> = decided.iter().flat_map(|hand| &hand.entries).collect();
    let mut bindings = batch.push_rows(
        &COLUMNS,
        Count::within(entries.len(), 2, decided.len()),
        0,
        SQL,
    );
    for entry in entries {
        bindings
            .int(entry.chain.0)
            .int(entry.seq)
            .text(&entry.operation)
            .int(entry.leg)
            .int(entry.debit.0)
            .int(entry.credit.0)
            .int(entry.amount.get())
            .text(&entry.kind)
            .text(&entry.reference)
            .int(entry.balance_after.get())
            .int(entry.created_at.millis())
            .bytes(&entry.prev.0)
            .bytes(&entry.hash.0);
    }
}

pub(super) fn put_operations(batch: &mut Batch, decided: &[Decided<'_>], at: Timestamp) {
    const SQL: &str = "INSERT INTO operations (user_id, operation, key, request_hash, status, answer, created_at) \
        SELECT * FROM {rows} v WHERE v.column1 IS NOT NULL";
    let keyed: Vec<_> = decided
        .iter()
        .filter_map(|hand| {
            Some((
                hand.ask.user(),
                hand.ask.operation.as_ref()?,
                hand.json.as_ref()?,
            ))
        })
        .collect();
    if keyed.is_empty() {
        return;
    }
    const COLUMNS: [Column; 7] = [INT, TEXT, TEXT, BYTES, INT, TEXT, INT];
    let mut bindings = batch.push_rows(
        &COLUMNS,
        Count::within(keyed.len(), 1, decided.len()),
        0,
        SQL,
    );
    for (user, operation, answer) in keyed {
        bindings
            .int(user.0)
            .text(operation.name())
            .text(operation.key())
            .bytes(operation.request_hash())
            .int(operations::STATUS_OK)
            .text(answer)
            .int(at.millis());
    }
}

/// Where the accounts stand then. The entries before it are refused where one does not stand where it
/// was found: their places in its chain are taken.
pub(super) fn put_heads(batch: &mut Batch, decided: &[Decided<'_>]) {
    const SQL: &str = "UPDATE accounts SET balance = v.column3, seq = v.column4, head = v.column5, \
        experience = experience + v.column6 FROM {rows} v \
        WHERE accounts.id = v.column1 AND accounts.seq = v.column2";
    const COLUMNS: [Column; 6] = [INT, INT, INT, INT, BYTES, INT];
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(decided.len()), 0, SQL);
    for hand in decided {
        bindings
            .int(hand.ask.user().0)
            .int(hand.head.seq)
            .int(hand.next.balance.get())
            .int(hand.next.seq)
            .bytes(&hand.next.hash.0)
            .int(hand.experience);
    }
}

pub(super) fn put_nonces(batch: &mut Batch, decided: &[Decided<'_>]) {
    const SQL: &str =
        "UPDATE seed_pairs SET nonce = v.column2 + 1 FROM {rows} v WHERE seed_pairs.id = v.column1";
    let mut bindings = batch.push_rows(&[TEXT, INT], Count::of(decided.len()), 0, SQL);
    for hand in decided {
        let stream = &hand.settled.stream;
        bindings.text(stream.pair.as_str()).int(stream.nonce);
    }
}

/// The play sessions that hands begin, these counted.
pub(super) fn put_begun(batch: &mut Batch, decided: &[Decided<'_>]) {
    const SQL: &str = "INSERT INTO play_sessions (id, user_id, game, variant, status, started_at, last_hand_at, \
        balance_start, balance_end, staked, won, stake_last, stake_max, hands, wins, address, user_agent, data) \
        SELECT v.column1, v.column2, v.column3, 'standard', 'active', v.column4, v.column4, v.column5, v.column6, \
        v.column7, v.column8, v.column7, v.column7, 1, v.column9, v.column10, v.column11, '{}' \
        FROM {rows} v WHERE v.column1 IS NOT NULL";
    const COLUMNS: [Column; 11] = [TEXT, INT, TEXT, INT, INT, INT, INT, INT, INT, TEXT, TEXT];
    let begun: Vec<_> = decided.iter().filter(|hand| hand.begins).collect();
    if begun.is_empty() {
        return;
    }
    let count = Count::within(begun.len(), 1, decided.len());
    let mut bindings = batch.push_rows(&COLUMNS, count, 0, SQL);
    for hand in begun {
        let settled = &hand.settled;
        bindings
            .text(hand.session.as_str())
            .int(hand.ask.user().0)
            .text(hand.ask.game.as_str())
            .int(settled.at.millis())
            .int(hand.head.balance.get())
            .int(hand.next.balance.get())
            .int(settled.stake.get())
            .int(settled.payout.get())
            .int(i64::from(settled.result == HandResult::Win))
            .text(&hand.ask.device.address)
            .text(&hand.ask.device.user_agent);
    }
}

/// The play sessions that go on.
pub(super) fn put_sessions(batch: &mut Batch, decided: &[Decided<'_>]) {
    const SQL: &str = "UPDATE play_sessions SET hands = hands + 1, wins = wins + v.column2, staked = staked + v.column3, \
        won = won + v.column4, stake_last = v.column3, \
        stake_max = CASE WHEN stake_max < v.column3 THEN v.column3 ELSE stake_max END, \
        balance_end = v.column5, last_hand_at = v.column6, left_at = NULL FROM {rows} v \
        WHERE play_sessions.id = v.column1";
    const COLUMNS: [Column; 6] = [TEXT, INT, INT, INT, INT, INT];
    let played: Vec<_> = decided.iter().filter(|hand| !hand.begins).collect();
    if played.is_empty() {
        return;
    }
    let count = Count::within(played.len(), 1, decided.len());
    let mut bindings = batch.push_rows(&COLUMNS, count, 0, SQL);
    for hand in played {
        let settled = &hand.settled;
        bindings
            .text(hand.session.as_str())
            .int(i64::from(settled.result == HandResult::Win))
            .int(settled.stake.get())
            .int(settled.payout.get())
            .int(hand.next.balance.get())
            .int(settled.at.millis());
    }
}
