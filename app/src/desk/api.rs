//! What the forms of the desk post to.

use backend::{Backend, Staff};
use leptos::prelude::*;
use wire::{
    UserId,
    desk::{ShownPhone, TokensMoved},
    staff::StaffMember,
};

use super::{
    left::TOLD,
    place::member_path,
    posted::{PostedBan, PostedReason, PostedTokens, form_of},
    ticked::{self, Ticked, staff_path},
    way::{Way, amount_of},
};
use crate::{
    error::PageError,
    protocol::{Post, PostWhole},
    ssr,
};

/// Whoever runs the club and sends a form of that page. Who may not is led back to it, which says what they lack.
async fn sender(path: &str) -> Result<(Backend, Staff), PageError> {
    ssr::staff().await.inspect_err(|_| ssr::done(path))
}

/// Gives a member the roles that were ticked, and no others.
#[server(protocol = PostWhole<Ticked>)]
pub async fn change_roles(form: Ticked) -> Result<StaffMember, PageError> {
    let (path, name) = (staff_path(form.user_id), ticked::form_of(form.user_id));
    let (backend, staff) = sender(&path).await?;
    let changed = form.act(&backend, &staff).await;
    let roles = form.roles().as_text();
    let reason = form.reason.as_deref().unwrap_or_default();
    let typed = [("roles", roles.as_str()), ("reason", reason)];
    let member = changed.map_err(|error| ssr::bounce(&path, &name, &typed, error))?;
    ssr::tell(&path, &name, "");
    Ok(member)
}

/// Takes a member's second factor away.
#[server(protocol = PostWhole<PostedReason>)]
pub async fn reset_factor(form: PostedReason) -> Result<(), PageError> {
    let (path, name) = (staff_path(form.user_id), form_of("reset", form.user_id));
    let (backend, staff) = sender(&path).await?;
    let reset = form.reset(&backend, &staff).await;
    reset.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    ssr::tell(&path, &ticked::form_of(form.user_id), "");
    Ok(())
}

/// A member's whole phone number, for once.
#[server(protocol = Post)]
pub async fn show_phone(user_id: UserId) -> Result<ShownPhone, PageError> {
    let (path, form) = (member_path(user_id), form_of("phone", user_id));
    let (backend, staff) = sender(&path).await?;
    let shown = backend.accounts.phone_number(&staff, user_id).await;
    let shown = shown.map_err(|error| ssr::bounce(&path, &form, &[], error))?;
    ssr::tell(&path, &form, &shown.phone_number);
    Ok(shown)
}

/// Keeps a member out.
#[server(protocol = PostWhole<PostedBan>)]
pub async fn ban_member(form: PostedBan) -> Result<(), PageError> {
    let (path, name) = (member_path(form.user_id), form_of("ban", form.user_id));
    let (backend, staff) = sender(&path).await?;
    let banned = form.act(&backend, &staff).await;
    banned.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    ssr::tell(&path, &form_of(TOLD, form.user_id), "");
    Ok(())
}

/// Lets a member in again.
#[server(protocol = PostWhole<PostedReason>)]
pub async fn unban_member(form: PostedReason) -> Result<(), PageError> {
    let (path, name) = (member_path(form.user_id), form_of("unban", form.user_id));
    let (backend, staff) = sender(&path).await?;
    let lifted = form.unban(&backend, &staff).await;
    lifted.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    ssr::tell(&path, &form_of(TOLD, form.user_id), "");
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
    let (path, name) = (member_path(form.user_id), form_of(way.word(), form.user_id));
    let (backend, staff) = sender(&path).await?;
    let moved = form.act(&backend, &staff, way).await;
    let moved = moved.map_err(|error| ssr::bounce(&path, &name, &form.typed(), error))?;
    let amount = amount_of(&form.amount).unwrap_or_default();
    let told = way.told(amount, moved.balance);
    ssr::tell(&path, &form_of(TOLD, form.user_id), &told);
    Ok(moved)
}
