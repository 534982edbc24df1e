//! One's own second factor: how it stands, and what is posted to its page. What is told once of it is in the answer
//! of that post, and nowhere else.

use backend::{Backend, Member, Origin, accounts::OwnFactor};
use leptos::prelude::use_context;
use serde::Deserialize;
use wire::{
    Secret,
    auth::{RecoveryCodes, TotpConfirmRequest, TotpSetup, TotpSetupRequest},
};

use super::{
    confirm::nothing,
    door::FACTOR,
    read::{Desk, Looker},
};
use crate::{
    error::PageError,
    ssr::{self, Posted},
};

/// What the page shows of it.
pub(super) enum Told {
    /// How it stands.
    Stands(OwnFactor),
    /// What an authenticator is told, once.
    Begun(TotpSetup),
    /// What takes the place of a code, once.
    Confirmed(RecoveryCodes),
}

/// What is posted to the page.
#[derive(Deserialize)]
struct Form {
    step: Step,
    /// The one in force, which beginning needs.
    #[serde(default)]
    password: Option<Secret>,
    /// What the authenticator shows, which confirming needs.
    #[serde(default)]
    code: Option<Secret>,
}

/// What a form of the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// To begin with a new secret.
    Begin,
    /// To show that an authenticator has it.
    Confirm,
}

impl Step {
    /// The word in the form, which it is called by as well.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Confirm => "confirm",
        }
    }
}

/// How the second factor of whoever looks stands, or what became of what they posted.
pub(super) async fn factor() -> Result<Desk<Told>, PageError> {
    let (backend, member, origin) = ssr::staff_themselves().await?;
    let shown = match use_context::<Posted>() {
        Some(posted) => done(&backend, (&member, &origin), &posted).await?,
        None => {
            let stands = backend.accounts.own_factor(&member).await;
            Told::Stands(stands.map_err(ssr::fail)?)
        }
    };
    let looker = Looker::of(&backend, member.user_id, &member.roles).await?;
    Ok(Desk { looker, shown })
}

/// Does what was posted. A refusal leads back to the page, which says it at its form.
async fn done(
    backend: &Backend,
    (member, origin): (&Member, &Origin),
    posted: &Posted,
) -> Result<Told, PageError> {
    let form = wire::read::form::<Form>(&posted.0);
    let form =
        form.map_err(|error| ssr::bounce(FACTOR, Step::Begin.as_str(), &[], error.into()))?;
    let accounts = &backend.accounts;
    let told = match form.step {
        Step::Begin => {
            let password = form.password.unwrap_or_else(nothing);
            let request = TotpSetupRequest { password };
            let begun = accounts.set_up_second_factor(member, origin, request);
            begun.await.map(Told::Begun)
        }
        Step::Confirm => {
            let code = form.code.unwrap_or_else(nothing);
            let request = TotpConfirmRequest { code };
            let codes = accounts.confirm_second_factor(member, origin, request);
            codes.await.map(Told::Confirmed)
        }
    };
    told.map_err(|error| ssr::bounce(FACTOR, form.step.as_str(), &[], error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_named_by_its_word() {
        for step in [Step::Begin, Step::Confirm] {
            let text = format!("step={}&password=&code=123456", step.as_str());
            let form: Form = wire::read::form(text.as_bytes()).unwrap();
            assert_eq!(form.step, step);
            assert!(form.password.is_none(), "an empty field is none");
            assert_eq!(form.code, Some(Secret("123456".to_owned())));
        }
        assert!(wire::read::form::<Form>(b"step=other").is_err());
    }
}
