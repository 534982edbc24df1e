//! Giving a member tokens, and taking them.

use std::marker::PhantomData;

use leptos::{prelude::*, server_fn::ServerFn};
use wire::desk::TokensMoved;

use super::{
    acts::{Whom, sure},
    confirm::{Asks, ConfirmFields},
    waits::{Waits, key_of, number},
    way::Way,
};
use crate::{
    error::{PageError, Refusal},
    tr,
    ui::{Button, Field, FormError, PostForm, Submission, Weight},
    words::I18n,
};

/// How many, and why. Where tokens are taken, whose is typed as well.
#[component]
pub(super) fn TokensForm<F>(
    way: Way,
    /// Says which function it is; its value does not matter.
    #[prop(optional)]
    _function: PhantomData<F>,
    whom: Whom,
    asks: Asks,
    /// The key of the gesture.
    key: String,
    refusal: Option<Refusal>,
) -> impl IntoView
where
    F: ServerFn<Error = PageError, Output = TokensMoved>,
{
    let submission = Submission::new(refusal.as_ref());
    let key = key_of(refusal.as_ref(), key);
    view! {
        <PostForm<F> submission>
            <input type="hidden" name="key" value=key/>
            <Fields way whom asks refusal submission/>
        </PostForm<F>>
    }
    .into_any()
}

#[component]
fn Fields(
    way: Way,
    whom: Whom,
    asks: Asks,
    refusal: Option<Refusal>,
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let kept = |name: &str| Refusal::value(refusal.as_ref(), name);
    let (amount, reason, site_id) = (kept("amount"), kept("reason"), kept("site_id"));
    let (within, action, user) = (way.word(), way.action(), whom.user);
    let named = (way == Way::Take).then(|| {
        let label = sure(i18n, whom.site_id);
        view! { <Field name="site_id" within=within label=label value=site_id submission/> }
    });
    let (weight, button) = match way {
        Way::Give => (Weight::Primary, "give-now"),
        Way::Take => (Weight::Danger, "take-now"),
    };
    let name = move || match way {
        Way::Give => tr!(i18n, desk.give)(),
        Way::Take => tr!(i18n, desk.take)(),
    };
    let waiting = number(refusal.as_ref());
    view! {
        <FormError submission/>
        <Waits number=waiting/>
        <input type="hidden" name="user_id" value=user.to_string()/>
        <Field name="amount" within=within label=tr!(i18n, desk.amount) value=amount submission/>
        <Field name="reason" within=within label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
        {named}
        <ConfirmFields asks action within submission/>
        <Button weight testid=button>{name}</Button>
    }
    .into_any()
}
