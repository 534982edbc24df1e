//! What is decided about something that waits, as the forms of its page post it.

use backend::{Backend, Staff, audit::Action, shop::uninterrupted};
use serde::{Deserialize, Serialize};
use wire::{Secret, desk::ApprovalRights, staff::ReasonRequest};

use super::{
    confirm::{Shown, confirm},
    left::TOLD,
    place::approval_path,
    sent::{Fault, Sent, Typed},
};
use crate::{
    error::Refusal,
    i18n::{Locale, td_string},
    ssr::flash,
};

/// What is decided about something that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedDecision {
    /// About what.
    pub approval_id: i64,
    /// Why it is refused.
    #[serde(default)]
    pub reason: Option<String>,
    /// Whoever asks shows with it who they are, where they are to.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The same.
    #[serde(default)]
    pub code: Option<Secret>,
}

/// How it is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Approve,
    Refuse,
    TakeBack,
}

impl Verb {
    pub(super) const ALL: [Self; 3] = [Self::Approve, Self::Refuse, Self::TakeBack];

    /// What its form is called.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Refuse => "refuse",
            Self::TakeBack => "take-back",
        }
    }

    /// What the club knows it as.
    pub(super) const fn action(self) -> Action {
        match self {
            Self::Approve => Action::Approve,
            Self::Refuse => Action::RefuseApproval,
            Self::TakeBack => Action::CancelApproval,
        }
    }

    /// What it is called on the page.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Approve => td_string!(locale, desk.approve),
            Self::Refuse => td_string!(locale, desk.refuse),
            Self::TakeBack => td_string!(locale, desk.take_back),
        }
    }

    /// Whether somebody with these rights may do it.
    pub(super) const fn is_among(self, rights: ApprovalRights) -> bool {
        match self {
            Self::Approve => rights.approve,
            Self::Refuse => rights.refuse,
            Self::TakeBack => rights.cancel,
        }
    }
}

/// The form that decides it.
pub(super) struct Decided {
    pub(super) form: PostedDecision,
    pub(super) verb: Verb,
}

impl Sent for Decided {
    type Answer = ();

    fn page(&self) -> String {
        approval_path(self.form.approval_id)
    }

    fn name(&self) -> String {
        form_of(self.verb.word(), self.form.approval_id)
    }

    fn typed(&self) -> Typed {
        let reason = self.form.reason.clone();
        vec![("reason", reason.unwrap_or_default())]
    }

    fn told_by(&self) -> String {
        form_of(TOLD, self.form.approval_id)
    }

    /// Decides it; what is granted is done to its end, also where whoever granted it goes away.
    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<(), Fault> {
        let Self { form, verb } = self;
        let shown = Shown::of(&form.password, &form.code);
        confirm(backend, staff, verb.action(), shown).await?;
        let id = form.approval_id;
        let (desk, who) = (backend.desk.clone(), staff.clone());
        let decided = match verb {
            Verb::Approve => uninterrupted(async move { desk.approve(&who, id).await }).await,
            Verb::Refuse => {
                let reason = form.reason.clone();
                desk.refuse(&who, id, ReasonRequest { reason }).await
            }
            Verb::TakeBack => desk.cancel(&who, id).await,
        };
        decided.map(|_| ()).map_err(Fault::Kept)
    }
}

/// What the forms of something that waits left for its page.
pub(super) struct LeftDecision {
    /// Which was refused, and why.
    pub(super) refused: Option<(Verb, Refusal)>,
    /// That one was not.
    pub(super) told: Option<String>,
}

impl LeftDecision {
    /// What there is for the page of this one; it is gone then.
    pub(super) fn take(id: i64) -> Self {
        let refused = |verb: Verb| {
            let refusal = flash::take(&form_of(verb.word(), id))?;
            Some((verb, refusal))
        };
        Self {
            refused: Verb::ALL.into_iter().find_map(refused),
            told: flash::take_told(&form_of(TOLD, id)),
        }
    }
}

/// What a form is called where it comes back: what was typed about one must not stand in the form of another.
fn form_of(name: &str, id: i64) -> String {
    format!("approval-{name}-{id}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_is_offered_to_whom_it_belongs_under_a_name_of_its_own() {
        let owner = ApprovalRights {
            cancel: true,
            ..ApprovalRights::default()
        };
        let open = Verb::ALL.into_iter().filter(|verb| verb.is_among(owner));
        assert_eq!(open.collect::<Vec<_>>(), [Verb::TakeBack]);
        for locale in [Locale::ko, Locale::en] {
            let names = Verb::ALL.map(|verb| verb.name(locale));
            assert_eq!(BTreeSet::from(names).len(), Verb::ALL.len());
        }
    }
}
