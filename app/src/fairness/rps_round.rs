//! What both hands showed.

use games::rps::{Outcome, Shape};
use leptos::{prelude::*, text_prop::TextProp};

use crate::{
    rps::{art, name, verdict},
    tr,
    ui::{Art, Badge},
    words::I18n,
};

/// The member's hand, the house's, and who won.
#[component]
pub(super) fn RpsOutcome(choice: Shape, outcome: Outcome) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <div class="hands-shown">
            <Shown shape=choice who=tr!(i18n, rps.me)/>
            <Badge>{move || verdict(i18n.get_locale(), outcome.verdict)}</Badge>
            <Shown shape=outcome.house who=tr!(i18n, rps.house)/>
        </div>
    }
    .into_any()
}

#[component]
fn Shown(shape: Shape, #[prop(into)] who: TextProp) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <figure class="hand-shown">
            <Art name=art(shape) class="art-large"/>
            <figcaption>{move || who.get()} " · " {move || name(i18n.get_locale(), shape)}</figcaption>
        </figure>
    }
    .into_any()
}
