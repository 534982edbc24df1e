//! Who is in, and what they hold.

use leptos::prelude::*;

use crate::{
    error::PageError,
    live::{Bell, use_live},
    session::{Viewer, use_session, use_wallet},
    tr,
    ui::{TokenAmount, use_here},
    words::{self, I18n, fill},
};

/// The balance and the way to the profile, or the way in.
#[component]
pub(super) fn Account() -> impl IntoView {
    let session = use_session();
    let wallet = use_wallet();
    let live = use_live();
    let part = move || {
        Suspend::new(async move {
            let told = session.viewer.await;
            let noted = told.clone();
            Effect::new(move || session.note(&noted));
            let viewer = match told {
                Ok(viewer) => viewer,
                Err(error) if error.is_unauthenticated() => None,
                Err(error) => return view! { <NotKnown error/> }.into_any(),
            };
            let owner = viewer.clone();
            Effect::new(move || {
                wallet.open(owner.as_ref());
                live.unread.set(owner.as_ref().map(|owner| owner.unread));
            });
            match viewer {
                Some(viewer) => view! { <SignedIn viewer/> }.into_any(),
                None => view! { <SignedOut/> }.into_any(),
            }
        })
    };
    view! { <div class="account"><Transition fallback=|| ()>{part}</Transition></div> }
}

#[component]
fn SignedIn(viewer: Viewer) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let wallet = use_wallet();
    let (id, first) = (viewer.user.id, viewer.user.cyber_token_balance.get());
    let balance = Signal::derive(move || wallet.shown_to(id).unwrap_or(first));
    let initial = viewer
        .user
        .nickname
        .chars()
        .next()
        .unwrap_or('?')
        .to_uppercase()
        .to_string();
    let label = move || fill(tr!(i18n, nav.account)(), &[("name", &viewer.user.nickname)]);
    view! {
        <span class="balance" title=tr!(i18n, nav.balance)>
            <span class="sr-only">{tr!(i18n, nav.balance)}</span>
            <TokenAmount value=balance announced=true testid="balance"/>
        </span>
        <Bell first=viewer.unread/>
        <a class="avatar" href="/profile" aria-label=label>{initial}</a>
    }
    .into_any()
}

/// Who looks could not be told: a member is shown no door, and keeps what the page knows of them.
#[component]
fn NotKnown(error: PageError) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let why = move || words::failure(i18n.get_locale(), &error);
    view! {
        <a class="button button-small" href=use_here() rel="external" title=why data-testid="not-known">
            {tr!(i18n, ui.retry)}
        </a>
    }
    .into_any()
}

#[component]
fn SignedOut() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! { <a class="button button-small" href="/login">{tr!(i18n, nav.sign_in)}</a> }
}
