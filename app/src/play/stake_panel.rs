//! Choosing what the next hand costs.

use leptos::prelude::*;

use super::Table;
use crate::{
    keys::{Binding, Key, use_keys},
    tr,
    ui::{Limits, StakeInput},
};

/// The stake of the table, within the limits of its game and what the member holds.
#[component]
pub(crate) fn StakePanel(
    table: Table,
    #[prop(into)] limits: Signal<Limits>,
    /// Whether a hand is under way.
    #[prop(into)]
    is_locked: Signal<bool>,
) -> impl IntoView {
    let stake_keys = tr!(table.i18n, keys.stake);
    use_keys().declare([Binding::told(&[Key::Up, Key::Down], stake_keys)]);
    // Before the balance is known, nothing is said to be beyond it.
    let affordable = Signal::derive(move || {
        let most = limits.get().max.get();
        table
            .wallet
            .shown()
            .map_or(most, |balance| balance.min(most))
    });
    view! { <StakeInput stake=table.stake limits affordable disabled=is_locked/> }
}
