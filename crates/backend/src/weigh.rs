//! Acts of staff's that are weighed before they are done: what they would do is shown, compared and counted,
//! and beyond what one does alone in a day they wait for somebody else. One mechanism, whatever the act.

mod approvals;
mod ask;
mod day;
mod grant;
mod outlook;
mod parts;
mod store;
mod weight;

use economy::Timestamp;
use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::AnyConnection;
use wire::{Code, UserId};

pub(crate) use self::approvals::{approval, cancel, due, expire, find, list, refuse, waiting};
pub use self::ask::Wish;
pub(crate) use self::ask::{ask, compare, expect, weighed};
pub(crate) use self::grant::{Errand, carry_on};
pub(crate) use self::outlook::{asker_may, is_sole, takes_effect_at};
pub(crate) use self::store::Kept;
pub(crate) use self::weight::{Line, Weight};
use crate::audit::{Act, Action, Asker, Changed};
use crate::db::Tx;
use crate::{Result, Staff};

/// An act that is weighed. What it would do follows from what was asked and from rows alone, so that what was
/// kept is weighed and done as if it were asked for then.
pub(crate) trait Deed: Send + Sync {
    /// What it answers.
    type Answer: Serialize + DeserializeOwned + Send + Sync;

    /// Whether it counts for the day, and may have to wait.
    const COUNTS: bool = true;

    /// What it is, in the audit log.
    fn facts(&self) -> Facts;

    /// What was asked, as JSON: keys are bound to it, and approvals keep it.
    ///
    /// # Errors
    /// When it cannot be written.
    fn request(&self) -> Result<String>;

    /// What keys are bound to: a word for each part, as many as it may be done in at most.
    fn operations(&self) -> &'static [&'static str];

    /// In how many transactions it is done.
    fn parts(&self) -> usize {
        1
    }

    /// Locks the accounts of a part until the transaction ends.
    fn lock<'a>(&'a self, tx: &'a mut Tx, part: usize) -> BoxFuture<'a, Result<()>>;

    /// What all of it would do as rows stand; refuses what it would refuse.
    fn weigh<'a>(
        &'a self,
        conn: &'a mut AnyConnection,
        now: Timestamp,
    ) -> BoxFuture<'a, Result<Weight>>;

    /// Does a part whose accounts are locked.
    fn run<'a>(
        &'a self,
        tx: &'a mut Tx,
        part: usize,
    ) -> BoxFuture<'a, Result<Changed<Self::Answer>>>;

    /// What a part answers that was refused after the first was done; nothing of what has one part.
    fn left_out(&self, _part: usize, _code: Code) -> Option<Self::Answer> {
        None
    }

    /// The answers of all parts as one.
    fn merged(&self, mut answers: Vec<Self::Answer>) -> Option<Self::Answer> {
        answers.pop()
    }
}

/// What an act is, in the audit log.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) action: Action,
    pub(crate) subject: String,
    /// The member whom it concerns, if it is one.
    pub(crate) about: Option<UserId>,
    pub(crate) reason: Option<String>,
    /// Where the reason is sent.
    pub(crate) reason_field: &'static str,
}

impl Facts {
    /// The act of whoever asks now.
    fn by(&self, staff: &Staff) -> Act {
        self.told(Act::of(staff, self.action, &self.subject))
    }

    /// The act of whoever asked before.
    fn by_asker(&self, asker: Asker) -> Act {
        self.told(Act::of_asker(asker, self.action, &self.subject))
    }

    fn told(&self, act: Act) -> Act {
        let act = act.because_of(self.reason_field, self.reason.as_deref());
        match self.about {
            Some(member) => act.about(member),
            None => act,
        }
    }
}
