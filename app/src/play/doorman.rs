//! What a visitor finds in place of the controls.

use leptos::{prelude::*, text_prop::TextProp};

use super::RulesLink;
use crate::{
    paths::{door_path, sign_in_path},
    tr,
    ui::Weight,
    words::I18n,
};

/// The ways in, and the rules to read before.
#[component]
pub(crate) fn Doorman(
    /// Where to come back to.
    back: &'static str,
    #[prop(into)] lead: TextProp,
    #[prop(into)] rules_name: TextProp,
    rules: RwSignal<bool>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <div class="controls">
            <p class="page-lead">{move || lead.get()}</p>
            <a class=Weight::Primary.class() href=sign_in_path(back)>{tr!(i18n, nav.sign_in)}</a>
            <a class=Weight::Quiet.class() href=door_path("/signup", back)>{tr!(i18n, home.join)}</a>
            <RulesLink rules class=Weight::Quiet.class()>{move || rules_name.get()}</RulesLink>
        </div>
    }
    .into_any()
}
