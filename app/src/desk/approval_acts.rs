//! The forms that decide something, each for whom it belongs to.

use std::marker::PhantomData;

use leptos::{prelude::*, server_fn::ServerFn};
use wire::{Code, desk::ApprovalRights};

use super::{
    acts::Act,
    api::{CancelApproval, GrantApproval, RefuseApproval},
    confirm::{Asks, ConfirmFields},
    decided::Verb,
    refusals,
};
use crate::{
    error::{PageError, Refusal},
    i18n::{Locale, td_string},
    tr,
    ui::{Button, Field, FormError, PostForm, Submission, Weight},
    words::I18n,
};

/// A form behind its name for each that whoever looks may send. Why one was refused that is not offered any more
/// stands in its place.
#[component]
pub(super) fn Decisions(
    id: i64,
    rights: ApprovalRights,
    asks: Asks,
    refused: Option<(Verb, Refusal)>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_open = |verb: &Verb| verb.is_among(rights);
    let gone = refused.clone().filter(|(verb, _)| !is_open(verb));
    let gone = gone.map(|(_, refusal)| {
        let why = move || not_done(i18n.get_locale(), &refusal.error);
        view! { <p class="form-error" role="alert" data-testid="form-error">{why}</p> }
    });
    let forms = Verb::ALL.into_iter().filter(is_open).map(|verb| {
        let refusal = refused.clone().filter(|(of, _)| *of == verb);
        let refusal = refusal.map(|(_, refusal)| refusal);
        view! { <Decision verb id asks refusal/> }
    });
    let forms = forms.collect_view();
    view! {
        {gone}
        <div class="acts" data-testid="decisions">{forms}</div>
    }
    .into_any()
}

/// Why it was not decided as whoever looks wanted it.
fn not_done(locale: Locale, error: &PageError) -> String {
    match error.code() {
        Some(Code::PreviewChanged) => td_string!(locale, desk.approval_stale).to_owned(),
        _ => refusals::of_failure(locale, error),
    }
}

/// One of them; open where it came back refused.
#[component]
fn Decision(verb: Verb, id: i64, asks: Asks, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_open = refusal.is_some();
    let form = match verb {
        Verb::Approve => view! { <DecisionForm<GrantApproval> verb id asks refusal/> }.into_any(),
        Verb::Refuse => view! { <DecisionForm<RefuseApproval> verb id asks refusal/> }.into_any(),
        Verb::TakeBack => view! { <DecisionForm<CancelApproval> verb id asks refusal/> }.into_any(),
    };
    let name = move || verb.name(i18n.get_locale());
    view! { <Act name=name testid=verb.word() is_open>{form}</Act> }.into_any()
}

#[component]
fn DecisionForm<F>(
    verb: Verb,
    /// Says which function it is; its value does not matter.
    #[prop(optional)]
    _function: PhantomData<F>,
    id: i64,
    asks: Asks,
    refusal: Option<Refusal>,
) -> impl IntoView
where
    F: ServerFn<Error = PageError, Output = ()>,
{
    let submission = Submission::new(refusal.as_ref());
    let reason = Refusal::value(refusal.as_ref(), "reason");
    view! {
        <PostForm<F> submission>
            <input type="hidden" name="approval_id" value=id.to_string()/>
            <Fields verb reason asks submission/>
        </PostForm<F>>
    }
    .into_any()
}

#[component]
fn Fields(verb: Verb, reason: String, asks: Asks, submission: Submission) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (within, action) = (verb.word(), verb.action());
    let why = (verb == Verb::Refuse).then(|| {
        view! { <Field name="reason" within=within label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/> }
    });
    let lead = move || match verb {
        Verb::Approve => Some(tr!(i18n, desk.approve_text)()),
        Verb::Refuse => None,
        Verb::TakeBack => Some(tr!(i18n, desk.take_back_text)()),
    };
    let (weight, button) = match verb {
        Verb::Approve => (Weight::Primary, "approve-now"),
        Verb::Refuse => (Weight::Danger, "refuse-now"),
        Verb::TakeBack => (Weight::Danger, "take-back-now"),
    };
    let name = move || verb.name(i18n.get_locale());
    let lead = (verb != Verb::Refuse).then(|| view! { <p class="card-lead">{lead}</p> });
    view! {
        <FormError submission/>
        {lead}
        {why}
        <ConfirmFields asks action within submission/>
        <Button weight testid=button>{name}</Button>
    }
    .into_any()
}
