//! Coming in.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{LogIn, reason::Why, use_next};
use crate::{
    error::Refusal,
    paths::door_path,
    session::use_session,
    tr, tr_title,
    ui::{Button, Field, FormError, Keyboard, PostForm, Submission, Weight, take_refusal},
    words::I18n,
};

/// The form for coming in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let refusal = Resource::new_blocking(|| (), |()| async { take_refusal("log_in") });
    let next = use_next();
    let other = door_path("/signup", &next);
    view! {
        <Title text=tr_title!(i18n, title.sign_in)/>
        <div class="door">
            <h1 class="page-title">{tr!(i18n, auth.sign_in)}</h1>
            <p class="page-lead">{tr!(i18n, auth.sign_in_lead)}</p>
            <Why/>
            <Transition fallback=|| ()>
                {move || {
                    let next = next.clone();
                    Suspend::new(async move {
                        let refusal = refusal.await;
                        view! { <SignInForm refusal next/> }
                    })
                }}
            </Transition>
            <p class="door-other">{tr!(i18n, auth.to_sign_up)} " " <a href=other>{tr!(i18n, auth.sign_up)}</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn SignInForm(refusal: Option<Refusal>, next: String) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let session = use_session();
    submission.on_accepted(move || session.reload());
    view! {
        <PostForm<LogIn> submission>
            <FormError submission/>
            <Field name="site_id" label=tr!(i18n, auth.site_id) value=Refusal::value(refusal.as_ref(), "site_id") autocomplete="username" submission/>
            <Field name="password" label=tr!(i18n, auth.password) keyboard=Keyboard::Secret autocomplete="current-password" submission/>
            <input type="hidden" name="next" value=next/>
            <Button weight=Weight::Primary busy=submission.pending()>{tr!(i18n, auth.sign_in)}</Button>
        </PostForm<LogIn>>
    }
    .into_any()
}
