//! What members see of themselves and of each other.

use wire::user::{PublicUser, User};
use wire::{Code, UserId};

use super::Accounts;
use super::store::users;
use crate::standing::Standing;
use crate::{Result, happened};

impl Accounts {
    /// The member, as they see themselves.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn me(&self, user: UserId) -> Result<User> {
        let mut conn = self.core.db.read().await?;
        let person = users::find(&mut conn, user).await?.ok_or(Code::NotFound)?;
        Ok(person.as_user(self.core.now()))
    }

    /// The member, as others see them.
    ///
    /// # Errors
    /// `not_found`, also for one who was deleted.
    pub async fn public(&self, user: UserId) -> Result<PublicUser> {
        let mut conn = self.core.db.read().await?;
        let person = users::find(&mut conn, user).await?;
        let person = person.filter(|person| person.standing(self.core.now()) != Standing::Deleted);
        let badges = happened::badges(&mut conn, user).await?;
        Ok(person.ok_or(Code::NotFound)?.as_public(badges))
    }
}
