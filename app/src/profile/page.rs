//! The member's own page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    Profile, api::load_profile, devices::Devices, edit::Edit, hands_card::HandsCard,
    identity::Identity, ledger::Ledger, statistics::Statistics,
};
use crate::{
    auth::SignOut,
    session::{Refusal, call_as_member, take_refusal, use_session},
    tr, tr_title,
    trouble::refused,
    ui::{Card, Skeleton},
    words::I18n,
};

/// The member's own page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let version = RwSignal::new(0_u32);
    let profile = Resource::new_blocking(move || version.get(), |_| call_as_member(load_profile));
    let refusal = Resource::new_blocking(
        || (),
        |()| async { ["nickname", "phone", "password"].map(take_refusal) },
    );
    let changed = Callback::new(move |()| {
        version.update(|version| *version += 1);
        session.reload();
    });
    let head = move || {
        Suspend::new(async move {
            match profile.await {
                Ok(Profile { user, .. }) => view! { <Identity user/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    let side = move || {
        Suspend::new(async move {
            let refusal = refusal.await;
            profile
                .await
                .ok()
                .map(|profile| view! { <Side profile refusal changed/> })
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.profile)/>
        <Transition fallback=|| view! { <Skeleton rows=3/> }>{head}</Transition>
        <div class="columns">
            <div class="stack">
                <Ledger/>
                <HandsCard/>
            </div>
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton rows=10/> }>{side}</Transition>
            </div>
        </div>
    }
    .into_any()
}

/// What stands beside the records.
#[component]
fn Side(profile: Profile, refusal: [Option<Refusal>; 3], changed: Callback<()>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Profile {
        user,
        stats,
        devices,
    } = profile;
    view! {
        <Statistics stats/>
        <Edit user refusal changed/>
        <Devices devices changed/>
        <Card title=tr!(i18n, auth.sign_out) lead=tr!(i18n, profile.sign_out_text)>
            <SignOut/>
        </Card>
    }
    .into_any()
}
