//! What the forms of the desk post to.

use leptos::prelude::*;
use wire::{
    UserId,
    desk::{ShownPhone, TokensMoved},
    staff::{ReasonRequest, StaffMember},
};

use super::{
    left::TOLD,
    place::member_path,
    posted::{PostedBan, PostedTokens, form_of},
    ticked::{self, Ticked, staff_path},
    way::{Way, amount_of},
};
use crate::{
    error::PageError,
    protocol::{Post, PostWhole},
    ssr,
};

/// Gives a member the roles that were ticked, and no others.
#[server(protocol = PostWhole<Ticked>)]
pub async fn change_roles(form: Ticked) -> Result<StaffMember, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let (accounts, user) = (&backend.accounts, form.user_id);
    let (path, name, roles) = (
        staff_path(user),
        ticked::form_of(user),
        form.roles().as_text(),
    );
    let changed = accounts.set_roles(&staff, user, form.change()).await;
    let reason = form.reason.as_deref().unwrap_or_default();
    let typed = [("roles", roles.as_str()), ("reason", reason)];
    let member = changed.map_err(|error| ssr::bounce(&path, &name, &typed, error))?;
    ssr::tell(&path, &name, "");
    Ok(member)
}

/// A member's whole phone number, for once.
#[server(protocol = Post)]
pub async fn show_phone(user_id: UserId) -> Result<ShownPhone, PageError> {
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
    let (backend, staff) = ssr::staff().await?;
    let (path, name) = (member_path(form.user_id), form_of("ban", form.user_id));
    let banned = form.act(&backend, &staff).await;
    banned.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    ssr::tell(&path, &form_of(TOLD, form.user_id), "");
    Ok(())
}

/// Lets a member in again.
#[server(protocol = Post)]
pub async fn unban_member(
    user_id: UserId,
    #[server(default)] reason: Option<String>,
) -> Result<(), PageError> {
    let (backend, staff) = ssr::staff().await?;
    let (path, name) = (member_path(user_id), form_of("unban", user_id));
    let request = ReasonRequest {
        reason: reason.clone(),
    };
    let lifted = backend.accounts.unban(&staff, user_id, request).await;
    let typed = [("reason", reason.as_deref().unwrap_or_default())];
    lifted.map_err(|error| ssr::bounce(&path, &name, &typed, error))?;
    ssr::tell(&path, &form_of(TOLD, user_id), "");
    Ok(())
}

/// Gives a member tokens, once per key.
#[server(protocol = PostWhole<PostedTokens>)]
pub async fn give_tokens(form: PostedTokens) -> Result<TokensMoved, PageError> {
    move_tokens(form, Way::Give).await
}

/// Takes tokens of a member's, once per key.
#[server(protocol = PostWhole<PostedTokens>)]
pub async fn take_tokens(form: PostedTokens) -> Result<TokensMoved, PageError> {
    move_tokens(form, Way::Take).await
}

async fn move_tokens(form: PostedTokens, way: Way) -> Result<TokensMoved, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let (path, name) = (member_path(form.user_id), form_of(way.word(), form.user_id));
    let moved = form.act(&backend, &staff, way).await;
    let moved = moved.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    let amount = amount_of(&form.amount).unwrap_or_default();
    let told = way.told(amount, moved.balance);
    ssr::tell(&path, &form_of(TOLD, form.user_id), &told);
    Ok(moved)
}
