//! Keeping a member out, and letting them in again.

use backend::audit::Action;
use leptos::prelude::*;
use wire::UserId;

use super::{
    acts::{Whom, sure},
    api::{BanMember, UnbanMember},
    confirm::{Asks, ConfirmFields},
    posted::{FOR_GOOD, TERMS},
};
use crate::{
    error::Refusal,
    i18n::{Locale, td_string},
    tr,
    ui::{Button, Field, FormError, PostForm, Submission, Weight},
    words::{self, I18n},
};

/// Why, and for how long; only an owner may keep somebody out for good, and names them then.
#[component]
pub(super) fn BanForm(
    whom: Whom,
    is_owner: bool,
    asks: Asks,
    refusal: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let kept = |name: &str| Refusal::value(refusal.as_ref(), name);
    let chosen = TERMS.into_iter().find(|term| *term == kept("hours"));
    let chosen = chosen.unwrap_or(TERMS[0]);
    let (reason, site_id, user) = (kept("reason"), kept("site_id"), whom.user);
    let named = is_owner.then(|| {
        let label = sure(i18n, whom.site_id);
        let hint = tr!(i18n, desk.sure_for_good);
        view! { <Field name="site_id" within="ban" label=label hint=hint value=site_id submission/> }
    });
    view! {
        <PostForm<BanMember> submission>
            <FormError submission/>
            <input type="hidden" name="user_id" value=user.to_string()/>
            <Terms chosen is_owner submission/>
            <Field name="reason" within="ban" label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
            {named}
            <ConfirmFields asks action=Action::Ban within="ban" submission/>
            <Button weight=Weight::Danger testid="ban-now">{tr!(i18n, desk.ban)}</Button>
        </PostForm<BanMember>>
    }
    .into_any()
}

/// For how long: one of a few.
#[component]
fn Terms(chosen: &'static str, is_owner: bool, submission: Submission) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let terms = TERMS
        .into_iter()
        .filter(|term| is_owner || *term != FOR_GOOD);
    let boxes = terms.map(|term| {
        let is_chosen = term == chosen;
        view! {
            <label class="term">
                <input
                    type="radio"
                    name="hours"
                    value=term
                    checked=is_chosen
                    data-testid=format!("hours-{term}")
                />
                <span>{move || term_name(i18n.get_locale(), term)}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let message = move || {
        let fault = submission.error()?.field("hours")?;
        let name = tr!(i18n, desk.ban_for)();
        Some(words::of_field(i18n.get_locale(), name, &fault))
    };
    view! {
        <fieldset class="field terms" aria-describedby="field-ban-hours-error">
            <legend class="field-label">{tr!(i18n, desk.ban_for)}</legend>
            {boxes}
            <p id="field-ban-hours-error" class="field-error" role="alert" data-testid="field-error-ban-hours">{message}</p>
        </fieldset>
    }
    .into_any()
}

fn term_name(locale: Locale, term: &str) -> &'static str {
    match term {
        "1" => td_string!(locale, desk.for_hour),
        "24" => td_string!(locale, desk.for_day),
        "168" => td_string!(locale, desk.for_week),
        _ => td_string!(locale, desk.for_good),
    }
}

/// Why somebody is let in again.
#[component]
pub(super) fn UnbanForm(user: UserId, asks: Asks, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let reason = Refusal::value(refusal.as_ref(), "reason");
    view! {
        <PostForm<UnbanMember> submission>
            <FormError submission/>
            <input type="hidden" name="user_id" value=user.to_string()/>
            <Field name="reason" within="unban" label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
            <ConfirmFields asks action=Action::Unban within="unban" submission/>
            <Button weight=Weight::Primary testid="unban-now">{tr!(i18n, desk.unban)}</Button>
        </PostForm<UnbanMember>>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_term_has_a_name_of_its_own() {
        for locale in [Locale::ko, Locale::en] {
            let names = TERMS.map(|term| term_name(locale, term));
            assert_eq!(BTreeSet::from(names).len(), TERMS.len());
        }
    }
}
