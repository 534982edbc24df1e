//! What every service needs.

use std::ops::Deref;
use std::sync::Arc;

use economy::Timestamp;
use wire::UserId;

use crate::happened::Happened;
use crate::ids::Ids;
use crate::limits::Limit;
use crate::{Clock, Db, Entropy, Limits, Result, Settings};

/// Database, clock, entropy, settings and limits. One pointer: every request clones what it calls,
/// and counters that all cores write to are what is slow about that.
#[derive(Clone)]
pub struct Core(Arc<Parts>);

/// What is behind a [`Core`].
pub struct Parts {
    /// Rows.
    pub db: Db,
    /// Time, as an input.
    pub clock: Arc<dyn Clock>,
    /// Chance, as an input.
    pub entropy: Arc<dyn Entropy>,
    /// The settings in force.
    pub settings: Settings,
    /// Rate limits; the services count, so that both doors are limited.
    pub limits: Limits,
    /// Who listens to what happens to members.
    pub(crate) happened: Happened,
    pub(crate) ids: Ids,
}

impl Deref for Core {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Core {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Counts a change of a member's that is neither a hand nor a purchase.
    ///
    /// # Errors
    /// `rate_limited` with when to come back.
    pub(crate) async fn counts_write(&self, user: UserId) -> Result<()> {
        self.limits.check(Limit::Write, &user.to_string()).await
    }

    /// A fresh id: unguessable, and after every id that this process made before (UUID version 7).
    #[must_use]
    pub fn fresh_id(&self) -> String {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        self.ids.next(self.now(), random)
    }
}
