//! What is hard to undo names whom it is done to.

use leptos::{ev::Event, prelude::*};

use super::acts::Whom;
use crate::{
    tr,
    ui::{Field, Submission},
    words::{I18n, fill},
};

/// Asks for the member's site id, and says while another one is typed. An empty field is left to the club,
/// which asks for it as well.
#[component]
pub(super) fn Sure(
    whom: Whom,
    /// Which of the page's forms it is in.
    within: &'static str,
    /// What stands in it at first.
    typed: String,
    is_another: RwSignal<bool>,
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (site_id, wanted) = (whom.site_id.clone(), whom.site_id);
    let label = move || fill(tr!(i18n, desk.sure)(), &[("site_id", &site_id)]);
    let check = move |event: Event| {
        let typed = event_target_value(&event);
        is_another.set(!typed.is_empty() && typed.trim() != wanted);
    };
    view! {
        <div on:input=check>
            <Field name="site_id" within=within label=label value=typed submission/>
        </div>
    }
    .into_any()
}
