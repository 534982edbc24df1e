//! What is asked for and how it stands, in words.

use leptos::prelude::*;
use wire::desk::ApprovalState;

use crate::{
    i18n::{Locale, td_string},
    ui::{Badge, Tone},
    words::I18n,
};

/// What was asked for; `action` as the audit log names it.
pub(super) fn what_name(locale: Locale, action: &str) -> &'static str {
    match action {
        "users/tokens/add" => td_string!(locale, desk.give),
        "users/tokens/deduct" => td_string!(locale, desk.take),
        "rewards/grant-bulk" => td_string!(locale, desk.approval_bulk),
        "transactions/refund" => td_string!(locale, desk.approval_refund),
        _ => td_string!(locale, desk.approval_what),
    }
}

/// How it stands.
pub(super) fn state_name(locale: Locale, state: ApprovalState) -> &'static str {
    match state {
        ApprovalState::Waiting => td_string!(locale, desk.approval_waiting),
        ApprovalState::Granted => td_string!(locale, desk.approval_granted),
        ApprovalState::Refused => td_string!(locale, desk.approval_refused),
        ApprovalState::Cancelled => td_string!(locale, desk.approval_cancelled),
        ApprovalState::Expired => td_string!(locale, desk.approval_expired),
        ApprovalState::Done => td_string!(locale, desk.approval_done),
        ApprovalState::Failed => td_string!(locale, desk.approval_failed),
    }
}

/// The same in a frame.
#[component]
pub(super) fn StateBadge(state: ApprovalState) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tone = match state {
        ApprovalState::Waiting | ApprovalState::Granted => Tone::Warn,
        ApprovalState::Done => Tone::Good,
        ApprovalState::Cancelled => Tone::Plain,
        ApprovalState::Refused | ApprovalState::Expired | ApprovalState::Failed => Tone::Bad,
    };
    view! { <Badge tone>{move || state_name(i18n.get_locale(), state)}</Badge> }.into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_state_and_each_act_has_a_name_of_its_own() {
        for locale in [Locale::ko, Locale::en] {
            let states = ApprovalState::ALL.map(|state| state_name(locale, state));
            assert_eq!(BTreeSet::from(states).len(), ApprovalState::ALL.len());
            let acts = [
                "users/tokens/add",
                "users/tokens/deduct",
                "rewards/grant-bulk",
                "transactions/refund",
                "something/else",
            ];
            let names = acts.map(|action| what_name(locale, action));
            assert_eq!(BTreeSet::from(names).len(), acts.len());
        }
    }
}
