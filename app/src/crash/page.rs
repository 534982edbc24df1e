//! The page of crash.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{current_crash, points::load_past, room::Room};
use crate::{
    error::PageError,
    play::earlier_hands,
    session::{call, is_visitor, use_session},
    tr, tr_title,
    trouble::refused,
    words::I18n,
};

/// The curve, in mid-flight where a round is running. Visitors may look.
#[component]
pub fn CrashPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let current = Resource::new_blocking(
        || (),
        |()| async {
            if is_visitor().await {
                return Ok(None);
            }
            call(current_crash).await.map(Some)
        },
    );
    let past = load_past();
    let earlier = earlier_hands(games::Game::Crash);
    let room = move || {
        Suspend::new(async move {
            let is_member = session.may_be_member().await;
            let past = past.await;
            match current.await {
                // Whoever signed in elsewhere meanwhile is still a visitor to this page.
                Ok(seen) => {
                    let is_member = is_member && seen.is_some();
                    view! { <Room seen past earlier is_member/> }.into_any()
                }
                Err(error) if is_member => refused(error),
                Err(PageError::Refused(_) | PageError::Offline) => {
                    view! { <Room seen=None past earlier is_member=false/> }.into_any()
                }
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.crash)/>
        <h1 class="sr-only">{tr!(i18n, crash.name)}</h1>
        <Transition fallback=|| view! { <div class="launch"></div> }>{room}</Transition>
    }
    .into_any()
}
