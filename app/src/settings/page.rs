//! The settings, for members and visitors.

use leptos::prelude::*;
use leptos_meta::Title;
use wire::auth::Session;

use super::{
    Account, account::AccountCard, api::load_account, devices::Devices, preferences::Preferences,
};
use crate::{
    auth::SignOut,
    paths::sign_in_path,
    session::{call, use_session},
    tr, tr_title,
    trouble::refused,
    ui::{Card, Skeleton, Weight, take_refusal},
    words::I18n,
};

/// What can be set.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let account = Resource::new_blocking(move || session.version(), |_| call(load_account));
    let refusal = Resource::new_blocking(
        || (),
        |()| async { ["nickname", "phone", "password"].map(take_refusal) },
    );
    let who = move || {
        Suspend::new(async move {
            let refusal = refusal.await;
            match session.stand(account).await {
                Ok(Some(Account { user, .. })) => view! { <AccountCard user refusal/> }.into_any(),
                Ok(None) => view! { <Outside/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    let places = move || {
        Suspend::new(async move {
            let account = account.await.ok().flatten();
            account.map(|Account { devices, .. }| view! { <Places devices/> })
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.settings)/>
        <h1 class="page-title">{tr!(i18n, settings.title)}</h1>
        <div class="columns">
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton rows=4/> }>{who}</Transition>
                <Preferences/>
            </div>
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton rows=6/> }>{places}</Transition>
            </div>
        </div>
    }
    .into_any()
}

/// What a visitor finds in place of an account.
#[component]
fn Outside() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Card title=tr!(i18n, settings.account) lead=tr!(i18n, settings.account_outside)>
            <p class="row">
                <a class=Weight::Primary.class() href=sign_in_path("/settings")>{tr!(i18n, nav.sign_in)}</a>
                <a class=Weight::Quiet.class() href="/signup">{tr!(i18n, nav.sign_up)}</a>
            </p>
        </Card>
    }
    .into_any()
}

/// Where a member is signed in, and the ways out.
#[component]
fn Places(devices: Vec<Session>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Devices devices/>
        <Card title=tr!(i18n, auth.sign_out) lead=tr!(i18n, profile.sign_out_text)>
            <SignOut/>
        </Card>
    }
    .into_any()
}
