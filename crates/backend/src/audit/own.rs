//! What those who run the club do to their own sign-in.

use wire::{Code, UserId};

use super::row::{Row, append};
use super::{Action, DONE, word};
use crate::db::Tx;
use crate::{Core, Member, Origin, Result, standing};

/// What somebody does to their own sign-in. Of a member who does not run the club nothing of it is kept. No
/// permission is asked for, and whoever may act as staff no more, or not yet, is kept too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Own<'a> {
    pub(crate) user: UserId,
    pub(crate) action: Action,
    pub(crate) origin: &'a Origin,
}

impl<'a> Own<'a> {
    /// What a member does who is signed in.
    pub(crate) const fn of(member: &Member, action: Action, origin: &'a Origin) -> Self {
        Self {
            user: member.user_id,
            action,
            origin,
        }
    }

    /// Keeps it in the transaction of its effect, as the last that this writes.
    pub(crate) async fn done(self, tx: &mut Tx, core: &Core) -> Result<()> {
        self.keep(tx, core, DONE).await
    }

    /// Keeps that it was refused, in the transaction that counts it, as the last that this writes. What locks
    /// the member bounds how many there are.
    pub(crate) async fn refused(self, tx: &mut Tx, core: &Core, code: Code) -> Result<()> {
        self.keep(tx, core, &word(code)?).await
    }

    async fn keep(self, tx: &mut Tx, core: &Core, outcome: &str) -> Result<()> {
        let roles = standing::roles(tx, self.user).await?;
        if roles.is_empty() {
            return Ok(());
        }
        let row = Row {
            actor: Some(self.user),
            roles: roles.as_text(),
            action: self.action.as_str().to_owned(),
            subject: self.user.to_string(),
            outcome: outcome.to_owned(),
            request_id: self.origin.request_id.clone(),
            at: None,
            values: [None, None, None, Some(self.origin.address.clone())],
        };
        append(tx, core.entropy.as_ref(), row).await
    }
}
