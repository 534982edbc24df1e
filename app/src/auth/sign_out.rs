//! Going out, here or everywhere.

use leptos::prelude::*;

use super::{LogOut, LogOutAll};
use crate::{
    session::use_session,
    tr,
    ui::{Button, PostForm, Submission, Weight},
    words::I18n,
};

/// The two ways out.
#[component]
pub fn SignOut() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let (here, everywhere) = (Submission::new(None), Submission::new(None));
    here.on_accepted(move || session.leave());
    everywhere.on_accepted(move || session.leave());
    view! {
        <div class="row">
            <PostForm<LogOut> submission=here class="inline-form">
                <Button busy=here.pending() testid="logout">{tr!(i18n, auth.sign_out)}</Button>
            </PostForm<LogOut>>
            <PostForm<LogOutAll> submission=everywhere class="inline-form">
                <Button weight=Weight::Danger busy=everywhere.pending() testid="logout-all">{tr!(i18n, auth.sign_out_all)}</Button>
            </PostForm<LogOutAll>>
        </div>
    }
    .into_any()
}
