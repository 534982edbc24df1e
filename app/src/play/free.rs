//! What is left to do for whoever cannot stake anything.

use leptos::prelude::*;

use super::Table;
use crate::{
    format, tr,
    words::{I18n, fill},
};

/// What costs nothing, said to a member whose balance pays for no hand.
#[component]
pub(crate) fn Free(
    table: Table,
    /// The least that a hand costs.
    #[prop(into)]
    least: Signal<i64>,
    /// Whether a hand is under way, which may bring tokens.
    #[prop(into)]
    is_locked: Signal<bool>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_shown = Memo::new(move |_| !is_locked.get() && !table.affords(least.get()));
    let lead = move || {
        let amount = format::group(least.get());
        fill(tr!(i18n, play.free_lead)(), &[("amount", &amount)])
    };
    let list = move || {
        view! {
            <p>{lead}</p>
            <ul>
                <li><a class="text-link" href="/profile#achievements">{tr!(i18n, play.free_rewards)}</a></li>
                <li><a class="text-link" href="/fairness">{tr!(i18n, play.free_check)}</a></li>
            </ul>
        }
    };
    view! {
        <div class="free" role="status" data-testid="free">
            <Show when=move || is_shown.get()>{list()}</Show>
        </div>
    }
    .into_any()
}
