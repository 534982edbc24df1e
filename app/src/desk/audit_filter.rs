//! What the audit log is filtered by.

use leptos::{prelude::*, text_prop::TextProp};

use super::{choice::Choice, place::Place};
use crate::{tr, ui::Button, words::I18n};

/// A form whose state is the address; it begins at the newest.
#[component]
pub(super) fn Filter(choice: Choice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let path = Place::Audit.path();
    view! {
        <form class="desk-filter" method="get" action=path>
            <FilterField name="actor" label=tr!(i18n, desk.actor_number) value=choice.actor/>
            <FilterField name="action" label=tr!(i18n, desk.action) value=choice.action/>
            <FilterField name="subject" label=tr!(i18n, desk.subject) value=choice.subject/>
            <FilterField name="outcome" label=tr!(i18n, desk.outcome) value=choice.outcome/>
            <FilterField name="from" label=tr!(i18n, desk.from_day) value=choice.from kind="date"/>
            <FilterField name="until" label=tr!(i18n, desk.until_day) value=choice.until kind="date"/>
            <div class="row">
                <Button testid="filter">{tr!(i18n, desk.find)}</Button>
                <a class="text-link" href=path>{tr!(i18n, desk.all)}</a>
            </div>
        </form>
    }
    .into_any()
}

/// One field of a filter.
#[component]
pub(super) fn FilterField(
    /// As it stands in the address.
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: String,
    /// What the browser lets one type.
    #[prop(default = "text")]
    kind: &'static str,
    /// Why nothing is found by it.
    #[prop(default = None)]
    fault: Option<TextProp>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let error_id = fault.as_ref().map(|_| format!("{id}-error"));
    let (is_faulty, described) = (fault.is_some(), error_id.clone());
    let message = fault.map(|fault| {
        let testid = format!("field-error-{name}");
        view! { <p id=error_id class="field-error" role="alert" data-testid=testid>{move || fault.get()}</p> }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{move || label.get()}</label>
            <input
                id=id
                class="input"
                name=name
                type=kind
                value=value
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=is_faulty.then_some("true")
                aria-describedby=described
            />
            {message}
        </div>
    }
    .into_any()
}
