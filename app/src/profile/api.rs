//! What a member sees and changes of themselves.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{
    Page, SessionId,
    auth::Session,
    user::{Transaction, User},
};

use crate::{error::PageError, protocol::Post};

/// A member, as their own page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Who.
    pub user: User,
    /// Where they are signed in.
    pub devices: Vec<Session>,
}

/// The member's own page.
#[server(protocol = Post)]
pub async fn load_profile() -> Result<Profile, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::member().await?;
    let user = backend
        .accounts
        .me(member.user_id)
        .await
        .map_err(ssr::fail)?;
    let devices = backend
        .accounts
        .sessions(&member)
        .await
        .map_err(ssr::fail)?;
    Ok(Profile { user, devices })
}

/// The member's ledger, newest first.
#[server(protocol = Post)]
pub async fn list_transactions(
    limit: i64,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<Transaction>, PageError> {
    use crate::ssr;
    use wire::page::PageRequest;
    let (backend, member) = ssr::member().await?;
    let request = PageRequest {
        limit: Some(limit),
        cursor,
    };
    backend
        .ledger
        .transactions(member.user_id, request)
        .await
        .map_err(ssr::fail)
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
    ssr::done("/profile#devices");
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

/// Changes the phone number.
#[server(protocol = Post)]
pub async fn change_phone(phone_number: String) -> Result<(), PageError> {
    use wire::user::ProfileChange;
    let change = ProfileChange {
        phone_number: Some(phone_number.clone()),
        ..ProfileChange::default()
    };
    apply(change, "phone", &[("phone_number", &phone_number)]).await
}

/// Changes the password, and signs the other devices out.
#[server(protocol = Post)]
pub async fn change_password(current_password: String, password: String) -> Result<(), PageError> {
    use wire::user::ProfileChange;
    let (password, current_password) = (Some(password), Some(current_password));
    apply(
        ProfileChange {
            password,
            current_password,
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
    let (backend, member) = ssr::member().await?;
    let changed = backend.accounts.change_profile(&member, change).await;
    changed.map_err(|error| ssr::bounce("/profile#edit", form, typed, error))?;
    ssr::done("/profile#edit");
    Ok(())
}
