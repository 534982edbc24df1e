//! A hash, a seed or an id: whole for reading, with a button that copies it.

use leptos::{html::Code, prelude::*, text_prop::TextProp};

use super::{Icon, use_alive, use_toasts};
use crate::{browser, task::spawn_owned, tr, tr_now, words::I18n};

/// A long value in the colour of fairness.
#[component]
pub fn Hash(
    #[prop(into)] value: String,
    /// What it is, for the copy button.
    #[prop(into)]
    label: TextProp,
    #[prop(optional)] testid: Option<&'static str>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (toasts, is_alive) = (use_toasts(), use_alive());
    let written = NodeRef::<Code>::new();
    let copied = value.clone();
    let copy = move |_| {
        let copied = copied.clone();
        spawn_owned(async move {
            if browser::copy(&copied).await {
                toasts.say(tr_now!(i18n, ui.copied).to_owned());
                return;
            }
            if let Some(written) = written.try_get_untracked().flatten() {
                browser::select(&written);
            }
            toasts.warn(tr_now!(i18n, ui.copy_by_hand).to_owned());
        });
    };
    let name = move || format!("{}: {}", tr!(i18n, ui.copy)(), label.get());
    view! {
        <span class="hash">
            <code node_ref=written class="hash-text" data-testid=testid>{value}</code>
            <button type="button" class="icon-button" aria-label=name.clone() title=name disabled=move || !is_alive.get() on:click=copy>
                <Icon name="copy"/>
            </button>
        </span>
    }
    .into_any()
}
