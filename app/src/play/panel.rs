//! What is pressed to play, once that does anything.

use leptos::prelude::*;

use crate::{
    tr,
    ui::{NoScript, use_alive},
    words::I18n,
};

/// The controls of a game: off until the page is alive, and off for good without JavaScript, which
/// a sentence says.
#[component]
pub(crate) fn Panel(
    #[prop(default = "controls")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_alive = use_alive();
    view! {
        <fieldset class=class disabled=move || !is_alive.get() data-testid="controls">
            <NoScript text=tr!(i18n, play.no_script)/>
            {children()}
        </fieldset>
    }
    .into_any()
}
