//! Links to the next page of a list; they work without JavaScript.

use leptos::prelude::*;

use super::{Icon, Weight, use_here_with};
use crate::{tr, words::I18n};

/// Links to what follows and back to the newest; filters and the places in other lists stay.
#[component]
pub fn Pager(
    /// The query parameter that carries the cursor.
    parameter: &'static str,
    /// Where the next page starts, if there is one.
    next: Option<String>,
    /// Whether this is not the first page.
    is_later: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let newest = is_later.then(|| {
        let href = use_here_with(parameter, None);
        view! { <a class=Weight::Quiet.class() href=href data-noscroll="true">{tr!(i18n, ui.newest)}</a> }
    });
    let more = next.map(|cursor| {
        let href = use_here_with(parameter, Some(cursor));
        view! {
            <a class=Weight::Quiet.class() href=href data-noscroll="true" rel="next">
                {tr!(i18n, ui.more)}
                <Icon name="next"/>
            </a>
        }
    });
    view! { <nav class="pager">{newest} {more}</nav> }
}
