//! The list of what the club told.

use leptos::prelude::*;
use wire::{Page, live::Notification};

use crate::{error::PageError, protocol::Post};

/// The member's notifications, newest first.
#[server(protocol = Post)]
pub async fn list_notifications(
    limit: i64,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<Notification>, PageError> {
    use crate::ssr;
    use wire::page::PageRequest;
    let (backend, member) = ssr::reader().await?;
    let limit = Some(limit);
    let live = &backend.live;
    let page = live.notifications(member.user_id, PageRequest { limit, cursor });
    page.await.map_err(ssr::fail)
}

/// Marks the member's notifications up to this one as read.
#[server(protocol = Post)]
pub async fn read_notifications(until: i64) -> Result<(), PageError> {
    use crate::ssr;
    let (backend, member) = ssr::member().await?;
    let read = backend.live.read_until(member.user_id, until);
    read.await.map_err(ssr::fail)
}
