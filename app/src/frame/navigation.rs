//! The bar at the bottom of a phone, the rail at the left of a desktop.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::{tr, ui::Icon, words::I18n};

/// The places of the club.
#[component]
pub(super) fn Navigation() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <nav class="nav" aria-label=tr!(i18n, nav.label)>
            <A href="/" exact=true><Icon name="home"/><span>{tr!(i18n, nav.home)}</span></A>
            <A href="/games"><Icon name="games"/><span>{tr!(i18n, nav.games)}</span></A>
            <A href="/shop"><Icon name="shop"/><span>{tr!(i18n, nav.shop)}</span></A>
            <A href="/fairness"><Icon name="shield"/><span>{tr!(i18n, nav.fairness)}</span></A>
            <A href="/profile"><Icon name="user"/><span>{tr!(i18n, nav.profile)}</span></A>
        </nav>
    }
    .into_any()
}
