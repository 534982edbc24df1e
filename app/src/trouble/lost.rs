//! A page whose file did not come.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    tr, tr_title,
    ui::{Art, Weight},
    words::I18n,
};

/// Says that the page did not come, with a way to try again.
#[component]
pub fn LostPage(
    /// The address that was asked for.
    wanted: String,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Title text=tr_title!(i18n, title.lost)/>
        <div class="trouble" role="alert">
            <Art name="door" class="art-huge"/>
            <h1 class="page-title">{tr!(i18n, lost.title)}</h1>
            <p class="page-lead">{tr!(i18n, lost.text)}</p>
            <a class=Weight::Primary.class() href=wanted rel="external">{tr!(i18n, ui.retry)}</a>
        </div>
    }
    .into_any()
}
