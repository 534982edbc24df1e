//! The hash chain: each member's transfers, one after another, each sealed with the one before.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{AccountId, Posting, Timestamp, Tokens};

/// A SHA-256 digest, lower-case hex on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hash(#[serde(with = "hex::serde")] pub [u8; 32]);

impl Hash {
    /// What the first entry of a chain follows.
    pub const GENESIS: Self = Self([0; 32]);
}

impl std::str::FromStr for Hash {
    type Err = hex::FromHexError;

    /// Reads 64 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut hash = [0; 32];
        hex::decode_to_slice(text, &mut hash).map(|()| Self(hash))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Where a chain stands: its length, the hash of its newest entry and the member's balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest entry; 0 before the first.
    pub seq: i64,
    /// The newest entry's hash; [`Hash::GENESIS`] before the first.
    pub hash: Hash,
    /// The member's balance after the newest entry, in tokens.
    pub balance: Tokens,
}

impl Head {
    /// An empty chain.
    pub const EMPTY: Self = Self {
        seq: 0,
        hash: Hash::GENESIS,
        balance: Tokens::ZERO,
    };
}

/// One transfer in its place in a member's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The member whose chain this is.
    pub chain: AccountId,
    /// Its place in the chain, from 1, without gaps.
    pub seq: i64,
    /// The operation it belongs to.
    pub operation: String,
    /// Its place in the operation, from 0.
    pub leg: i64,
    /// The account that loses the tokens.
    pub debit: AccountId,
    /// The account that gains them.
    pub credit: AccountId,
    /// How many; above zero.
    pub amount: Tokens,
    /// Why, as [`crate::Kind::as_str`] writes it; text, so that an unknown kind still hashes.
    pub kind: String,
    /// What it is about.
    pub reference: String,
    /// The member's balance after it.
    pub balance_after: Tokens,
    /// When it was posted.
    pub created_at: Timestamp,
    /// The hash of the entry before it.
    pub prev: Hash,
    /// SHA-256 over every other column; see [`Entry::seal`].
    pub hash: Hash,
}

/// What keeps a posting out of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A leg would take the member below zero.
    #[error("the balance does not cover it")]
    Insufficient,
    /// A leg would take the member above [`Tokens::MAX`].
    #[error("the balance would be too large")]
    TooLarge,
}

/// What is wrong with an entry or a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The entry's number does not follow the one before.
    #[error("the number does not follow the entry before")]
    Gap,
    /// The entry does not name the hash of the one before.
    #[error("the entry does not follow the hash before it")]
    BrokenLink,
    /// The columns do not give the hash that is written beside them.
    #[error("the columns do not match their hash")]
    WrongHash,
    /// The balance written is not the balance before with the amount applied.
    #[error("the balance after it is wrong")]
    WrongBalance,
    /// The amount is zero, or one account stands on both sides.
    #[error("it moves nothing")]
    MovesNothing,
}

impl Entry {
    /// The SHA-256 of every column but `hash`, each preceded by its length as a big-endian u64.
    #[must_use]
    pub fn seal(&self) -> Hash {
        let mut hasher = Sha256::new();
        let mut column = |bytes: &[u8]| {
            hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(bytes);
        };
        column(&self.chain.0.to_be_bytes());
        column(&self.seq.to_be_bytes());
        column(self.operation.as_bytes());
        column(&self.leg.to_be_bytes());
        column(&self.debit.0.to_be_bytes());
        column(&self.credit.0.to_be_bytes());
        column(&self.amount.get().to_be_bytes());
        column(self.kind.as_bytes());
        column(self.reference.as_bytes());
        column(&self.balance_after.get().to_be_bytes());
        column(&self.created_at.millis().to_be_bytes());
        column(&self.prev.0);
        Hash(hasher.finalize().into())
    }
}

/// The member's balance after `amount` moves from `debit` to `credit`.
fn apply(
    member: AccountId,
    balance: Tokens,
    debit: AccountId,
    credit: AccountId,
    amount: Tokens,
) -> Result<Tokens, Refusal> {
    if debit == member {
        balance.checked_sub(amount).ok_or(Refusal::Insufficient)
    } else if credit == member {
        balance.checked_add(amount).ok_or(Refusal::TooLarge)
    } else {
        Ok(balance)
    }
}

/// Decides what a posting writes into a member's chain, and where the chain stands after it.
///
/// # Errors
/// [`Refusal`] when a leg would take the member below zero or above the largest amount.
pub fn append(
    member: AccountId,
    mut head: Head,
    posting: &Posting,
    at: Timestamp,
) -> Result<(Vec<Entry>, Head), Refusal> {
    let mut entries = Vec::with_capacity(posting.legs.len());
    for (leg, number) in posting.legs.iter().zip(0_i64..) {
        let balance = apply(member, head.balance, leg.debit, leg.credit, leg.amount)?;
        let mut entry = Entry {
            chain: member,
            seq: head.seq.saturating_add(1),
            operation: posting.operation.clone(),
            leg: number,
            debit: leg.debit,
            credit: leg.credit,
            amount: leg.amount,
            kind: leg.kind.as_str().to_owned(),
            reference: posting.reference.clone(),
            balance_after: balance,
            created_at: at,
            prev: head.hash,
            hash: Hash::GENESIS,
        };
        entry.hash = entry.seal();
        head = Head {
            seq: entry.seq,
            hash: entry.hash,
            balance,
        };
        entries.push(entry);
    }
    Ok((entries, head))
}

/// Checks that an entry is what follows `head`, and gives the head after it.
///
/// # Errors
/// The first [`Fault`] found.
pub fn check(head: Head, entry: &Entry) -> Result<Head, Fault> {
    if entry.seq != head.seq.saturating_add(1) {
        return Err(Fault::Gap);
    }
    if entry.prev != head.hash {
        return Err(Fault::BrokenLink);
    }
    if entry.seal() != entry.hash {
        return Err(Fault::WrongHash);
    }
    if entry.amount.is_zero() || entry.debit == entry.credit {
        return Err(Fault::MovesNothing);
    }
    let balance = apply(
        entry.chain,
        head.balance,
        entry.debit,
        entry.credit,
        entry.amount,
    )
    .map_err(|_| Fault::WrongBalance)?;
    if balance != entry.balance_after {
        return Err(Fault::WrongBalance);
    }
    Ok(Head {
        seq: entry.seq,
        hash: entry.hash,
        balance,
    })
}
