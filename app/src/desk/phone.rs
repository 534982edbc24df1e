//! A member's phone number, which is shown whole in the answer to the form that asks for it, and kept that it was.

use leptos::prelude::*;
use wire::UserId;

use super::{place::member_path, shown::PHONE};
use crate::{
    error::Refusal,
    tr,
    ui::{Button, FormError, Submission},
    words::I18n,
};

/// Its first and last digits, and for whoever may see all of it the button that shows it.
#[component]
pub(super) fn Phone(
    user: UserId,
    masked: String,
    may_show: bool,
    /// All of it, where it was just asked for.
    shown: Option<String>,
    refusal: Option<Refusal>,
) -> impl IntoView {
    let form = (may_show && shown.is_none()).then(|| view! { <ShowForm user refusal/> });
    let number = shown.unwrap_or(masked);
    view! {
        <div class="member-phone">
            <span data-testid="phone">{number}</span>
            {form}
        </div>
    }
    .into_any()
}

/// It is posted to its page, which answers with the number.
#[component]
fn ShowForm(user: UserId, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    view! {
        <form class="inline-form" method="post" action=member_path(user) novalidate>
            <FormError submission/>
            <input type="hidden" name="show" value=PHONE/>
            <Button testid="show-phone">{tr!(i18n, desk.show_phone)}</Button>
        </form>
    }
    .into_any()
}
