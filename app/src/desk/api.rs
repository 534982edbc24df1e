//! What the desk's pages ask the club.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{
    Page, UserId,
    staff::{AuditRequest, AuditRow, Roles, StaffMember},
};

use super::ticked::Ticked;
use crate::{
    error::PageError,
    protocol::{Post, PostWhole},
};

/// What a page of the desk shows, and what whoever looks is: the ways to the other pages follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk<T> {
    /// What they are in running the club.
    pub roles: Roles,
    /// What is on the page beside.
    pub shown: T,
}

/// Who runs the club, and one member beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRoom {
    /// Everyone with a role.
    pub items: Vec<StaffMember>,
    /// The member who was asked for, if there is one.
    pub member: Option<StaffMember>,
}

#[cfg(feature = "ssr")]
impl<T> Desk<T> {
    fn of(staff: &backend::Staff, shown: T) -> Self {
        Self {
            roles: staff.roles().clone(),
            shown,
        }
    }
}

/// What whoever looks is; the first page shows nothing else.
#[server(protocol = Post)]
pub async fn load_desk() -> Result<Desk<()>, PageError> {
    use crate::ssr;
    let (_, staff) = ssr::staff_reader().await?;
    Ok(Desk::of(&staff, ()))
}

/// Who runs the club, and a member who does or could.
#[server(protocol = Post)]
pub async fn load_staff(
    #[server(default)] user: Option<UserId>,
) -> Result<Desk<StaffRoom>, PageError> {
    use crate::ssr;
    let (backend, staff) = ssr::staff_reader().await?;
    let all = backend.accounts.staff(&staff).await.map_err(ssr::fail)?;
    let member = match user {
        Some(user) => found(backend.accounts.staff_member(&staff, user).await)?,
        None => None,
    };
    let items = all.items;
    Ok(Desk::of(&staff, StaffRoom { items, member }))
}

/// What was asked for, or that there is none.
#[cfg(feature = "ssr")]
fn found<T>(answer: backend::Result<T>) -> Result<Option<T>, PageError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code() == wire::Code::NotFound => Ok(None),
        Err(error) => Err(crate::ssr::fail(error)),
    }
}

/// Gives a member the roles that were ticked, and no others.
#[server(protocol = PostWhole<Ticked>)]
pub async fn change_roles(form: Ticked) -> Result<StaffMember, PageError> {
    use super::ticked::{form_of, staff_path};
    use crate::ssr;
    let (backend, staff) = ssr::staff().await?;
    let (accounts, user) = (&backend.accounts, form.user_id);
    let (path, roles) = (staff_path(user), form.roles().as_text());
    let changed = accounts.set_roles(&staff, user, form.change()).await;
    let reason = form.reason.as_deref().unwrap_or_default();
    let typed = [("roles", roles.as_str()), ("reason", reason)];
    let member = changed.map_err(|error| ssr::bounce(&path, &form_of(user), &typed, error))?;
    ssr::done(&path);
    Ok(member)
}

/// What staff did, the newest first.
#[server(protocol = PostWhole<AuditRequest>)]
pub async fn load_audit(filter: AuditRequest) -> Result<Desk<Page<AuditRow>>, PageError> {
    use crate::ssr;
    let (backend, staff) = ssr::staff_reader().await?;
    let rows = backend.audit.list(&staff, filter).await;
    Ok(Desk::of(&staff, rows.map_err(ssr::fail)?))
}
