//! The proof of the log: walks the chain in one snapshot and names the first fault.

use std::fmt;

use economy::Hash;
use sqlx::AnyConnection;

use super::entry::{Entry, Field, Head, digest};
use super::store::{self, Personal};
use crate::Result;

/// How many rows are in memory at once.
const BATCH: i64 = 1_000;

/// A log that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rows checked.
    pub rows: i64,
    /// Personal values that were taken away since.
    pub taken_away: i64,
    /// The hash of the newest row.
    pub head: Hash,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rows,
            taken_away,
            head,
        } = self;
        write!(
            f,
            "the audit log holds: {rows} rows, {taken_away} personal values taken away, head {head}"
        )
    }
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Its number does not follow the one before.
    #[error("the number does not follow the row before")]
    Gap,
    /// It does not name the hash of the row before.
    #[error("the row does not follow the hash before it")]
    BrokenLink,
    /// Its columns do not give the hash that is written beside them.
    #[error("the columns do not match their hash")]
    WrongHash,
    /// A personal value is not the one that was hashed.
    #[error("a personal value is not the one that was kept")]
    WrongValue,
}

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row is not what follows the one before it.
    #[error("audit_log row {seq}: {flaw}")]
    Row {
        /// Its number.
        seq: i64,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The head is not where the rows lead.
    #[error("audit_head says row {written}, the rows end with {proved}")]
    Head {
        /// The number that is written.
        written: i64,
        /// The number of the newest row.
        proved: i64,
    },
    /// A head that is known from elsewhere is none of the rows.
    #[error("no row has the hash {0}: the log was cut short or made anew")]
    CutShort(Hash),
}

/// Proves the log in a snapshot: every row, link and hash, every personal value that is still there, and
/// that a head known from elsewhere is among them.
pub(crate) async fn prove(
    conn: &mut AnyConnection,
    known: Option<Hash>,
) -> Result<Result<Report, Fault>> {
    let (mut head, mut taken_away) = (Head::EMPTY, 0);
    let mut is_known = known.is_none_or(|known| known == Hash::GENESIS);
    loop {
        let entries = store::entries(conn, head.seq, BATCH).await?;
        let Some(last) = entries.last() else { break };
        let values = store::personal(conn, head.seq, last.seq).await?;
        let mut values = values.as_slice();
        for entry in &entries {
            match check(entry, head, &mut values) {
                Ok((next, missing)) => {
                    head = next;
                    taken_away += missing;
                }
                Err(flaw) => {
                    let seq = entry.seq;
                    return Ok(Err(Fault::Row { seq, flaw }));
                }
            }
            is_known |= known == Some(entry.hash);
        }
    }
    let written = store::head(conn).await?;
    if written != head {
        return Ok(Err(Fault::Head {
            written: written.seq,
            proved: head.seq,
        }));
    }
    if let Some(known) = known.filter(|_| !is_known) {
        return Ok(Err(Fault::CutShort(known)));
    }
    Ok(Ok(Report {
        rows: head.seq,
        taken_away,
        head: head.hash,
    }))
}

/// Checks a row and what stands apart of it, which is taken off the front of `values`; how much of that
/// is gone.
fn check(entry: &Entry, head: Head, values: &mut &[Personal]) -> Result<(Head, i64), Flaw> {
    let head = entry.follow(head)?;
    let own = values.iter().take_while(|value| value.seq == entry.seq);
    let (own, others) = values.split_at(own.count());
    *values = others;
    let mut missing = 0;
    for (field, kept) in Field::ALL.into_iter().zip(entry.digests) {
        let value = own.iter().find(|value| value.field == field);
        match (kept, value) {
            (None, None) => {}
            (Some(_), None) => missing += 1,
            (Some(kept), Some(value)) if digest(&value.salt, &value.value) == kept => {}
            (_, Some(_)) => return Err(Flaw::WrongValue),
        }
    }
    Ok((head, missing))
}
