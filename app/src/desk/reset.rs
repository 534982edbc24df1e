//! Taking a second factor away from somebody who lost it.

use backend::audit::Action;
use leptos::prelude::*;
use wire::UserId;

use super::{
    acts::Act,
    api::ResetFactor,
    confirm::{Asks, ConfirmFields},
};
use crate::{
    error::Refusal,
    tr,
    ui::{Button, Field, FormError, PostForm, Submission, Weight},
    words::I18n,
};

/// What the form is called beside the others of its page.
const RESET: &str = "reset";

/// The form behind its name; open where it came back refused.
#[component]
pub(super) fn Reset(user: UserId, asks: Asks, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_open = refusal.is_some();
    view! {
        <div class="acts">
            <Act name=tr!(i18n, desk.reset_factor) testid=RESET is_open>
                <ResetForm user asks refusal/>
            </Act>
        </div>
    }
    .into_any()
}

#[component]
fn ResetForm(user: UserId, asks: Asks, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let reason = Refusal::value(refusal.as_ref(), "reason");
    view! {
        <PostForm<ResetFactor> submission>
            <FormError submission/>
            <p class="card-lead">{tr!(i18n, desk.reset_factor_text)}</p>
            <input type="hidden" name="user_id" value=user.to_string()/>
            <Field name="reason" within=RESET label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
            <ConfirmFields asks action=Action::ResetFactor within=RESET submission/>
            <Button weight=Weight::Danger testid="reset-now">{tr!(i18n, desk.reset_factor)}</Button>
        </PostForm<ResetFactor>>
    }
    .into_any()
}
