//! The account: who somebody is here, and what they sign in with.

use leptos::prelude::*;
use wire::user::User;

use super::{ChangeNickname, ChangePassword, ChangePhone};
use crate::{
    error::Refusal,
    session::use_session,
    tr, tr_now,
    ui::{Button, Card, Field, FormError, Keyboard, PostForm, Submission, use_toasts},
    words::I18n,
};

/// Three small forms: nickname, phone number, password.
#[component]
pub(super) fn AccountCard(user: User, refusal: [Option<Refusal>; 3]) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (toasts, session) = (use_toasts(), use_session());
    let [nickname, phone, password] = refusal.each_ref().map(|refusal| {
        let submission = Submission::new(refusal.as_ref());
        submission.on_accepted(move || {
            toasts.say(tr_now!(i18n, ui.saved).to_owned());
            session.reload();
        });
        submission
    });
    let is_open = refusal.each_ref().map(Option::is_some);
    view! {
        <Card title=tr!(i18n, settings.account)>
            <div id="account" class="folds">
                <details class="fold" open=is_open[0]>
                    <summary>{tr!(i18n, profile.change_nickname)}</summary>
                    <PostForm<ChangeNickname> submission=nickname>
                        <FormError submission=nickname/>
                        <Field name="nickname" label=tr!(i18n, auth.nickname) hint=tr!(i18n, auth.nickname_hint) value=user.nickname autocomplete="nickname" submission=nickname/>
                        <Button busy=nickname.pending()>{tr!(i18n, ui.save)}</Button>
                    </PostForm<ChangeNickname>>
                </details>
                <details class="fold" open=is_open[1]>
                    <summary>{tr!(i18n, profile.change_phone)}</summary>
                    <PostForm<ChangePhone> submission=phone>
                        <FormError submission=phone/>
                        <Field name="phone_number" label=tr!(i18n, auth.phone) hint=tr!(i18n, auth.phone_hint) keyboard=Keyboard::Phone value=user.phone_number autocomplete="tel" submission=phone/>
                        <Field name="current_password" within="phone" label=tr!(i18n, profile.current_password) keyboard=Keyboard::Secret autocomplete="current-password" submission=phone/>
                        <Button busy=phone.pending()>{tr!(i18n, ui.save)}</Button>
                    </PostForm<ChangePhone>>
                </details>
                <details class="fold" open=is_open[2]>
                    <summary>{tr!(i18n, profile.change_password)}</summary>
                    <PostForm<ChangePassword> submission=password>
                        <FormError submission=password/>
                        <p class="field-hint">{tr!(i18n, profile.password_note)}</p>
                        <Field name="current_password" label=tr!(i18n, profile.current_password) keyboard=Keyboard::Secret autocomplete="current-password" submission=password/>
                        <Field name="password" label=tr!(i18n, profile.new_password) hint=tr!(i18n, auth.password_hint) keyboard=Keyboard::Secret autocomplete="new-password" submission=password/>
                        <Button busy=password.pending()>{tr!(i18n, ui.save)}</Button>
                    </PostForm<ChangePassword>>
                </details>
            </div>
        </Card>
    }
    .into_any()
}
