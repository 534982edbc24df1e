//! Signing up, in and out.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::Secret;

use crate::{
    error::PageError,
    protocol::{Post, PostWhole},
};

/// What is filled in at the door, and where to go from there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Joining {
    site_id: String,
    nickname: String,
    phone_number: String,
    password: Secret,
    invite_code: String,
    #[serde(default)]
    next: String,
}

/// Makes a member and signs them in.
#[server(protocol = PostWhole<Joining>)]
pub async fn sign_up(form: Joining) -> Result<(), PageError> {
    use crate::{paths::door_path, ssr};
    use backend::Entry;
    use wire::auth::SignUpRequest;
    let door = door_path("/signup", &form.next);
    let request = SignUpRequest {
        site_id: form.site_id.clone(),
        nickname: form.nickname.clone(),
        phone_number: form.phone_number.clone(),
        password: form.password.0.clone(),
        invite_code: form.invite_code.clone(),
    };
    let (device, before) = (ssr::device().await?, ssr::refresh_token());
    let entry = Entry::of_browser(&device, before.as_deref());
    let signed = ssr::backend()?.accounts.sign_up(request, entry).await;
    let values = [
        ("site_id", &*form.site_id),
        ("nickname", &form.nickname),
        ("phone_number", &form.phone_number),
        ("invite_code", &form.invite_code),
    ];
    let token = signed.map_err(|error| ssr::bounce(&door, "sign_up", &values, error))?;
    ssr::cookies::sign_in(&token);
    ssr::redirect(&form.next);
    Ok(())
}

/// Signs a member in.
#[server(protocol = Post)]
pub async fn log_in(
    site_id: String,
    password: Secret,
    #[server(default)] next: String,
) -> Result<(), PageError> {
    use crate::{paths::sign_in_path, ssr};
    use backend::Entry;
    use wire::auth::LoginRequest;
    let request = LoginRequest {
        site_id: site_id.clone(),
        password: password.0,
    };
    let (device, before) = (ssr::device().await?, ssr::refresh_token());
    let entry = Entry::of_browser(&device, before.as_deref());
    let signed = ssr::backend()?.accounts.login(request, entry).await;
    let door = sign_in_path(&next);
    let token =
        signed.map_err(|error| ssr::bounce(&door, "log_in", &[("site_id", &site_id)], error))?;
    ssr::cookies::sign_in(&token);
    ssr::redirect(&next);
    Ok(())
}

/// Ends this sign-in, also one whose access token has run out.
#[server(protocol = Post)]
pub async fn log_out() -> Result<(), PageError> {
    use crate::ssr;
    let backend = ssr::backend()?;
    let accounts = &backend.accounts;
    let ended = match (ssr::visitor().await?, ssr::refresh_token()) {
        (Some(member), refresh) => accounts.logout(&member, refresh.as_deref()).await,
        (None, Some(refresh)) => accounts.logout_by(&refresh).await,
        (None, None) => Ok(()),
    };
    ended.map_err(ssr::fail)?;
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_comes_in_shows_no_password() {
        let password = "hunter2-hunter2";
        let joining: Joining = serde_json::from_value(json!({
            "site_id": "ann", "nickname": "ann", "phone_number": "01012345678",
            "password": password, "invite_code": "5858",
        }))
        .unwrap();
        let coming = LogIn {
            site_id: "ann".to_owned(),
            password: Secret(password.to_owned()),
            next: String::new(),
        };
        let shown = format!("{joining:?} {:?} {coming:?}", SignUp::from(joining.clone()));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
