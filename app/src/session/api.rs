//! Who asks, and in which language.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{shop::Equipment, user::User};

use crate::{error::PageError, protocol::Post};

/// The member who looks at the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// As they see themselves.
    pub user: User,
    /// The number of their newest transfer, to order balances by.
    pub seq: i64,
    /// How many notifications they have not read.
    pub unread: i64,
    /// What they wear.
    pub equipment: Equipment,
}

/// The member who looks at the page, or nobody.
#[server(protocol = Post)]
pub async fn load_viewer() -> Result<Option<Viewer>, PageError> {
    use crate::ssr;
    let (backend, Some(member)) = ssr::any_reader().await? else {
        return Ok(None);
    };
    let balance = backend
        .ledger
        .balance(member.user_id)
        .await
        .map_err(ssr::fail)?;
    let mut user = backend
        .accounts
        .me(member.user_id)
        .await
        .map_err(ssr::fail)?;
    user.cyber_token_balance = balance.cyber_token_balance;
    let unread = backend.live.unread(member.user_id);
    let equipment = backend.inventory.equipment(member.user_id);
    Ok(Some(Viewer {
        user,
        seq: balance.seq,
        unread: unread.await.map_err(ssr::fail)?.unread,
        equipment: equipment.await.map_err(ssr::fail)?,
    }))
}

/// Keeps a language for a browser without JavaScript, and goes back to where it was.
#[server(protocol = Post)]
pub async fn set_language(locale: String, next: String) -> Result<(), PageError> {
    use crate::{
        i18n::{LANGUAGE_COOKIE, Locale},
        ssr,
    };
    if let Ok(locale) = locale.parse::<Locale>() {
        ssr::cookies::keep(LANGUAGE_COOKIE, leptos_i18n::Locale::as_str(locale));
    }
    ssr::redirect(&next);
    Ok(())
}
