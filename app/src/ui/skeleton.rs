//! What stands in for something that is loading, in its size.

use leptos::prelude::*;

use crate::{tr, words::I18n};

/// As many grey lines as the thing will have rows.
#[component]
pub fn Skeleton(#[prop(default = 3)] rows: usize) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <div class="skeleton" role="status">
            <span class="sr-only">{tr!(i18n, nav.loading)}</span>
            {(0..rows).map(|_| view! { <span class="skeleton-row"></span> }).collect_view()}
        </div>
    }
    .into_any()
}
