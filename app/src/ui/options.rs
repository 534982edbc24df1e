//! One of a few: at once with JavaScript, through the server without.

use leptos::{ev::SubmitEvent, prelude::*, text_prop::TextProp};

use super::use_here;

/// One of the alternatives.
pub struct Alternative {
    value: &'static str,
    label: TextProp,
    language: Option<&'static str>,
}

impl Alternative {
    /// An alternative, as it is sent and as it is called.
    #[must_use]
    pub fn new(value: &'static str, label: impl Into<TextProp>) -> Self {
        Self {
            value,
            label: label.into(),
            language: None,
        }
    }

    /// The same, called so in this language.
    #[must_use]
    pub fn in_language(mut self, language: &'static str) -> Self {
        self.language = Some(language);
        self
    }
}

/// A row of buttons, one of them pressed.
#[component]
pub fn Options(
    /// What is chosen, for whoever cannot see where it stands.
    #[prop(into)]
    label: TextProp,
    /// The server function that keeps it where no script runs; it takes `next`, too.
    action: &'static str,
    /// The choice's name, as it is sent.
    name: &'static str,
    alternatives: Vec<Alternative>,
    #[prop(into)] chosen: Signal<&'static str>,
    choose: Callback<&'static str>,
) -> impl IntoView {
    let here = use_here();
    let on_submit = |event: SubmitEvent| event.prevent_default();
    let buttons = alternatives
        .into_iter()
        .map(|alternative| view! { <Choice name alternative chosen choose/> })
        .collect_view();
    view! {
        <form class="options" method="post" action=action aria-label=move || label.get() on:submit=on_submit>
            <input type="hidden" name="next" value=here/>
            {buttons}
        </form>
    }
    .into_any()
}

#[component]
fn Choice(
    name: &'static str,
    alternative: Alternative,
    chosen: Signal<&'static str>,
    choose: Callback<&'static str>,
) -> impl IntoView {
    let Alternative {
        value,
        label,
        language,
    } = alternative;
    let press = move |_| {
        _ = choose.try_run(value);
    };
    view! {
        <button
            class="option"
            name=name
            value=value
            lang=language
            aria-pressed=move || if chosen.get() == value { "true" } else { "false" }
            data-testid=format!("{name}-{value}")
            on:click=press
        >
            {move || label.get()}
        </button>
    }
    .into_any()
}
