//! What a member sees of themselves.

use leptos::prelude::*;
use wire::{
    Page,
    user::{Transaction, User},
};

use crate::{error::PageError, protocol::Post};

/// The member, as they see themselves.
#[server(protocol = Post)]
pub async fn load_profile() -> Result<User, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    let me = backend.accounts.me(member.user_id).await;
    me.map_err(ssr::fail)
}

/// The member's ledger, newest first.
#[server(protocol = Post)]
pub async fn list_transactions(
    limit: i64,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<Transaction>, PageError> {
    use crate::ssr;
    use wire::page::PageRequest;
    let (backend, member) = ssr::reader().await?;
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
