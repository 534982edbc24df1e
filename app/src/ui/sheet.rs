//! A sheet: from below on a phone, in the middle of a desktop.

use leptos::{ev::MouseEvent, html::Dialog, prelude::*, text_prop::TextProp};

use super::{Icon, ToastStack, use_toasts};
use crate::{tr, words::I18n};

/// A modal sheet; the browser's own dialog keeps the focus inside and closes it with Escape. A press beside it
/// closes it too. One that is open from the first stands in the page until scripts lay it over it. Notices lie over it.
#[component]
pub fn Sheet(
    open: RwSignal<bool>,
    #[prop(into)] title: TextProp,
    /// Where a link finds it in the page.
    #[prop(optional)]
    id: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            if !dialog.matches(":modal").unwrap_or_default() {
                _ = dialog.remove_attribute("open");
                _ = dialog.show_modal();
            }
            toasts.lie_over(open);
        } else if dialog.open() {
            dialog.close();
        }
    });
    let heading = title.clone();
    // What is beside the sheet belongs to the dialog itself. A press that begins inside, as when text is marked, is none.
    let is_beside = move |event: &MouseEvent| {
        let dialog = dialog.try_get_untracked().flatten();
        dialog.is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()))
    };
    let began_beside = StoredValue::new(false);
    let began = move |event: MouseEvent| began_beside.set_value(is_beside(&event));
    let ended = move |event: MouseEvent| {
        if began_beside.try_get_value() == Some(true) && is_beside(&event) {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            id=id
            class="sheet"
            open=open.try_get_untracked().unwrap_or_default()
            aria-label=move || title.get()
            on:close=move |_| open.set(false)
            on:mousedown=began
            on:click=ended
        >
            <header class="sheet-head">
                <h2 class="card-title">{move || heading.get()}</h2>
                <button type="button" class="icon-button" aria-label=tr!(i18n, ui.close) on:click=move |_| open.set(false)>
                    <Icon name="close"/>
                </button>
            </header>
            <div class="sheet-body" tabindex="0">{children()}</div>
            <ToastStack sheet=open/>
        </dialog>
    }
    .into_any()
}
