//! Finding a member by their number.

use leptos::prelude::*;
use wire::UserId;

use super::place::Place;
use crate::{tr, ui::Button, words::I18n};

/// A form whose answer is the page of that member.
#[component]
pub(super) fn Find(
    /// Who was asked for.
    user: Option<UserId>,
    /// Whether there is no such member.
    is_missing: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let number = user.map(|user| user.to_string()).unwrap_or_default();
    let missing = move || is_missing.then(|| tr!(i18n, desk.no_member)());
    view! {
        <form class="desk-find" method="get" action=Place::Staff.path()>
            <div class="field">
                <label class="field-label" for="field-user">{tr!(i18n, desk.find_member)}</label>
                <input
                    id="field-user"
                    class="input"
                    name="user"
                    inputmode="numeric"
                    autocomplete="off"
                    value=number
                    aria-invalid=is_missing.then_some("true")
                    aria-describedby="field-user-error"
                />
                <p id="field-user-error" class="field-error" role="alert" data-testid="field-error-user">{missing}</p>
            </div>
            <Button testid="find">{tr!(i18n, desk.find)}</Button>
        </form>
    }
    .into_any()
}
