//! The account: who somebody is here, and what they sign in with.

use leptos::{html::Details, prelude::*, server_fn::ServerFn, text_prop::TextProp};
use serde::de::DeserializeOwned;
use wire::user::User;

use super::{ChangeNickname, ChangePassword, ChangePhone, code_field::CodeField};
use crate::{
    browser,
    error::{PageError, Refusal},
    session::use_session,
    tr, tr_now,
    ui::{Button, Card, Field, FormError, Keyboard, PostForm, Submission, use_toasts},
    words::I18n,
};

/// Three small forms: nickname, phone number, password.
#[component]
pub(super) fn AccountCard(user: User, refusal: [Option<Refusal>; 3]) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submissions = refusal
        .each_ref()
        .map(|refusal| Submission::new(refusal.as_ref()));
    let [nickname, phone, password] = submissions;
    let is_open = refusal.each_ref().map(Option::is_some);
    view! {
        <Card title=tr!(i18n, settings.account)>
            <div id="account" class="folds">
                <Fold<ChangeNickname> name=tr!(i18n, profile.change_nickname) submission=nickname is_open=is_open[0]>
                    <Field name="nickname" label=tr!(i18n, auth.nickname) hint=tr!(i18n, auth.nickname_hint) value=user.nickname autocomplete="nickname" submission=nickname/>
                </Fold<ChangeNickname>>
                <Fold<ChangePhone> name=tr!(i18n, profile.change_phone) submission=phone is_open=is_open[1]>
                    <Field name="phone_number" label=tr!(i18n, auth.phone) hint=tr!(i18n, auth.phone_hint) keyboard=Keyboard::Phone value=user.phone_number autocomplete="tel" submission=phone/>
                    <Field name="current_password" within="phone" label=tr!(i18n, profile.current_password) keyboard=Keyboard::Secret autocomplete="current-password" submission=phone/>
                    <CodeField within="phone" submission=phone/>
                </Fold<ChangePhone>>
                <Fold<ChangePassword> name=tr!(i18n, profile.change_password) submission=password is_open=is_open[2]>
                    <p class="field-hint">{tr!(i18n, profile.password_note)}</p>
                    <Field name="current_password" label=tr!(i18n, profile.current_password) keyboard=Keyboard::Secret autocomplete="current-password" submission=password/>
                    <CodeField within="password" submission=password/>
                    <Field name="password" label=tr!(i18n, profile.new_password) hint=tr!(i18n, auth.password_hint) keyboard=Keyboard::Secret autocomplete="new-password" submission=password/>
                </Fold<ChangePassword>>
            </div>
        </Card>
    }
    .into_any()
}

/// A form behind its name; open where it came back refused, and put away once it is accepted.
#[component]
fn Fold<F>(
    #[prop(into)] name: TextProp,
    /// Says which function the form is of; its value does not matter.
    #[prop(optional)]
    _function: std::marker::PhantomData<F>,
    submission: Submission,
    is_open: bool,
    children: Children,
) -> impl IntoView
where
    F: ServerFn<Error = PageError>,
    F::Output: DeserializeOwned + 'static,
{
    let i18n: I18n = crate::i18n::use_i18n();
    let (toasts, session) = (use_toasts(), use_session());
    let fold = NodeRef::<Details>::new();
    submission.on_accepted(move || {
        toasts.say(tr_now!(i18n, ui.saved).to_owned());
        if let Some(fold) = fold.try_get_untracked().flatten() {
            browser::close_fold(&fold);
        }
        session.reload();
    });
    view! {
        <details node_ref=fold class="fold" open=is_open>
            <summary>{move || name.get()}</summary>
            <PostForm<F> submission>
                <FormError submission/>
                {children()}
                <Button busy=submission.pending()>{tr!(i18n, ui.save)}</Button>
            </PostForm<F>>
        </details>
    }
    .into_any()
}
