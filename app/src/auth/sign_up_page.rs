//! Joining the club.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{SignUp, use_next};
use crate::{
    error::Refusal,
    paths::sign_in_path,
    session::use_session,
    tr, tr_now, tr_title,
    ui::{
        Button, Field, FormError, Keyboard, PostForm, Submission, Weight, take_refusal, use_toasts,
    },
    words::I18n,
};

/// The form for joining.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let refusal = Resource::new_blocking(|| (), |()| async { take_refusal("sign_up") });
    let next = use_next();
    let other = sign_in_path(&next);
    view! {
        <Title text=tr_title!(i18n, title.sign_up)/>
        <div class="door">
            <h1 class="page-title">{tr!(i18n, auth.sign_up)}</h1>
            <p class="page-lead">{tr!(i18n, auth.sign_up_lead)}</p>
            <Transition fallback=|| ()>
                {move || {
                    let next = next.clone();
                    Suspend::new(async move {
                        let refusal = refusal.await;
                        view! { <SignUpForm refusal next/> }
                    })
                }}
            </Transition>
            <p class="door-other">{tr!(i18n, auth.to_sign_in)} " " <a href=other>{tr!(i18n, auth.sign_in)}</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn SignUpForm(refusal: Option<Refusal>, next: String) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let (session, toasts) = (use_session(), use_toasts());
    submission.on_accepted(move || {
        session.reload();
        toasts.say(tr_now!(i18n, auth.welcome).to_owned());
    });
    let typed = move |name| Refusal::value(refusal.as_ref(), name);
    view! {
        <PostForm<SignUp> submission>
            <FormError submission/>
            <Field name="invite_code" label=tr!(i18n, auth.invite) hint=tr!(i18n, auth.invite_hint) value=typed("invite_code") submission/>
            <Field name="site_id" label=tr!(i18n, auth.site_id) hint=tr!(i18n, auth.site_id_hint) value=typed("site_id") autocomplete="username" submission/>
            <Field name="nickname" label=tr!(i18n, auth.nickname) hint=tr!(i18n, auth.nickname_hint) value=typed("nickname") autocomplete="nickname" submission/>
            <Field name="phone_number" label=tr!(i18n, auth.phone) hint=tr!(i18n, auth.phone_hint) keyboard=Keyboard::Phone value=typed("phone_number") autocomplete="tel" submission/>
            <Field name="password" label=tr!(i18n, auth.password) hint=tr!(i18n, auth.password_hint) keyboard=Keyboard::Secret autocomplete="new-password" submission/>
            <input type="hidden" name="next" value=next/>
            <Button weight=Weight::Primary busy=submission.pending()>{tr!(i18n, auth.sign_up)}</Button>
        </PostForm<SignUp>>
    }
    .into_any()
}
