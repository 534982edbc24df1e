//! A field of a form, with its hint and its error.

use leptos::{prelude::*, text_prop::TextProp};

use super::Submission;
use crate::words::{self, I18n};

/// Which keyboard a phone shows, and how the browser fills the field in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keyboard {
    /// Text.
    #[default]
    Text,
    /// A phone number.
    Phone,
    /// A secret.
    Secret,
}

/// A labelled field. What was typed into a refused form without JavaScript stands in it again.
#[component]
pub fn Field(
    /// As it is sent.
    name: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] keyboard: Keyboard,
    /// The browser's word for what belongs here.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// For the browser tests.
    #[prop(optional)]
    testid: Option<&'static str>,
    /// The form's fate.
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let id = format!("field-{name}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{error_id} {hint_id}");
    let fault = Memo::new(move |_| submission.error().and_then(|error| error.field(name)));
    let message = move || {
        fault
            .get()
            .map(|fault| words::of_field(i18n.get_locale(), &fault))
    };
    let kind = match keyboard {
        Keyboard::Text => "text",
        Keyboard::Phone => "tel",
        Keyboard::Secret => "password",
    };
    view! {
        <div class="field">
            <label for=id.clone() class="field-label">{move || label.get()}</label>
            <input
                id=id
                class="input"
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required
                data-testid=testid
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described
            />
            <p id=error_id class="field-error" role="alert" data-testid=format!("field-error-{name}")>{message}</p>
            <p id=hint_id class="field-hint">{move || hint.as_ref().map(TextProp::get)}</p>
        </div>
    }
    .into_any()
}
