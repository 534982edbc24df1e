//! Signing up, in and out.

use leptos::prelude::*;
use wire::auth::{LoginRequest, SignUpRequest};

use crate::{error::PageError, protocol::Post};

/// Makes a member and signs them in.
#[server(protocol = Post)]
pub async fn sign_up(
    #[server(flatten)] form: SignUpRequest,
    #[server(default)] next: String,
) -> Result<(), PageError> {
    use crate::{paths::door_path, ssr};
    let (door, typed) = (door_path("/signup", &next), form.clone());
    let signed = ssr::backend()?
        .accounts
        .sign_up(form, &ssr::device().await?)
        .await;
    let values = [
        ("site_id", &*typed.site_id),
        ("nickname", &typed.nickname),
        ("phone_number", &typed.phone_number),
        ("invite_code", &typed.invite_code),
    ];
    let token = signed.map_err(|error| ssr::bounce(&door, "sign_up", &values, error))?;
    ssr::cookies::sign_in(&token);
    ssr::redirect(&next);
    Ok(())
}

/// Signs a member in.
#[server(protocol = Post)]
pub async fn log_in(
    #[server(flatten)] form: LoginRequest,
    #[server(default)] next: String,
) -> Result<(), PageError> {
    use crate::{paths::sign_in_path, ssr};
    let site_id = form.site_id.clone();
    let signed = ssr::backend()?
        .accounts
        .login(form, &ssr::device().await?)
        .await;
    let door = sign_in_path(&next);
    let token =
        signed.map_err(|error| ssr::bounce(&door, "log_in", &[("site_id", &site_id)], error))?;
    ssr::cookies::sign_in(&token);
    ssr::redirect(&next);
    Ok(())
}

/// Ends this sign-in.
#[server(protocol = Post)]
pub async fn log_out() -> Result<(), PageError> {
    use crate::ssr;
    if let Some(member) = ssr::visitor().await? {
        ssr::backend()?
            .accounts
            .logout(&member, None)
            .await
            .map_err(ssr::fail)?;
    }
    ssr::cookies::sign_out();
    ssr::redirect("/");
    Ok(())
}

/// Ends every sign-in of the member.
#[server(protocol = Post)]
pub async fn log_out_all() -> Result<(), PageError> {
    use crate::ssr;
    let (backend, member) = ssr::member().await?;
    backend
        .accounts
        .logout_all(&member)
        .await
        .map_err(ssr::fail)?;
    ssr::cookies::sign_out();
    ssr::redirect("/");
    Ok(())
}
