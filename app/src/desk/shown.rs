//! What the page of a member shows once, to whoever asks for it there: it is in the answer of that post, and nowhere
//! else.

use backend::{Backend, Staff};
use leptos::prelude::use_context;
use serde::Deserialize;
use wire::{UserId, desk::ShownPhone};

use super::{place::member_path, posted::form_of, sent::Fault};
use crate::{
    error::PageError,
    ssr::{self, Posted},
};

/// The form that asks for a phone number, and the word in it.
pub(super) const PHONE: &str = "phone";

/// What is posted to the page.
#[derive(Deserialize)]
struct Form {
    show: Whole,
}

/// What is to be shown whole.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Whole {
    Phone,
}

/// A member's whole phone number, where it is asked for. A refusal leads back to the page, which says it there.
pub(super) async fn phone(
    backend: &Backend,
    staff: &Staff,
    user: UserId,
) -> Result<Option<String>, PageError> {
    let Some(posted) = use_context::<Posted>() else {
        return Ok(None);
    };
    match looked(backend, staff, user, &posted).await {
        Ok(shown) => Ok(Some(shown.phone_number)),
        Err(fault) => {
            let error = fault.kept(backend, staff).await;
            let (path, name) = (member_path(user), form_of(PHONE, user));
            Err(ssr::bounce(&path, &name, &[], error))
        }
    }
}

/// Looks at it, which is kept.
async fn looked(
    backend: &Backend,
    staff: &Staff,
    user: UserId,
    posted: &Posted,
) -> Result<ShownPhone, Fault> {
    let Form { show: Whole::Phone } = wire::read::form::<Form>(&posted.0)?;
    let shown = backend.accounts.phone_number(staff, user).await;
    shown.map_err(Fault::Kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_asked_for_by_its_word() {
        let form: Form = wire::read::form(format!("show={PHONE}").as_bytes()).unwrap();
        assert_eq!(form.show, Whole::Phone);
        for odd in ["", "show=", "show=all", "user_id=7"] {
            assert!(wire::read::form::<Form>(odd.as_bytes()).is_err(), "{odd}");
        }
    }
}
