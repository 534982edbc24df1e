//! Showing once more who one is, beside what is asked for: one press confirms and acts.

use backend::{Backend, Error, Staff, audit::Action};
use leptos::{prelude::*, text_prop::TextProp};
use wire::{Secret, auth::ConfirmRequest};

use crate::{
    tr,
    ui::{Field, Keyboard, Submission},
    words::I18n,
};

/// Whether whoever looks is to show who they are before what asks for that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    is_due: bool,
}

impl Asks {
    /// Nobody is asked.
    pub(super) const NOTHING: Self = Self { is_due: false };

    /// As they call now.
    pub(super) fn of(backend: &Backend, staff: &Staff) -> Self {
        Self {
            is_due: backend.audit.is_confirmation_due(staff),
        }
    }

    /// Whether that is asked for with this act.
    fn are_for(self, action: Action) -> bool {
        self.is_due && action.needs_confirmation()
    }
}

/// What somebody typed to show who they are; nothing where a form did not ask.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    password: Option<&'a Secret>,
    code: Option<&'a Secret>,
}

impl<'a> Shown<'a> {
    /// As a form posts it.
    pub(super) fn of(password: &'a Option<Secret>, code: &'a Option<Secret>) -> Self {
        Self {
            password: password.as_ref(),
            code: code.as_ref(),
        }
    }

    /// A code alone is refused for want of a password.
    fn request(self) -> Option<ConfirmRequest> {
        let is_typed = self.password.is_some() || self.code.is_some();
        is_typed.then(|| ConfirmRequest {
            password: self.password.cloned().unwrap_or_else(nothing),
            code: self.code.cloned(),
        })
    }
}

/// An empty field.
pub(super) fn nothing() -> Secret {
    Secret(String::new())
}

/// Notes that whoever asks has shown who they are, where the act asks for that. A code counts once, so this comes
/// last before the act. Where nothing was typed the act itself refuses, which is kept.
pub(super) async fn confirm(
    backend: &Backend,
    staff: &Staff,
    action: Action,
    shown: Shown<'_>,
) -> Result<(), Error> {
    let is_asked = Asks::of(backend, staff).are_for(action);
    if let Some(request) = shown.request().filter(|_| is_asked) {
        backend.accounts.confirm_call(staff, request).await?;
    }
    Ok(())
}

/// Password and code, where the act asks for them. What was typed never stands in them again.
#[component]
pub(super) fn ConfirmFields(
    asks: Asks,
    action: Action,
    /// Which of the page's forms they are in.
    within: &'static str,
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if !asks.are_for(action) {
        return ().into_any();
    }
    view! {
        <fieldset class="field confirm" data-testid=format!("confirm-{within}")>
            <legend class="field-label">{tr!(i18n, desk.confirm)}</legend>
            <PasswordField within submission/>
            <CodeField within hint=tr!(i18n, desk.code_hint) submission/>
        </fieldset>
    }
    .into_any()
}

/// The password in force of whoever looks.
#[component]
pub(super) fn PasswordField(within: &'static str, submission: Submission) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Field
            name="password"
            within=within
            also="current_password"
            label=tr!(i18n, profile.current_password)
            keyboard=Keyboard::Secret
            autocomplete="current-password"
            submission
        />
    }
    .into_any()
}

/// What an authenticator shows, or what takes its place. A phone shows letters for it too, as recovery codes have.
#[component]
pub(super) fn CodeField(
    within: &'static str,
    #[prop(into)] hint: TextProp,
    /// Whether somebody may have none.
    #[prop(optional)]
    is_optional: bool,
    submission: Submission,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Field
            name="code"
            within=within
            label=tr!(i18n, desk.code)
            hint=hint
            autocomplete="one-time-code"
            is_optional=is_optional
            submission
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_moves_much_asks() {
        let due = Asks { is_due: true };
        for action in [
            Action::Ban,
            Action::AddTokens,
            Action::Roles,
            Action::ResetFactor,
        ] {
            assert!(due.are_for(action), "{action:?}");
            assert!(!Asks::NOTHING.are_for(action), "{action:?}");
        }
        for action in [Action::ShowPhone, Action::Unlock, Action::EndSessions] {
            assert!(!due.are_for(action), "{action:?}");
        }
    }

    #[test]
    fn what_was_not_typed_is_not_asked_with() {
        let (password, code) = (Secret("a password".to_owned()), Secret("123456".to_owned()));
        assert!(Shown::of(&None, &None).request().is_none());
        let (password, code) = (Some(password), Some(code));
        let both = Shown::of(&password, &code).request().unwrap();
        assert_eq!((Some(both.password), both.code), (password, code.clone()));
        let alone = Shown::of(&None, &code).request().unwrap();
        assert_eq!((alone.password.text(), alone.code), ("", code));
    }
}
