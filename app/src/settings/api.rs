//! What a member changes of themselves, and how a browser likes the club.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{Secret, SessionId, auth::Session, user::User};

use crate::{
    error::PageError,
    preference::{Motion, Sound},
    protocol::Post,
};

/// A member, as their settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Who.
    pub user: User,
    /// Where they are signed in.
    pub devices: Vec<Session>,
}

/// The account of the member who asks; a visitor has none.
#[server(protocol = Post)]
pub async fn load_account() -> Result<Option<Account>, PageError> {
    use crate::ssr;
    let (backend, Some(member)) = ssr::any_reader().await? else {
        return Ok(None);
    };
    let user = backend.accounts.me(member.user_id).await;
    let devices = backend.accounts.sessions(&member).await;
    let (user, devices) = (user.map_err(ssr::fail)?, devices.map_err(ssr::fail)?);
    Ok(Some(Account { user, devices }))
}

/// Signs another device out.
#[server(protocol = Post)]
pub async fn end_session(session_id: SessionId) -> Result<(), PageError> {
    use crate::ssr;
    let (backend, member) = ssr::member().await?;
    backend
        .accounts
        .end_session(&member, &session_id)
        .await
        .map_err(ssr::fail)?;
    ssr::done("/settings#devices");
    Ok(())
}

/// Changes what others see.
#[server(protocol = Post)]
pub async fn change_nickname(nickname: String) -> Result<(), PageError> {
    use wire::user::ProfileChange;
    let change = ProfileChange {
        nickname: Some(nickname.clone()),
        ..ProfileChange::default()
    };
    apply(change, "nickname", &[("nickname", &nickname)]).await
}

/// Changes the phone number, for whoever knows the password, and a code where they have a second factor.
#[server(protocol = Post)]
pub async fn change_phone(
    phone_number: String,
    current_password: Secret,
    #[server(default)] code: Option<Secret>,
) -> Result<(), PageError> {
    use wire::user::ProfileChange;
    let change = ProfileChange {
        phone_number: Some(phone_number.clone()),
        current_password: Some(current_password.0),
        code,
        ..ProfileChange::default()
    };
    apply(change, "phone", &[("phone_number", &phone_number)]).await
}

/// Changes the password, for whoever shows the same, and signs the other devices out.
#[server(protocol = Post)]
pub async fn change_password(
    current_password: Secret,
    password: Secret,
    #[server(default)] code: Option<Secret>,
) -> Result<(), PageError> {
    use wire::user::ProfileChange;
    let (password, current_password) = (Some(password.0), Some(current_password.0));
    apply(
        ProfileChange {
            password,
            current_password,
            code,
            ..ProfileChange::default()
        },
        "password",
        &[],
    )
    .await
}

#[cfg(feature = "ssr")]
async fn apply(
    change: wire::user::ProfileChange,
    form: &str,
    typed: &[(&str, &str)],
) -> Result<(), PageError> {
    use crate::ssr;
    let ((backend, member), origin) = (ssr::member().await?, ssr::origin().await?);
    let accounts = &backend.accounts;
    let changed = accounts.change_profile(&member, &origin, change).await;
    changed.map_err(|error| ssr::bounce("/settings#account", form, typed, error))?;
    ssr::done("/settings#account");
    Ok(())
}

/// Keeps how much may move for a browser without JavaScript, and goes back to where it was.
#[server(protocol = Post)]
pub async fn set_motion(motion: Motion, next: String) -> Result<(), PageError> {
    use crate::{preference::MOTION_COOKIE, ssr};
    ssr::cookies::keep(MOTION_COOKIE, motion.as_str());
    ssr::redirect(&next);
    Ok(())
}

/// Keeps whether games make sounds for a browser without JavaScript, and goes back to where it was.
#[server(protocol = Post)]
pub async fn set_sound(sound: Sound, next: String) -> Result<(), PageError> {
    use crate::{preference::SOUND_COOKIE, ssr};
    ssr::cookies::keep(SOUND_COOKIE, sound.as_str());
    ssr::redirect(&next);
    Ok(())
}
