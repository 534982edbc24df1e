//! Wins in a row.

use leptos::{prelude::*, text_prop::TextProp};

use super::Table;
use crate::words::fill;

/// How many wins in a row, from the second on; keeps its place before.
#[component]
pub(crate) fn Streak(
    table: Table,
    /// How it is said, with a `{count}`.
    #[prop(into)]
    phrase: TextProp,
) -> impl IntoView {
    let text = move || {
        let streak = table.streak.get();
        (streak > 1).then(|| fill(&phrase.get(), &[("count", &streak.to_string())]))
    };
    view! { <p class="streak">{text}</p> }
}
