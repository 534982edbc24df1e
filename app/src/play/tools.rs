//! The small buttons below the stake.

use leptos::{prelude::*, text_prop::TextProp};

use super::{RulesLink, Table, mute::Mute};
use crate::ui::Icon;

/// The sound and the rules.
#[component]
pub(crate) fn Tools(
    table: Table,
    #[prop(into)] rules_name: TextProp,
    rules: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="row">
            <Mute table/>
            <RulesLink rules class="icon-button" label=rules_name>
                <Icon name="info"/>
            </RulesLink>
        </div>
    }
    .into_any()
}
