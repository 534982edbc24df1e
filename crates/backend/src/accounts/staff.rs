//! Who runs the club, and as what. There is always an owner.

use wire::staff::{ElevateRequest, Permission, Role, Roles, RolesChange, StaffList, StaffMember};
use wire::user::User;
use wire::{Code, UserId};

use super::Accounts;
use super::fields::SiteId;
use super::sessions::End;
use super::store::{sessions, staff, users};
use crate::audit::{self, Act, Action, Changed};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Error, Result, Staff, standing, wake};

/// The subject of what was to be done to somebody who is not there.
const NOBODY: &str = "-";

impl Accounts {
    /// Gives a member a role beside those that they have, and ends what they are signed in: with another
    /// right they come in anew. For the command line.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn promote(&self, site_id: &str, role: Role) -> Result<User> {
        let user = self.of_site_id(site_id).await?;
        let act = &Act::of_console(Action::Roles, user);
        let promote = audit::act(&self.core, act, |tx| {
            async move { add(tx, user, role, None).await }.scope_boxed()
        });
        promote.await?;
        self.me(user).await
    }

    /// Makes a member an owner, without a form, and ends what they are signed in; for development and tests.
    ///
    /// # Errors
    /// `forbidden`, `own_account`, `not_found`; `invalid` for a bad reason.
    pub async fn elevate(&self, staff: &Staff, request: ElevateRequest) -> Result<User> {
        let reason = request.reason.as_deref();
        let act = &Act::of(staff, Action::Roles, NOBODY).because(reason);
        audit::expect(&self.core, act).await?;
        let user = match self.of_site_id(&request.site_id).await {
            Err(Error::Refused(refusal)) => {
                audit::refused(&self.core, act, refusal.code).await?;
                return Err(refusal.into());
            }
            found => found?,
        };
        let act = &Act::on(staff, Action::Roles, user).because(reason);
        let elevate = audit::act(&self.core, act, |tx| {
            async move { add(tx, user, Role::Owner, Some(staff)).await }.scope_boxed()
        });
        elevate.await?;
        self.me(user).await
    }

    /// Who runs the club.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn staff(&self, staff: &Staff) -> Result<StaffList> {
        staff.expect(Permission::StaffRead)?;
        let mut conn = self.core.db.read().await?;
        let items = staff::list(&mut conn).await?;
        Ok(StaffList { items })
    }

    /// What a member is in running the club, or could become.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn staff_member(&self, staff: &Staff, user: UserId) -> Result<StaffMember> {
        staff.expect(Permission::StaffRead)?;
        let mut conn = self.core.db.read().await?;
        Ok(staff::find(&mut conn, user).await?.ok_or(Code::NotFound)?)
    }

    /// Gives a member these roles and no others, and ends what they are signed in: with another right they
    /// come in anew. Who changes their own goes on where they did it.
    ///
    /// # Errors
    /// `forbidden`, `own_account`, `not_found`; `edit_conflict` when they changed since they were read;
    /// `last_owner`; `invalid` for a bad reason.
    pub async fn set_roles(
        &self,
        staff: &Staff,
        user: UserId,
        change: RolesChange,
    ) -> Result<StaffMember> {
        let act = &Act::on(staff, Action::Roles, user).because(change.reason.as_deref());
        let change = &change;
        let set = audit::act(&self.core, act, |tx| {
            async move {
                let stands = staff::find(tx, user).await?.ok_or(Code::NotFound)?;
                if stands.version != change.version {
                    return Err(Code::EditConflict.into());
                }
                put(tx, user, [&stands.roles, &change.roles], Some(staff)).await
            }
            .scope_boxed()
        });
        set.await
    }

    pub(super) async fn of_site_id(&self, site_id: &str) -> Result<UserId> {
        let site_id = SiteId::parse(site_id).map_err(|_| Code::NotFound)?;
        let mut conn = self.core.db.read().await?;
        let user = users::by_key(&mut conn, &site_id.key).await?;
        let user = user.ok_or(Code::NotFound)?;
        super::expect_known(&mut conn, user, self.core.now()).await?;
        Ok(user)
    }
}

/// Gives one more role, held as `audit::act` does.
async fn add(
    tx: &mut Tx,
    user: UserId,
    role: Role,
    by: Option<&Staff>,
) -> Result<Changed<StaffMember>> {
    let before = standing::roles(tx, user).await?;
    put(tx, user, [&before, &before.with(role)], by).await
}

/// Writes the roles, held as `audit::act` does, and ends what the member is signed in, but for where whoever
/// does it asks.
async fn put(
    tx: &mut Tx,
    user: UserId,
    [before, after]: [&Roles; 2],
    by: Option<&Staff>,
) -> Result<Changed<StaffMember>> {
    if !after.has(Role::Owner) {
        expect_owner_beside(tx, user).await?;
    }
    let at = tx.now();
    staff::set(tx, user, after, at).await?;
    users::tell_earlier_builds(tx, user, after.has(Role::Owner)).await?;
    let here = by.map(|staff| &staff.claimed().session_id);
    sessions::end_others(tx, user, here, End::Staff, at).await?;
    tx.wake(user, wake::Changed::ACCESS);
    Ok(Changed {
        answer: staff::find(tx, user).await?.ok_or(Code::NotFound)?,
        before: Some(audit::state(before)?),
        after: Some(audit::state(after)?),
    })
}

/// Refuses what would leave the club without an owner who can act: this member is the last.
///
/// # Errors
/// `last_owner`.
pub(super) async fn expect_owner_beside(tx: &mut Tx, user: UserId) -> Result<()> {
    let now = tx.now();
    let all = standing::staff(tx, now).await?;
    let owners = all.iter().filter(|(_, roles)| roles.has(Role::Owner));
    let owners: Vec<UserId> = owners.map(|(owner, _)| *owner).collect();
    match owners.as_slice() {
        [last] if *last == user => Err(Code::LastOwner.into()),
        _ => Ok(()),
    }
}
