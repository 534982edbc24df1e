//! The proof: walks every chain in one snapshot and names the first fault.

use std::collections::BTreeMap;
use std::fmt;

use economy::{AccountId, Entry, Head, chain};
use sqlx::AnyConnection;

use super::store::{self, AccountRow};
use crate::Result;

/// How many rows are in memory at once.
const BATCH: i64 = 1_000;

/// A ledger that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Members with an account.
    pub members: i64,
    /// Transfers checked.
    pub transfers: i64,
    /// Tokens that members hold together.
    pub in_circulation: i128,
}

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A transfer is not what follows the one before it.
    #[error("transfers row (chain {chain}, seq {seq}): {fault}")]
    Transfer {
        /// Its chain.
        chain: i64,
        /// Its number.
        seq: i64,
        /// What is wrong with it.
        fault: chain::Fault,
    },
    /// An account does not stand where its transfers lead.
    #[error("accounts row {account}: {what} is {written}, its transfers say {proved}")]
    Account {
        /// The account.
        account: i64,
        /// Which column.
        what: &'static str,
        /// What is written.
        written: String,
        /// What the transfers say.
        proved: String,
    },
    /// The accounts do not sum to zero.
    #[error("all accounts sum to {0}, not to zero")]
    Sum(i128),
    /// A system account stands where it must not.
    #[error("account {name} stands at {written}, {proved} expected")]
    System {
        /// Which.
        name: &'static str,
        /// Where its transfers lead.
        written: i128,
        /// Where it must stand: the escrow at the stakes of the rounds that run.
        proved: i128,
    },
    /// Transfers stand in no chain of a member.
    #[error("{0} transfers are in no chain")]
    Stray(i64),
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            members,
            transfers,
            in_circulation,
        } = self;
        write!(
            f,
            "the ledger holds: {members} members, {transfers} transfers, {in_circulation} tokens in circulation"
        )
    }
}

/// What the walk has added up so far.
#[derive(Default)]
struct Walk {
    members: i64,
    transfers: i64,
    sums: BTreeMap<AccountId, i128>,
}

impl Walk {
    fn add(&mut self, entry: &Entry) {
        let amount = i128::from(entry.amount.get());
        *self.sums.entry(entry.debit).or_default() -= amount;
        *self.sums.entry(entry.credit).or_default() += amount;
        self.transfers += 1;
    }

    fn sum(&self, account: AccountId) -> i128 {
        self.sums.get(&account).copied().unwrap_or_default()
    }
}

/// Proves the ledger in a snapshot: every chain, hash and balance, that all accounts sum to zero,
/// and that the escrow holds what was `staked` in the rounds that run.
pub(crate) async fn prove(conn: &mut AnyConnection, staked: i64) -> Result<Result<Report, Fault>> {
    let mut walk = Walk::default();
    let mut after = 0;
    loop {
        let accounts = store::accounts(conn, after, BATCH).await?;
        let Some(last) = accounts.last() else { break };
        after = last.id.0;
        for account in &accounts {
            if let Err(fault) = follow(conn, account, &mut walk).await? {
                return Ok(Err(fault));
            }
        }
    }
    let stray = store::count(conn).await? - walk.transfers;
    Ok(conclude(&walk, stray, staked))
}

/// Follows one member's chain to its end and compares it with the account.
async fn follow(
    conn: &mut AnyConnection,
    account: &AccountRow,
    walk: &mut Walk,
) -> Result<Result<(), Fault>> {
    let mut head = Head::EMPTY;
    loop {
        let entries = store::entries(conn, account.id, head.seq, BATCH).await?;
        if entries.is_empty() {
            break;
        }
        for entry in &entries {
            match chain::check(head, entry) {
                Ok(next) => head = next,
                Err(fault) => {
                    return Ok(Err(Fault::Transfer {
                        chain: entry.chain.0,
                        seq: entry.seq,
                        fault,
                    }));
                }
            }
            walk.add(entry);
        }
    }
    walk.members += 1;
    Ok(compare(account, head))
}

fn compare(account: &AccountRow, proved: Head) -> Result<(), Fault> {
    let fault = |what, written: String, proved: String| Fault::Account {
        account: account.id.0,
        what,
        written,
        proved,
    };
    let written = account.head;
    if written.seq != proved.seq {
        return Err(fault(
            "seq",
            written.seq.to_string(),
            proved.seq.to_string(),
        ));
    }
    if written.balance != proved.balance {
        return Err(fault(
            "balance",
            written.balance.to_string(),
            proved.balance.to_string(),
        ));
    }
    if written.hash != proved.hash {
        return Err(fault(
            "head",
            written.hash.to_string(),
            proved.hash.to_string(),
        ));
    }
    Ok(())
}

fn conclude(walk: &Walk, stray: i64, staked: i64) -> Result<Report, Fault> {
    if stray != 0 {
        return Err(Fault::Stray(stray));
    }
    let total: i128 = walk.sums.values().sum();
    if total != 0 {
        return Err(Fault::Sum(total));
    }
    let escrow = walk.sum(AccountId::ESCROW_CRASH);
    if escrow != i128::from(staked) {
        return Err(Fault::System {
            name: "escrow:crash",
            written: escrow,
            proved: staked.into(),
        });
    }
    let in_circulation = walk
        .sums
        .iter()
        .filter(|(account, _)| account.is_member())
        .map(|(_, sum)| sum)
        .sum();
    Ok(Report {
        members: walk.members,
        transfers: walk.transfers,
        in_circulation,
    })
}
