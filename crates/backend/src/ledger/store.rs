//! The rows of the ledger.

use std::collections::{HashMap, HashSet};

use economy::{AccountId, Entry, Hash, Head, Timestamp, Tokens};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::user::{BalanceOfDay, Transaction};

use crate::db::{Batch, Column, Columns, Count, Dialect};
use crate::paging::{Before, Dated};
use crate::{Error, Result};

/// Makes an empty account for a member.
pub(super) async fn open(conn: &mut AnyConnection, user: UserId) -> Result<()> {
    sqlx::query("INSERT INTO accounts (id, name, balance, seq, head, experience) VALUES ($1, $2, 0, 0, $3, 0)")
        .bind(user.0)
        .bind(format!("member:{user}"))
        .bind(Hash::GENESIS.0.to_vec())
        .execute(conn)
        .await?;
    Ok(())
}

/// Where an account stands, as its columns say.
pub(crate) fn head_of(row: &AnyRow) -> Result<Head> {
    Ok(Head {
        seq: row.int("seq")?,
        hash: row.hash("accounts.head")?,
        balance: row.tokens("accounts.balance")?,
    })
}

/// Where the member's account stands.
pub(super) async fn head(conn: &mut AnyConnection, user: UserId) -> Result<Option<Head>> {
    sqlx::query("SELECT balance, seq, head FROM accounts WHERE id = $1 AND id > 0")
        .bind(user.0)
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(head_of)
        .transpose()
}

/// Locks the member's account and says where it stands.
pub(super) async fn lock(conn: &mut AnyConnection, user: UserId) -> Result<Option<Head>> {
    sqlx::query(
        "UPDATE accounts SET seq = seq WHERE id = $1 AND id > 0 RETURNING balance, seq, head",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(head_of)
    .transpose()
}

/// Locks the members' accounts that nobody else holds, in the order of their numbers; gives whose.
pub(super) async fn lock_free(
    conn: &mut AnyConnection,
    users: &[UserId],
) -> Result<HashSet<UserId>> {
    const SQL: &str = "SELECT a.id FROM {rows} w JOIN accounts a ON a.id = w.column1 ORDER BY a.id \
        FOR NO KEY UPDATE OF a SKIP LOCKED";
    if Dialect::of_connection(conn) == Dialect::Sqlite {
        // The writer is alone.
        return Ok(users.iter().copied().collect());
    }
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[Column::Int], Count::of(users.len()), 0, SQL);
    for user in users {
        bindings.int(user.0);
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    rows.iter().map(|row| Ok(UserId(row.int("id")?))).collect()
}

/// Locks the members' accounts in the order of their numbers, and says where each stands.
pub(super) async fn lock_all(
    conn: &mut AnyConnection,
    users: &[UserId],
) -> Result<HashMap<UserId, Head>> {
    // The writer of SQLite is alone.
    const READ: &str = "SELECT a.id, a.balance, a.seq, a.head FROM {rows} w \
        JOIN accounts a ON a.id = w.column1 WHERE a.id > 0 ORDER BY a.id";
    const LOCK: &str = "SELECT a.id, a.balance, a.seq, a.head FROM {rows} w \
        JOIN accounts a ON a.id = w.column1 WHERE a.id > 0 ORDER BY a.id FOR NO KEY UPDATE OF a";
    let sql = match Dialect::of_connection(conn) {
        Dialect::Sqlite => READ,
        Dialect::Postgres => LOCK,
    };
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[Column::Int], Count::of(users.len()), 0, sql);
    for user in users {
        bindings.int(user.0);
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    let heads = rows
        .iter()
        .map(|row| Ok((UserId(row.int("id")?), head_of(row)?)));
    heads.collect()
}

/// Moves the account on from `seq`. Were it not to stand there, the entries before would already be
/// refused: their places in its chain are taken.
pub(super) fn advance(batch: &mut Batch, user: UserId, seq: i64, next: Head, experience: i64) {
    batch
        .push(
            "UPDATE accounts SET balance = $3, seq = $4, head = $5, experience = experience + $6 \
             WHERE id = $1 AND seq = $2",
        )
        .bind(user.0)
        .bind(seq)
        .bind(next.balance.get())
        .bind(next.seq)
        .bind(next.hash.0.to_vec())
        .bind(experience);
}

/// Adds experience without a transfer.
pub(super) async fn gain(conn: &mut AnyConnection, user: UserId, experience: i64) -> Result<()> {
    sqlx::query("UPDATE accounts SET experience = experience + $2 WHERE id = $1")
        .bind(user.0)
        .bind(experience)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes an entry of a chain.
pub(super) fn insert(batch: &mut Batch, entry: &Entry) {
    batch
        .push(
            "INSERT INTO transfers (chain, seq, operation, leg, debit, credit, amount, kind, reference, \
             balance_after, created_at, prev, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(entry.chain.0)
        .bind(entry.seq)
        .bind(entry.operation.as_str())
        .bind(entry.leg)
        .bind(entry.debit.0)
        .bind(entry.credit.0)
        .bind(entry.amount.get())
        .bind(entry.kind.as_str())
        .bind(entry.reference.as_str())
        .bind(entry.balance_after.get())
        .bind(entry.created_at.millis())
        .bind(entry.prev.0.to_vec())
        .bind(entry.hash.0.to_vec());
}

/// The member's transfers before `before`, newest first.
pub(super) async fn transactions(
    conn: &mut AnyConnection,
    user: UserId,
    before: i64,
    limit: i64,
) -> Result<Vec<Transaction>> {
    let rows = sqlx::query(
        "SELECT seq, kind, reference, debit, credit, amount, balance_after, created_at, hash \
         FROM transfers WHERE chain = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
    )
    .bind(user.0)
    .bind(before)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| transaction_of(row, user)).collect()
}

/// The member's transfers before that, newest first: by time, in which they have the order of their
/// numbers.
pub(crate) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    before: Before,
    limit: i64,
) -> Result<Vec<Dated<Transaction>>> {
    let rows = sqlx::query(
        "SELECT seq, kind, reference, debit, credit, amount, balance_after, created_at, hash \
         FROM transfers WHERE chain = $1 AND created_at <= $2 AND NOT (created_at = $2 AND seq >= $3) \
         ORDER BY created_at DESC, seq DESC LIMIT $4",
    )
    .bind(user.0)
    .bind(before.at.millis())
    .bind(before.id)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| dated(row, user)).collect()
}

/// The member's transfers of these operations, in the order of their names and legs. It is not by their numbers:
/// their index would be left for all of the member's transfers.
pub(crate) async fn of_operations(
    conn: &mut AnyConnection,
    user: UserId,
    [first, second]: [String; 2],
) -> Result<Vec<Transaction>> {
    let rows = sqlx::query(OF_OPERATIONS)
        .bind(user.0)
        .bind(first)
        .bind(second)
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| transaction_of(row, user)).collect()
}

const OF_OPERATIONS: &str = "SELECT seq, kind, reference, debit, credit, amount, balance_after, created_at, hash \
     FROM transfers WHERE operation IN ($2, $3) AND chain = $1 ORDER BY operation, leg";

fn dated(row: &AnyRow, user: UserId) -> Result<Dated<Transaction>> {
    let it = transaction_of(row, user)?;
    Ok(Dated {
        at: it.created_at,
        id: it.seq,
        it,
    })
}

fn transaction_of(row: &AnyRow, user: UserId) -> Result<Transaction> {
    let amount = row.int("amount")?;
    let change = if row.int("credit")? == user.0 {
        amount
    } else if row.int("debit")? == user.0 {
        -amount
    } else {
        0
    };
    Ok(Transaction {
        seq: row.int("seq")?,
        kind: row.text("kind")?,
        reference: row.text("reference")?,
        change,
        balance_after: row.tokens("transfers.balance_after")?,
        created_at: row.instant("created_at")?,
        hash: row.hash("transfers.hash")?.to_string(),
    })
}

/// The member's balance at the end of each UTC day from `first` to `last`, without those before their
/// first transfer: one look-up in the index a day, however many transfers there are.
pub(super) async fn balances(
    conn: &mut AnyConnection,
    user: UserId,
    first: i64,
    last: i64,
) -> Result<Vec<BalanceOfDay>> {
    let rows = sqlx::query(
        "WITH RECURSIVE days (day) AS ( \
             SELECT CAST($2 AS BIGINT) UNION ALL SELECT day + 1 FROM days WHERE day < $3 \
         ) SELECT d.day, ( \
             SELECT t.balance_after FROM transfers t WHERE t.chain = $1 AND t.created_at < (d.day + 1) * 86400000 \
             ORDER BY t.created_at DESC, t.seq DESC LIMIT 1 \
         ) AS balance FROM days d ORDER BY d.day",
    )
    .bind(user.0)
    .bind(first)
    .bind(last)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .filter_map(|row| balance_of_day(row).transpose())
        .collect()
}

fn balance_of_day(row: &AnyRow) -> Result<Option<BalanceOfDay>> {
    let Some(balance) = row.int_opt("balance")? else {
        return Ok(None);
    };
    let day = Timestamp::of_utc_day(row.int("day")?).utc_date();
    Ok(Some(BalanceOfDay {
        day: day.ok_or_else(|| Error::Internal("a day outside the calendar".to_owned()))?,
        balance: Tokens::new(balance)
            .map_err(|_| Error::Corrupt("transfers.balance_after".to_owned()))?,
    }))
}

/// A member's account as it is written, for the proof.
pub(super) struct AccountRow {
    pub(super) id: AccountId,
    pub(super) head: Head,
}

/// The members' accounts after `after`, in id order.
pub(super) async fn accounts(
    conn: &mut AnyConnection,
    after: i64,
    limit: i64,
) -> Result<Vec<AccountRow>> {
    let rows = sqlx::query(
        "SELECT id, balance, seq, head FROM accounts WHERE id > $1 ORDER BY id LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(AccountRow {
                id: AccountId(row.int("id")?),
                head: head_of(row)?,
            })
        })
        .collect()
}

/// One chain's entries after `after`, in order.
pub(super) async fn entries(
    conn: &mut AnyConnection,
    chain: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT chain, seq, operation, leg, debit, credit, amount, kind, reference, balance_after, created_at, \
         prev, hash FROM transfers WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    )
    .bind(chain.0)
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(entry_of).collect()
}

fn entry_of(row: &AnyRow) -> Result<Entry> {
    Ok(Entry {
        chain: AccountId(row.int("chain")?),
        seq: row.int("seq")?,
        operation: row.text("operation")?,
        leg: row.int("leg")?,
        debit: AccountId(row.int("debit")?),
        credit: AccountId(row.int("credit")?),
        // A tampered amount must reach the check, which says which row it is.
        amount: Tokens::new(row.int("amount")?).unwrap_or(Tokens::ZERO),
        kind: row.text("kind")?,
        reference: row.text("reference")?,
        balance_after: Tokens::new(row.int("balance_after")?).unwrap_or(Tokens::ZERO),
        created_at: row.instant("created_at")?,
        prev: Hash(row.array("transfers.prev").unwrap_or_default()),
        hash: Hash(row.array("transfers.hash").unwrap_or_default()),
    })
}

/// How many transfers there are in all, to find those of no known chain.
pub(super) async fn count(conn: &mut AnyConnection) -> Result<i64> {
    sqlx::query("SELECT COUNT(*) AS n FROM transfers")
        .fetch_one(conn)
        .await?
        .int("n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn what_an_operation_moved_is_found_by_its_name_and_not_in_all_of_the_chain() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, OF_OPERATIONS).await;
        assert!(plan.contains("(operation=?)"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
    }
}
