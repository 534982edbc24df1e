//! A code of the second factor, once one was asked for.

use leptos::prelude::*;
use wire::Code;

use crate::{
    tr,
    ui::{Field, Submission},
    words::I18n,
};

/// The field for it; nothing for whoever has no second factor, who is never asked.
#[component]
pub(super) fn CodeField(
    /// Which of the page's forms it is in.
    within: &'static str,
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    // It stays when another field is refused next.
    let is_asked = Memo::new(move |before: Option<&bool>| {
        let code = submission.error().and_then(|error| error.code());
        let is_now = matches!(code, Some(Code::CodeRequired | Code::WrongCode));
        is_now || before.is_some_and(|before| *before)
    });
    view! {
        <Show when=move || is_asked.get()>
            <Field name="code" within=within label=tr!(i18n, error.code_required) autocomplete="one-time-code" submission/>
        </Show>
    }
    .into_any()
}
