//! A row of the log on its way into the chain.

use economy::Timestamp;
use wire::UserId;

use super::entry::{Entry, Field, Head, Salt, digest};
use super::store::{self, Personal};
use super::{Act, Leave};
use crate::db::Tx;
use crate::{Entropy, Result};

/// Beside the roles of somebody who did, or had done, what nobody else could have done, or granted.
const SOLE: &str = " sole";

/// A row that is about to be.
pub(super) struct Row {
    pub(super) actor: Option<UserId>,
    pub(super) roles: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) outcome: String,
    pub(super) request_id: String,
    /// When; of most, when it is written.
    pub(super) at: Option<Timestamp>,
    /// Of each [`Field`] what stands apart of the row.
    pub(super) values: [Option<String>; 4],
}

impl Row {
    pub(super) fn of(act: &Act, outcome: &str) -> Self {
        Self {
            actor: act.actor(),
            roles: act.roles(),
            action: act.action.as_str().to_owned(),
            subject: act.subject.clone(),
            outcome: outcome.to_owned(),
            request_id: act.request_id(),
            at: None,
            values: [act.reason(), None, None, act.address()],
        }
    }

    /// The same, by somebody as they stand in the transaction, where that is known.
    pub(super) fn in_roles(mut self, leave: Option<&Leave>) -> Self {
        if let Some(leave) = leave.filter(|_| self.actor.is_some()) {
            let sole = if leave.is_sole { SOLE } else { "" };
            self.roles = format!("{}{sole}", leave.roles.as_text());
        }
        self
    }

    /// The same, with how its subject stood.
    pub(super) fn of_states(mut self, before: Option<String>, after: Option<String>) -> Self {
        let [_, was, is, _] = &mut self.values;
        (*was, *is) = (before, after);
        self
    }
}

/// Writes a row behind the newest. The head's lock is taken after all others, and its row is the last to
/// be written.
pub(super) async fn append(tx: &mut Tx, entropy: &dyn Entropy, row: Row) -> Result<()> {
    let head = store::hold(tx).await?;
    let seq = head.seq + 1;
    // Whoever held it before read the clock before.
    tx.read_clock();
    let created_at = row.at.unwrap_or_else(|| tx.now());
    let mut personal = Vec::new();
    let mut digests = [None; 4];
    for ((field, value), kept) in Field::ALL.into_iter().zip(row.values).zip(&mut digests) {
        let Some(value) = value else { continue };
        let mut salt = Salt::default();
        entropy.fill(&mut salt);
        *kept = Some(digest(&salt, &value));
        personal.push(Personal {
            seq,
            field,
            salt,
            value,
        });
    }
    let mut entry = Entry {
        seq,
        actor: row.actor,
        roles: row.roles,
        action: row.action,
        subject: row.subject,
        outcome: row.outcome,
        request_id: row.request_id,
        created_at,
        digests,
        prev: head.hash,
        hash: head.hash,
    };
    entry.hash = entry.seal();
    store::insert(tx, &entry).await?;
    for value in &personal {
        store::insert_personal(tx, value).await?;
    }
    let hash = entry.hash;
    store::set_head(tx, Head { seq, hash }).await
}
