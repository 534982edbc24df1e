//! The bar at the top.

use leptos::prelude::*;

use super::account::Account;
use crate::{
    tr,
    ui::{Art, LanguageSwitch},
    words::I18n,
};

/// The logo, the balance, the language and the way in.
#[component]
pub(super) fn Header() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <header class="header">
            <a class="logo" href="/" aria-label=tr!(i18n, club.name)>
                <Art name="logo" class="logo-mark"/>
                <span class="logo-text" aria-hidden="true">"Casino" <b>"Club"</b></span>
            </a>
            <div class="header-tools">
                <LanguageSwitch/>
                <Account/>
            </div>
        </header>
    }
    .into_any()
}
