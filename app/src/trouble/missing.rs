//! The page that is not there.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    tr, tr_title,
    ui::{Art, Weight},
    words::I18n,
};

/// 404, as a page.
#[component]
pub fn MissingPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text=tr_title!(i18n, title.missing)/>
        <div class="trouble">
            <Art name="door" class="art-huge"/>
            <h1 class="page-title">{tr!(i18n, missing.title)}</h1>
            <p class="page-lead">{tr!(i18n, missing.text)}</p>
            <a class=Weight::Primary.class() href="/">{tr!(i18n, missing.home)}</a>
        </div>
    }
    .into_any()
}
