//! A member's phone number, which is shown whole once, and kept that it was.

use leptos::prelude::*;
use wire::{UserId, desk::ShownPhone};

use super::api::ShowPhone;
use crate::{
    error::{PageError, Refusal},
    tr,
    ui::{Answered, Button, FormError, PostForm, Submission},
    words::I18n,
};

/// Its first and last digits, and for whoever may see all of it the button that shows it.
#[component]
pub(super) fn Phone(
    user: UserId,
    masked: String,
    may_show: bool,
    /// All of it, where it was asked for without JavaScript.
    shown: Option<String>,
    refusal: Option<Refusal>,
    looked: Callback<()>,
) -> impl IntoView {
    let number = RwSignal::new(shown);
    let text = move || number.get().unwrap_or_else(|| masked.clone());
    let form = may_show.then(|| view! { <ShowForm user number refusal looked/> });
    view! {
        <div class="member-phone">
            <span data-testid="phone">{text}</span>
            {form}
        </div>
    }
    .into_any()
}

#[component]
fn ShowForm(
    user: UserId,
    number: RwSignal<Option<String>>,
    refusal: Option<Refusal>,
    looked: Callback<()>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    submission.on_accepted(move || {
        _ = looked.try_run(());
    });
    let answered = Answered::new(move |answer: &Result<ShownPhone, PageError>| {
        if let Ok(shown) = answer {
            _ = number.try_set(Some(shown.phone_number.clone()));
        }
    });
    view! {
        <div hidden=move || number.with(Option::is_some)>
            <PostForm<ShowPhone> submission answered class="inline-form">
                <FormError submission/>
                <input type="hidden" name="user_id" value=user.to_string()/>
                <Button busy=submission.pending() testid="show-phone">{tr!(i18n, desk.show_phone)}</Button>
            </PostForm<ShowPhone>>
        </div>
    }
    .into_any()
}
