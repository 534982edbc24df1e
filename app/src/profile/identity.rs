//! Who the member is.

use leptos::prelude::*;
use wire::user::User;

use super::worn::{Portrait, WornTitle};
use crate::{
    format,
    session::{use_session, use_wallet},
    tr,
    ui::{Badge, Fact, TokenAmount, When, glyphs},
    words::{self, I18n, fill},
};

/// Who the member is and what they hold.
#[component]
pub(super) fn Identity(user: User) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let wallet = use_wallet();
    let (id, first) = (user.id, user.cyber_token_balance.get());
    let balance = Signal::derive(move || wallet.shown_to(id).unwrap_or(first));
    let initial = user
        .nickname
        .chars()
        .next()
        .unwrap_or('?')
        .to_uppercase()
        .to_string();
    let glyphs = glyphs([&*user.nickname]);
    let viewer = use_session().viewer;
    let worn = move || async move {
        let viewer = viewer.await.ok().flatten();
        viewer.map(|viewer| viewer.equipment).unwrap_or_default()
    };
    let portrait = move || {
        let initial = initial.clone();
        Suspend::new(async move {
            let worn = worn().await;
            view! { <Portrait initial worn/> }
        })
    };
    let title = move || {
        Suspend::new(async move {
            let worn = worn().await;
            view! { <p class="worn-line"><WornTitle worn/></p> }
        })
    };
    let level = move || {
        fill(
            tr!(i18n, home.level)(),
            &[("level", &user.level.to_string())],
        )
    };
    let desk = user.is_admin.then(|| {
        view! { <a class="text-link" href="/admin" rel="external">{tr!(i18n, desk.title)}</a> }
    });
    view! {
        {glyphs}
        <header class="identity">
            <Transition fallback=|| ()>{portrait}</Transition>
            <div class="identity-words">
                <h1 class="page-title">{user.nickname}</h1>
                <Transition fallback=|| ()>{title}</Transition>
                <p class="identity-line">
                    <Badge>{move || words::of_rank(i18n.get_locale(), user.rank)}</Badge>
                    <Badge>{level}</Badge>
                    <span class="identity-id">"@" {user.site_id}</span>
                </p>
                <p class="row identity-ways">
                    <a class="text-link" href="/inventory">{tr!(i18n, bag.title)}</a>
                    <a class="text-link" href="/receipts">{tr!(i18n, receipt.title)}</a>
                    <a class="text-link" href="/settings">{tr!(i18n, nav.settings)}</a>
                    {desk}
                </p>
            </div>
            <dl class="facts facts-row identity-facts">
                <Fact name=tr!(i18n, profile.balance)><TokenAmount value=balance/></Fact>
                <Fact name=tr!(i18n, profile.experience)>{format::group(user.experience)} " XP"</Fact>
                <Fact name=tr!(i18n, profile.joined)><When at=user.created_at/></Fact>
            </dl>
        </header>
    }
    .into_any()
}
