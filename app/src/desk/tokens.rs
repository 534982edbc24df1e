//! Giving a member tokens, and taking them.

use std::marker::PhantomData;

use leptos::{prelude::*, server_fn::ServerFn};
use wire::{Code, Tokens, desk::TokensMoved};

use super::{
    acts::{Whom, submission},
    sure::Sure,
    way::Way,
};
use crate::{
    browser,
    error::{PageError, Refusal},
    tr,
    ui::{Answered, Button, Field, FormError, Keyboard, PostForm, Submission, Weight},
    words::I18n,
};

/// How many, and why; shows both balances before it is sent. Where tokens are taken, whose is typed as well.
#[component]
pub(super) fn TokensForm<F>(
    way: Way,
    /// Says which function it is; its value does not matter.
    #[prop(optional)]
    _function: PhantomData<F>,
    whom: Whom,
    balance: Tokens,
    /// The key of the gesture, without JavaScript.
    key: String,
    refusal: Option<Refusal>,
    acted: Callback<()>,
) -> impl IntoView
where
    F: ServerFn<Error = PageError, Output = TokensMoved>,
{
    let submission = submission(refusal.as_ref(), acted);
    let plain = key;
    // One key a gesture: pressed again before an answer came, it is the same one.
    let key = RwSignal::new(plain.clone());
    Effect::new(move || key.set(browser::fresh_key()));
    let answered = Answered::new(move |answer: &Result<TokensMoved, PageError>| {
        let refused = answer.as_ref().err().map(PageError::code);
        // Where something else was done under the key, that is known now.
        let is_over = matches!(refused, None | Some(Some(Code::IdempotencyMismatch)));
        if is_over {
            _ = key.try_set(browser::fresh_key());
        }
    });
    view! {
        <PostForm<F> submission answered>
            <input type="hidden" name="key" value=plain prop:value=move || key.get()/>
            <Fields way whom balance refusal submission/>
        </PostForm<F>>
    }
    .into_any()
}

#[component]
fn Fields(
    way: Way,
    whom: Whom,
    balance: Tokens,
    refusal: Option<Refusal>,
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let kept = |name: &str| Refusal::value(refusal.as_ref(), name);
    let (amount, reason, site_id) = (kept("amount"), kept("reason"), kept("site_id"));
    let (within, user) = (way.word(), whom.user);
    let typed = RwSignal::new(amount.clone());
    let preview = move || way.preview(balance, &typed.get());
    let is_another = RwSignal::new(false);
    let sure = (way == Way::Take)
        .then(|| view! { <Sure whom within typed=site_id is_another submission/> });
    let (weight, button) = match way {
        Way::Give => (Weight::Primary, "give-now"),
        Way::Take => (Weight::Danger, "take-now"),
    };
    let name = move || match way {
        Way::Give => tr!(i18n, desk.give)(),
        Way::Take => tr!(i18n, desk.take)(),
    };
    view! {
        <FormError submission/>
        <input type="hidden" name="user_id" value=user.to_string()/>
        <div on:input=move |event| typed.set(event_target_value(&event))>
            <Field name="amount" within=within label=tr!(i18n, desk.amount) keyboard=Keyboard::Number value=amount submission/>
        </div>
        <p class="preview" role="status" data-testid=format!("preview-{within}")>{preview}</p>
        <Field name="reason" within=within label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
        {sure}
        <Button weight busy=submission.pending() disabled=is_another testid=button>{name}</Button>
    }
    .into_any()
}
