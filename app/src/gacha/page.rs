//! The gacha's page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{gacha_stats, room::Room};
use crate::{
    error::PageError,
    session::{call, is_visitor, use_session},
    tr, tr_title,
    trouble::refused,
    ui::Skeleton,
    words::I18n,
};

/// The machine, the collection and what was pulled. Visitors may look.
#[component]
pub fn GachaPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let stats = Resource::new_blocking(
        || (),
        |()| async {
            if is_visitor().await {
                return Ok(None);
            }
            call(gacha_stats).await.map(Some)
        },
    );
    let room = move || {
        Suspend::new(async move {
            let is_member = session.may_be_member().await;
            match stats.await {
                // Whoever signed in elsewhere meanwhile is still a visitor to this page.
                Ok(stats) => {
                    let is_member = is_member && stats.is_some();
                    view! { <Room stats is_member/> }.into_any()
                }
                Err(error) if is_member => refused(error),
                Err(PageError::Refused(_) | PageError::Offline) => {
                    view! { <Room stats=None is_member=false/> }.into_any()
                }
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.gacha)/>
        <h1 class="sr-only">{tr!(i18n, gacha.name)}</h1>
        <Transition fallback=|| view! { <Skeleton rows=8/> }>{room}</Transition>
    }
    .into_any()
}
