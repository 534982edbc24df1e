//! What stands around every page.

mod account;
mod header;
mod navigation;

use leptos::prelude::*;

use crate::{tr, ui::ToastStack, words::I18n};
use header::Header;
use navigation::Navigation;

/// Header, navigation and notices around a page.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <a class="skip-link" href="#main" rel="external">{tr!(i18n, nav.skip)}</a>
        <Header/>
        <Navigation/>
        <main id="main" class="page" tabindex="-1">{children()}</main>
        <ToastStack/>
    }
    .into_any()
}
