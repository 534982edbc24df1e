//! The ledger: the only code that moves tokens, and the proof that it kept every one.

mod store;
pub mod verify;

use std::collections::{HashMap, HashSet};

use economy::chain::{self, Refusal};
use economy::{Head, Posting, Timestamp, Tokens};
use sqlx::AnyConnection;
use wire::page::PageRequest;
use wire::user::{Balance, BalanceHistory, Transaction};
use wire::{Code, Page, UserId};

use crate::db::{Batch, Tx};
use crate::{Core, Error, Result, paging};

pub(crate) use store::{before, head_of, of_operations};
pub use verify::{Fault, Report};

/// How many days a balance is told for.
const DAYS: i64 = 30;

/// Balances, transactions and the proof of the ledger.
#[derive(Clone)]
pub struct Ledger {
    core: Core,
}

impl Ledger {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// The balance of a member.
    ///
    /// # Errors
    /// `not_found` without such a member.
    pub async fn balance(&self, user: UserId) -> Result<Balance> {
        let mut conn = self.core.db.read().await?;
        let head = store::head(&mut conn, user).await?.ok_or(Code::NotFound)?;
        Ok(Balance {
            cyber_token_balance: head.balance,
            seq: head.seq,
        })
    }

    /// The member's ledger, newest first.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub async fn transactions(&self, user: UserId, page: PageRequest) -> Result<Page<Transaction>> {
        let limit = paging::limit(page.limit)?;
        let before = paging::cursor_int(page.cursor.as_deref())?.unwrap_or(i64::MAX);
        let mut conn = self.core.db.read().await?;
        let items = store::transactions(&mut conn, user, before, limit + 1).await?;
        Ok(paging::page(items, limit, |item| item.seq.to_string()))
    }

    /// The member's balance at the end of each of the last 30 UTC days, today as it stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn balance_history(&self, user: UserId) -> Result<BalanceHistory> {
        let today = self.core.now().utc_day();
        let mut conn = self.core.db.read().await?;
        let days = store::balances(&mut conn, user, today + 1 - DAYS, today).await?;
        Ok(BalanceHistory { days })
    }
}

/// Opens a member's account with the starting balance.
pub(crate) async fn open(
    conn: &mut AnyConnection,
    user: UserId,
    tokens: Tokens,
    at: Timestamp,
) -> Result<()> {
    store::open(conn, user).await?;
    let posting = Posting::sign_up(user.account(), tokens);
    post(conn, user, Head::EMPTY, &posting, 0, at).await?;
    Ok(())
}

/// Locks the member's account until the transaction ends, and says where it stands. The first
/// statement of every transaction that moves the member's tokens or counters.
pub(crate) async fn lock(tx: &mut Tx, user: UserId) -> Result<Head> {
    let head = store::lock(tx, user).await?.ok_or(Code::NotFound)?;
    tx.read_clock();
    Ok(head)
}

/// Locks the accounts of these members until the transaction ends, in the order of their numbers, but
/// for those that another transaction holds: many do not wait for one. Gives whose it locked. The first
/// statement of every transaction that moves tokens or counters of several members.
pub(crate) async fn lock_free(tx: &mut Tx, users: &[UserId]) -> Result<HashSet<UserId>> {
    let locked = store::lock_free(tx, users).await?;
    tx.read_clock();
    Ok(locked)
}

/// Locks the accounts of these members, each named once, until the transaction ends, in the order of their
/// numbers, and waits for those that another transaction holds. Says where those stand that there are.
pub(crate) async fn lock_all(tx: &mut Tx, users: &[UserId]) -> Result<HashMap<UserId, Head>> {
    let heads = store::lock_all(tx, users).await?;
    tx.read_clock();
    Ok(heads)
}

/// Where an account would stand that this was posted to.
///
/// # Errors
/// `insufficient_tokens`, `balance_too_large`.
pub(crate) fn would_stand(
    user: UserId,
    head: Head,
    posting: &Posting,
    at: Timestamp,
) -> Result<Head> {
    let appended = chain::append(user.account(), head, posting, at);
    appended.map(|(_, next)| next).map_err(refusal)
}

/// Posts to a locked account, with the experience that goes with it, and says where it stands then.
pub(crate) async fn post(
    conn: &mut AnyConnection,
    user: UserId,
    head: Head,
    posting: &Posting,
    experience: i64,
    at: Timestamp,
) -> Result<Head> {
    let mut batch = Batch::default();
    let next = enter(&mut batch, user, head, posting, experience, at)?;
    batch.run(conn).await?;
    Ok(next)
}

/// Puts what posts to a locked account into a batch, and says where the account stands once that has
/// run.
pub(crate) fn enter(
    batch: &mut Batch,
    user: UserId,
    head: Head,
    posting: &Posting,
    experience: i64,
    at: Timestamp,
) -> Result<Head> {
    let (entries, next) = chain::append(user.account(), head, posting, at).map_err(refusal)?;
    for entry in &entries {
        store::insert(batch, entry);
    }
    if !entries.is_empty() {
        store::advance(batch, user, head.seq, next, experience);
    }
    Ok(next)
}

/// What whoever asked is told of what a chain refuses.
pub(crate) fn refusal(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Insufficient => Code::InsufficientTokens.into(),
        Refusal::TooLarge => Code::BalanceTooLarge.into(),
    }
}

/// Gives a locked account experience that no hand earned.
pub(crate) async fn gain(conn: &mut AnyConnection, user: UserId, experience: i64) -> Result<()> {
    store::gain(conn, user, experience).await
}

/// Where the member's account stands, in a transaction that moves nothing of it.
pub(crate) async fn head(conn: &mut AnyConnection, user: UserId) -> Result<Head> {
    Ok(store::head(conn, user).await?.ok_or(Code::NotFound)?)
}
