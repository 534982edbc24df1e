//! A row of the log in its chain: what is hashed, and how it is checked.

use economy::{Hash, Timestamp};
use sha2::{Digest, Sha256};
use wire::UserId;

use super::verify::Flaw;

/// What stands apart of a row, under its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Reason,
    Before,
    After,
    Address,
}

impl Field {
    /// Each of them, in the order in which they are hashed.
    pub(super) const ALL: [Self; 4] = [Self::Reason, Self::Before, Self::After, Self::Address];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Before => "state_before",
            Self::After => "state_after",
            Self::Address => "address",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == text)
    }
}

/// Of each field what it was, hashed with its salt; nothing where there was none.
pub(super) type Digests = [Option<Hash>; 4];

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) seq: i64,
    pub(super) actor: Option<UserId>,
    pub(super) roles: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) outcome: String,
    pub(super) request_id: String,
    pub(super) created_at: Timestamp,
    pub(super) digests: Digests,
    pub(super) prev: Hash,
    pub(super) hash: Hash,
}

/// Where the chain stands: the number and the hash of its newest row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) seq: i64,
    pub(super) hash: Hash,
}

impl Head {
    /// That of an empty log.
    pub(super) const EMPTY: Self = Self {
        seq: 0,
        hash: Hash::GENESIS,
    };
}

/// What a value is hashed behind; always as long, so that nothing of the value passes for salt.
pub(super) type Salt = [u8; 32];

/// The SHA-256 of a value behind its salt: whoever has neither learns nothing of it.
pub(super) fn digest(salt: &Salt, value: &str) -> Hash {
    let hasher = Sha256::new().chain_update(salt).chain_update(value);
    Hash(hasher.finalize().into())
}

impl Entry {
    /// The SHA-256 of every column but `hash`, each preceded by its length as a big-endian u64; what is
    /// not there has none.
    pub(super) fn seal(&self) -> Hash {
        let mut hasher = Sha256::new();
        let mut column = |bytes: &[u8]| {
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            hasher.update(length.to_be_bytes());
            hasher.update(bytes);
        };
        column(&self.seq.to_be_bytes());
        match self.actor {
            Some(actor) => column(&actor.0.to_be_bytes()),
            None => column(&[]),
        }
        for text in [
            &self.roles,
            &self.action,
            &self.subject,
            &self.outcome,
            &self.request_id,
        ] {
            column(text.as_bytes());
        }
        column(&self.created_at.millis().to_be_bytes());
        for digest in &self.digests {
            column(digest.as_ref().map_or(&[], |digest| &digest.0));
        }
        column(&self.prev.0);
        Hash(hasher.finalize().into())
    }

    /// Checks that it follows `head`, and gives the head after it.
    pub(super) fn follow(&self, head: Head) -> Result<Head, Flaw> {
        if self.seq != head.seq.saturating_add(1) {
            return Err(Flaw::Gap);
        }
        if self.prev != head.hash {
            return Err(Flaw::BrokenLink);
        }
        if self.seal() != self.hash {
            return Err(Flaw::WrongHash);
        }
        Ok(Head {
            seq: self.seq,
            hash: self.hash,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let mut entry = Entry {
            seq: 1,
            actor: Some(UserId(7)),
            roles: "owner".to_owned(),
            action: "users/ban".to_owned(),
            subject: "9".to_owned(),
            outcome: "ok".to_owned(),
            request_id: "r".to_owned(),
            created_at: Timestamp::from_millis(5),
            digests: [Some(digest(&[7; 32], "why")), None, None, None],
            prev: Hash::GENESIS,
            hash: Hash::GENESIS,
        };
        entry.hash = entry.seal();
        entry
    }

    #[test]
    fn an_entry_follows_the_one_before() {
        let first = entry();
        let head = first.follow(Head::EMPTY).unwrap();
        assert_eq!((head.seq, head.hash), (1, first.hash));
        assert_eq!(first.follow(head), Err(Flaw::Gap));
        let mut second = Entry { seq: 2, ..entry() };
        assert_eq!(second.follow(head), Err(Flaw::BrokenLink));
        second.prev = head.hash;
        assert_eq!(second.follow(head), Err(Flaw::WrongHash));
        second.hash = second.seal();
        assert_eq!(second.follow(head).unwrap().seq, 2);
    }

    #[test]
    fn every_column_is_sealed() {
        let sealed = entry().seal();
        let changes: [fn(&mut Entry); 10] = [
            |it| it.seq = 2,
            |it| it.actor = None,
            |it| it.roles.push('x'),
            |it| it.action.push('x'),
            |it| it.subject.push('x'),
            |it| it.outcome.push('x'),
            |it| it.request_id.push('x'),
            |it| it.created_at = Timestamp::from_millis(6),
            |it| it.digests.swap(0, 1),
            |it| it.prev.0[0] = 1,
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut entry = entry();
            change(&mut entry);
            assert_ne!(entry.seal(), sealed, "change {number}");
        }
    }

    #[test]
    fn text_does_not_move_between_columns() {
        let moved = Entry {
            roles: "ownerusers".to_owned(),
            action: "/ban".to_owned(),
            ..entry()
        };
        assert_ne!(moved.seal(), entry().seal());
    }
}
