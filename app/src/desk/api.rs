//! What the desk's pages ask the club.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{
    Page, UserId,
    desk::{
        MemberList, MemberRow, MemberWhole, MembersRequest, MomentKind, ShownPhone, TimelineItem,
        TokensMoved,
    },
    staff::{AuditRequest, AuditRow, Roles, StaffMember},
};

use super::{
    posted::{PostedBan, PostedTokens},
    ticked::Ticked,
};
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

/// A page of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Whom just what was searched for names.
    pub exactly: Vec<MemberRow>,
    /// Whom it is a part of.
    pub list: MemberList,
}

/// A member, and what the forms on their page carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The member.
    pub member: MemberWhole,
    /// The key of a gesture on this page, without JavaScript.
    pub key: String,
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

/// Members, a page of them.
#[server(protocol = PostWhole<MembersRequest>)]
pub async fn load_members(filter: MembersRequest) -> Result<Desk<Found>, PageError> {
    use crate::ssr;
    let (backend, staff) = ssr::staff_reader().await?;
    let (accounts, typed) = (&backend.accounts, filter.search.clone());
    let list = accounts.members(&staff, filter).await.map_err(ssr::fail)?;
    let typed = typed.unwrap_or_default();
    let exactly = accounts.exactly(&staff, &typed).await.map_err(ssr::fail)?;
    Ok(Desk::of(&staff, Found { exactly, list }))
}

/// A member, whole.
#[server(protocol = Post)]
pub async fn load_member(user: UserId) -> Result<Desk<Looked>, PageError> {
    use crate::ssr;
    let (backend, staff) = ssr::staff_reader().await?;
    let member = backend.desk.member(&staff, user).await.map_err(ssr::fail)?;
    // Nobody has seen this answer's nonce before, so no other form has the key.
    let key = leptos::nonce::use_nonce().map_or_else(String::new, |nonce| nonce.to_string());
    Ok(Desk::of(&staff, Looked { member, key }))
}

/// What happened to a member, the newest first; of one kind, or all of it.
#[server(protocol = Post)]
pub async fn load_timeline(
    user: UserId,
    limit: i64,
    #[server(default)] kind: Option<MomentKind>,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<TimelineItem>, PageError> {
    use crate::ssr;
    use wire::page::PageRequest;
    let (backend, staff) = ssr::staff_reader().await?;
    let limit = Some(limit);
    let page = PageRequest { limit, cursor };
    let page = backend.desk.timeline_of(&staff, user, kind, page).await;
    page.map_err(ssr::fail)
}

/// A member's whole phone number, for once.
#[server(protocol = Post)]
pub async fn show_phone(user_id: UserId) -> Result<ShownPhone, PageError> {
    use super::{place::member_path, posted::form_of};
    use crate::ssr;
    let (backend, staff) = ssr::staff().await?;
    let (path, form) = (member_path(user_id), form_of("phone", user_id));
    let shown = backend.accounts.phone_number(&staff, user_id).await;
    let shown = shown.map_err(|error| ssr::bounce(&path, &form, &[], error))?;
    ssr::tell(&path, &form, &shown.phone_number);
    Ok(shown)
}

/// Keeps a member out.
#[server(protocol = PostWhole<PostedBan>)]
pub async fn ban_member(form: PostedBan) -> Result<(), PageError> {
    use super::{place::member_path, posted::form_of};
    use crate::ssr;
    let (backend, staff) = ssr::staff().await?;
    let (path, name) = (member_path(form.user_id), form_of("ban", form.user_id));
    let banned = form.act(&backend, &staff).await;
    banned.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    ssr::done(&path);
    Ok(())
}

/// Lets a member in again.
#[server(protocol = Post)]
pub async fn unban_member(
    user_id: UserId,
    #[server(default)] reason: Option<String>,
) -> Result<(), PageError> {
    use super::{place::member_path, posted::form_of};
    use crate::ssr;
    use wire::staff::ReasonRequest;
    let (backend, staff) = ssr::staff().await?;
    let (path, name) = (member_path(user_id), form_of("unban", user_id));
    let request = ReasonRequest {
        reason: reason.clone(),
    };
    let lifted = backend.accounts.unban(&staff, user_id, request).await;
    let typed = [("reason", reason.as_deref().unwrap_or_default())];
    lifted.map_err(|error| ssr::bounce(&path, &name, &typed, error))?;
    ssr::done(&path);
    Ok(())
}

/// Gives a member tokens, once per key.
#[server(protocol = PostWhole<PostedTokens>)]
pub async fn give_tokens(form: PostedTokens) -> Result<TokensMoved, PageError> {
    move_tokens(form, super::way::Way::Give).await
}

/// Takes tokens of a member's, once per key.
#[server(protocol = PostWhole<PostedTokens>)]
pub async fn take_tokens(form: PostedTokens) -> Result<TokensMoved, PageError> {
    move_tokens(form, super::way::Way::Take).await
}

#[cfg(feature = "ssr")]
async fn move_tokens(form: PostedTokens, way: super::way::Way) -> Result<TokensMoved, PageError> {
    use super::{place::member_path, posted::form_of};
    use crate::ssr;
    let (backend, staff) = ssr::staff().await?;
    let (path, name) = (member_path(form.user_id), form_of(way.word(), form.user_id));
    let moved = form.act(&backend, &staff, way).await;
    let moved = moved.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    ssr::done(&path);
    Ok(moved)
}
