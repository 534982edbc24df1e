//! What was done from a page just now.

use leptos::prelude::*;

use crate::{tr, words::I18n};

/// Says it, once; that it was done where it left nothing more to say.
#[component]
pub(super) fn Told(told: Option<String>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let told = told.map(|told| {
        let text = move || match told.as_str() {
            "" => tr!(i18n, desk.act_done)().to_owned(),
            told => told.to_owned(),
        };
        view! { <p class="told" role="status" data-testid="told">{text}</p> }
    });
    view! { {told} }.into_any()
}
