//! What a batch reads and writes, each for all its hands at once.

use std::collections::{HashMap, HashSet};

use economy::{Entry, Head, Timestamp};
use games::{HandResult, ServerSeed};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::{PlaySessionId, UserId};

use super::Ask;
use super::table::Decided;
use crate::db::{Batch, Column, Columns, Count, Dialect};
use crate::fairness::{Draw, stream_of};
use crate::ledger::head_of;
use crate::operations::{self, Operation};
use crate::{Error, Result};

const INT: Column = Column::Int;
const TEXT: Column = Column::Text;
const BYTES: Column = Column::Bytes;

/// A play session is joined only if it goes idle later than this: the job that closes idle ones goes
/// by a clock of its own.
const MARGIN_MILLIS: i64 = 60_000;

/// Where a member stands when their hand is decided.
pub(super) struct Place {
    pub(super) head: Head,
    pub(super) draw: Draw,
    /// The play session that the hand belongs to, and how many hands it has had.
    pub(super) session: Option<(PlaySessionId, i64)>,
}

/// An answer that was given under a key.
pub(super) struct Kept {
    pub(super) request_hash: [u8; 32],
    pub(super) answer: String,
}

/// Locks the members' accounts, in the order of their numbers; gives whose. One that another
/// transaction holds is left out: nobody waits for one member's long transaction.
pub(super) async fn lock(conn: &mut AnyConnection, asks: &[&Ask]) -> Result<HashSet<UserId>> {
    if Dialect::of_connection(conn) == Dialect::Sqlite {
        // The writer is alone.
        return Ok(asks.iter().map(|ask| ask.user).collect());
    }
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[INT], Count::of(asks.len()), 0, |w| {
        format!(
            "SELECT a.id FROM {w} w JOIN accounts a ON a.id = w.column1 ORDER BY a.id \
             FOR NO KEY UPDATE OF a SKIP LOCKED"
        )
    });
    for ask in asks {
        bindings.int(ask.user.0);
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    rows.iter().map(|row| Ok(UserId(row.int("id")?))).collect()
}

/// Where these members stand; a play session counts that was played in after `since`.
pub(super) async fn places(
    conn: &mut AnyConnection,
    asks: &[&Ask],
    since: Timestamp,
) -> Result<HashMap<UserId, Place>> {
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[INT, TEXT], Count::of(asks.len()), 1, |w| {
        format!(
            "SELECT a.id AS user_id, a.balance, a.seq, a.head, p.id AS pair_id, p.server_seed, p.client_seed, \
             p.nonce, s.id AS session_id, s.hands FROM {w} w JOIN accounts a ON a.id = w.column1 \
             JOIN seed_pairs p ON p.user_id = w.column1 AND p.status = 'active' \
             LEFT JOIN play_sessions s ON s.user_id = w.column1 AND s.game = w.column2 AND s.status = 'active' \
             AND s.last_hand_at > $1"
        )
    });
    bindings.int(since.plus_millis(MARGIN_MILLIS).millis());
    for ask in asks {
        bindings.int(ask.user.0).text(ask.game.as_str());
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    rows.iter().map(place_of).collect()
}

fn place_of(row: &AnyRow) -> Result<(UserId, Place)> {
    let session = match row.text_opt("session_id")? {
        Some(id) => Some((PlaySessionId(id), row.int("hands")?)),
        None => None,
    };
    let place = Place {
        head: head_of(row)?,
        draw: Draw {
            server_seed: ServerSeed(row.array("server_seed")?),
            stream: stream_of(row, "pair_id")?,
        },
        session,
    };
    Ok((UserId(row.int("user_id")?), place))
}

/// What was answered before under the keys of these hands.
pub(super) async fn kept(conn: &mut AnyConnection, asks: &[&Ask]) -> Result<HashMap<UserId, Kept>> {
    let keyed: Vec<(UserId, &Operation)> = asks
        .iter()
        .filter_map(|ask| Some((ask.user, ask.operation.as_ref()?)))
        .collect();
    if keyed.is_empty() {
        return Ok(HashMap::new());
    }
    let dialect = Dialect::of_connection(conn);
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[INT, TEXT, TEXT], Count::of(keyed.len()), 0, |w| {
        let columns = "o.user_id, o.request_hash, o.answer";
        let is_own = "o.user_id = w.column1 AND o.operation = w.column2 AND o.key = w.column3";
        match dialect {
            Dialect::Sqlite => format!("SELECT {columns} FROM {w} w JOIN operations o ON {is_own}"),
            // A plan that was made while there were few rows would go through all of them for ever.
            Dialect::Postgres => format!(
                "SELECT {columns} FROM {w} w CROSS JOIN LATERAL \
                 (SELECT * FROM operations o WHERE {is_own} LIMIT 1) o"
            ),
        }
    });
    for (user, operation) in keyed {
        bindings
            .int(user.0)
            .text(operation.name())
            .text(operation.key());
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    let kept_of = |row: &AnyRow| {
        let kept = Kept {
            request_hash: row.array("request_hash")?,
            answer: row.text("answer")?,
        };
        Ok((UserId(row.int("user_id")?), kept))
    };
    rows.iter().map(kept_of).collect()
}

pub(super) fn put_hands(batch: &mut Batch, decided: &[Decided<'_>]) -> Result<()> {
    const COLUMNS: [Column; 14] = [
        TEXT, INT, TEXT, INT, TEXT, INT, TEXT, TEXT, INT, INT, INT, TEXT, TEXT, INT,
    ];
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(decided.len()), 0, |v| {
        format!(
            "INSERT INTO hands (id, user_id, game, rules_version, session_id, number, pair_id, client_seed, nonce, \
             stake, payout, result, play, created_at) SELECT * FROM {v} v WHERE v.column1 IS NOT NULL"
        )
    });
    for hand in decided {
        let settled = &hand.settled;
        let play = serde_json::to_string(&settled.play);
        let play = play.map_err(|error| Error::Internal(error.to_string()))?;
        bindings
            .text(settled.hand.as_str())
            .int(hand.ask.user.0)
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
    const COLUMNS: [Column; 13] = [
        INT, INT, TEXT, INT, INT, INT, INT, TEXT, TEXT, INT, INT, BYTES, BYTES,
    ];
    let entries: Vec<&Entry> = decided.iter().flat_map(|hand| &hand.entries).collect();
    let mut bindings = batch.push_rows(&COLUMNS, Count::within(entries.len(), 2, decided.len()), 0, |v| {
        format!(
            "INSERT INTO transfers (chain, seq, operation, leg, debit, credit, amount, kind, reference, \
             balance_after, created_at, prev, hash) SELECT * FROM {v} v WHERE v.column1 IS NOT NULL"
        )
    });
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
    let keyed: Vec<_> = decided
        .iter()
        .filter_map(|hand| {
            Some((
                hand.ask.user,
                hand.ask.operation.as_ref()?,
                hand.json.as_ref()?,
            ))
        })
        .collect();
    if keyed.is_empty() {
        return;
    }
    const COLUMNS: [Column; 7] = [INT, TEXT, TEXT, BYTES, INT, TEXT, INT];
    let mut bindings = batch.push_rows(&COLUMNS, Count::within(keyed.len(), 1, decided.len()), 0, |v| {
        format!(
            "INSERT INTO operations (user_id, operation, key, request_hash, status, answer, created_at) \
             SELECT * FROM {v} v WHERE v.column1 IS NOT NULL"
        )
    });
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
    const COLUMNS: [Column; 6] = [INT, INT, INT, INT, BYTES, INT];
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(decided.len()), 0, |v| {
        format!(
            "UPDATE accounts SET balance = v.column3, seq = v.column4, head = v.column5, \
             experience = experience + v.column6 FROM {v} v \
             WHERE accounts.id = v.column1 AND accounts.seq = v.column2"
        )
    });
    for hand in decided {
        bindings
            .int(hand.ask.user.0)
            .int(hand.head.seq)
            .int(hand.next.balance.get())
            .int(hand.next.seq)
            .bytes(&hand.next.hash.0)
            .int(hand.experience);
    }
}

pub(super) fn put_nonces(batch: &mut Batch, decided: &[Decided<'_>]) {
    let mut bindings = batch.push_rows(&[TEXT, INT], Count::of(decided.len()), 0, |v| {
        format!(
            "UPDATE seed_pairs SET nonce = v.column2 + 1 FROM {v} v WHERE seed_pairs.id = v.column1"
        )
    });
    for hand in decided {
        let stream = &hand.settled.stream;
        bindings.text(stream.pair.as_str()).int(stream.nonce);
    }
}

pub(super) fn put_sessions(batch: &mut Batch, decided: &[Decided<'_>]) {
    const COLUMNS: [Column; 6] = [TEXT, INT, INT, INT, INT, INT];
    let mut bindings = batch.push_rows(&COLUMNS, Count::of(decided.len()), 0, |v| {
        format!(
            "UPDATE play_sessions SET hands = hands + 1, wins = wins + v.column2, staked = staked + v.column3, \
             won = won + v.column4, stake_last = v.column3, \
             stake_max = CASE WHEN stake_max < v.column3 THEN v.column3 ELSE stake_max END, \
             balance_end = v.column5, last_hand_at = v.column6, left_at = NULL FROM {v} v \
             WHERE play_sessions.id = v.column1"
        )
    });
    for hand in decided {
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
