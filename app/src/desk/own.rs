//! What whoever runs the club does to their own sign-in.

use backend::Entry;
use leptos::prelude::*;
use wire::{
    Secret,
    auth::{AdminLoginRequest, TotpDisableRequest},
};

use super::{
    door::{DOOR, FACTOR, onward},
    left::TOLD,
};
use crate::{error::PageError, paths::door_path, protocol::Post, ssr};

/// What the form of the door is called.
pub(super) const ENTER: &str = "enter";
/// What the form is called that gives a second factor up.
pub(super) const GIVE_UP: &str = "factor-off";

/// Signs in whoever runs the club, in a session of staff's.
#[server(protocol = Post)]
pub async fn enter_desk(
    site_id: String,
    password: Secret,
    #[server(default)] code: Option<Secret>,
    #[server(default)] next: String,
) -> Result<(), PageError> {
    let request = AdminLoginRequest {
        site_id: site_id.clone(),
        password: password.0,
        code,
    };
    let (device, origin) = (ssr::device().await?, ssr::origin().await?);
    let before = ssr::refresh_token();
    let entry = Entry::of_browser(&device, before.as_deref()).in_request(&origin);
    let signed = ssr::backend()?.accounts.admin_login(request, entry).await;
    let next = onward(&next);
    let door = door_path(DOOR, next);
    let token =
        signed.map_err(|error| ssr::bounce(&door, ENTER, &[("site_id", &site_id)], error))?;
    ssr::cookies::sign_in(&token);
    ssr::redirect(next);
    Ok(())
}

/// Gives up one's second factor.
#[server(protocol = Post)]
pub async fn disable_factor(password: Secret, code: Secret) -> Result<(), PageError> {
    let called = ssr::staff_themselves().await;
    let called = called.inspect_err(|error| ssr::send_back(FACTOR, GIVE_UP, &[], error));
    let (backend, member, origin) = called?;
    let request = TotpDisableRequest { password, code };
    let accounts = &backend.accounts;
    let disabled = accounts.disable_second_factor(&member, &origin, request);
    let disabled = disabled.await;
    disabled.map_err(|error| ssr::bounce(FACTOR, GIVE_UP, &[], error))?;
    ssr::tell(FACTOR, TOLD, "");
    Ok(())
}
