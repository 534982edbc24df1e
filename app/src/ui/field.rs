//! A field of a form, with its hint and its error.

use leptos::{prelude::*, text_prop::TextProp};

use super::{Icon, Submission};
use crate::{
    tr,
    words::{self, I18n},
};

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
    /// What refusals call it as well, where its form has no other field of that name.
    #[prop(optional)]
    also: Option<&'static str>,
    /// Whether it may be left empty.
    #[prop(optional)]
    is_optional: bool,
    /// Which of the page's forms it is in, where another one has a field of the same name.
    #[prop(optional)]
    within: Option<&'static str>,
    /// For the browser tests.
    #[prop(optional)]
    testid: Option<&'static str>,
    /// The form's fate.
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let place = within.map_or_else(|| name.to_owned(), |form| format!("{form}-{name}"));
    let id = format!("field-{place}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{error_id} {hint_id}");
    let is_required = !is_optional;
    let fault = Memo::new(move |_| {
        let error = submission.error()?;
        let fault = error.field(name);
        fault.or_else(|| error.field(also?))
    });
    let named = label.clone();
    let message = move || {
        let fault = fault.get()?;
        Some(words::of_field(i18n.get_locale(), &named.get(), &fault))
    };
    let is_shown = RwSignal::new(false);
    let kind = move || match keyboard {
        Keyboard::Secret if !is_shown.get() => "password",
        Keyboard::Text | Keyboard::Secret => "text",
        Keyboard::Phone => "tel",
    };
    let eye = (keyboard == Keyboard::Secret).then(|| {
        // What is sent is hidden again: browsers offer to remember secrets, not texts.
        Effect::new(move || {
            if submission.pending().get() {
                is_shown.set(false);
            }
        });
        view! { <Eye is_shown field=id.clone()/> }
    });
    view! {
        <div class="field">
            <label for=id.clone() class="field-label">{move || label.get()}</label>
            <div class="input-room">
                <input
                    id=id
                    class="input"
                    name=name
                    type=kind
                    value=value
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required=is_required
                    data-testid=testid
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=described
                />
                {eye}
            </div>
            <p id=error_id class="field-error" role="alert" data-testid=format!("field-error-{place}")>{message}</p>
            <p id=hint_id class="field-hint">{move || hint.as_ref().map(TextProp::get)}</p>
        </div>
    }
    .into_any()
}

/// Shows a secret, and hides it again.
#[component]
fn Eye(
    is_shown: RwSignal<bool>,
    /// The field's id.
    field: String,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <button
            type="button"
            class="icon-button input-eye needs-script"
            aria-label=tr!(i18n, auth.show)
            title=tr!(i18n, auth.show)
            aria-pressed=move || if is_shown.get() { "true" } else { "false" }
            aria-controls=field
            data-testid="eye"
            on:click=move |_| is_shown.update(|is_shown| *is_shown = !*is_shown)
        >
            <Show when=move || is_shown.get() fallback=|| view! { <Icon name="eye"/> }>
                <Icon name="eye-off"/>
            </Show>
        </button>
    }
    .into_any()
}
