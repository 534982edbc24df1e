//! Links to the next page of a list; they work without JavaScript.

use leptos::prelude::*;

use super::{Icon, Weight};
use crate::{tr, words::I18n};

/// Links to what follows and back to the newest.
#[component]
pub fn Pager(
    /// The page it stands on, as a path.
    path: &'static str,
    /// The query parameter that carries the cursor.
    parameter: &'static str,
    /// Where the next page starts, if there is one.
    next: Option<String>,
    /// Whether this is not the first page.
    is_later: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let newest = is_later.then(|| {
        view! { <a class=Weight::Quiet.class() href=path data-noscroll="true">{tr!(i18n, ui.newest)}</a> }
    });
    let more = next.map(|cursor| {
        let href = format!(
            "{path}?{parameter}={}",
            leptos_router::location::Url::escape(&cursor)
        );
        view! {
            <a class=Weight::Quiet.class() href=href data-noscroll="true" rel="next">
                {tr!(i18n, ui.more)}
                <Icon name="next"/>
            </a>
        }
    });
    view! { <nav class="pager">{newest} {more}</nav> }
}
