//! The small buttons below the stake.

use leptos::{prelude::*, text_prop::TextProp};

use super::{Table, mute::Mute};
use crate::ui::Icon;

/// The sound and the rules.
#[component]
pub(crate) fn Tools(
    table: Table,
    #[prop(into)] rules_name: TextProp,
    rules: RwSignal<bool>,
) -> impl IntoView {
    let title = rules_name.clone();
    view! {
        <div class="row">
            <Mute table/>
            <button
                type="button"
                class="icon-button"
                aria-label=move || rules_name.get()
                title=move || title.get()
                on:click=move |_| rules.set(true)
            >
                <Icon name="info"/>
            </button>
        </div>
    }
    .into_any()
}
