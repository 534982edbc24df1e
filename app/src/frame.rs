//! What stands around every page.

mod account;
mod footer;
mod header;
mod key_help;
mod line;
mod navigation;
mod passage;

use leptos::prelude::*;

use crate::{tr, ui::ToastStack, words::I18n};
use footer::Footer;
use header::Header;
use key_help::KeyHelp;
use line::Line;
use navigation::Navigation;
use passage::Crossing;

pub(crate) use passage::provide_passage;

/// Header, navigation, footer and notices around a page.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let key_help = RwSignal::new(false);
    view! {
        <a class="skip-link" href="#main" rel="external">{tr!(i18n, nav.skip)}</a>
        <Header/>
        <Navigation/>
        <Crossing/>
        <Line/>
        <main id="main" class="page" tabindex="-1">{children()}</main>
        <Footer key_help/>
        <KeyHelp open=key_help/>
        <ToastStack/>
    }
    .into_any()
}
