//! Who asked for what, and what became of it.

use leptos::prelude::*;
use serde::Deserialize;
use wire::{
    Code, Timestamp, UserId,
    desk::{Approval, ApprovalState},
    shop::Receipt,
};

use super::{
    approval_words::{StateBadge, what_name},
    audit_row::receipt_of,
    member_link::MemberLink,
    place::purchase_path,
    purchase_form::Undone,
    refusals,
};
use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
    ui::{Amount, Fact, When},
    words::I18n,
};

/// Why something was not done, as its result says it.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct WhyNot {
    /// In the words of whoever refused it.
    reason: Option<String>,
    /// What kept it from being done.
    code: Option<Code>,
}

impl WhyNot {
    /// Nothing of what was not refused.
    fn of(approval: &Approval) -> Self {
        let is_told = matches!(
            approval.state,
            ApprovalState::Refused | ApprovalState::Failed
        );
        let result = approval.result.as_deref().filter(|_| is_told);
        let told = result.and_then(|text| serde_json::from_str(text).ok());
        told.unwrap_or_default()
    }
}

/// What people wrote of it.
pub(super) fn written(approval: &Approval) -> impl Iterator<Item = &str> {
    let texts = [
        &approval.reason,
        &approval.result,
        &approval.decided_by_nickname,
    ];
    let texts = texts.into_iter().flatten().map(String::as_str);
    texts.chain([&*approval.actor_nickname])
}

/// All that is known of it but its lines.
#[component]
pub(super) fn ApprovalHead(
    approval: Approval,
    /// The receipt of the purchase that it undoes, if it does that.
    receipt: Option<Receipt>,
    /// From when on it takes effect by itself, if it does.
    takes_effect_at: Option<Timestamp>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let why_not = WhyNot::of(&approval);
    let (id, state) = (approval.id, approval.state);
    let (members, tokens) = (approval.preview.members, approval.preview.tokens);
    let (action, actor, asked_at) = (approval.action, approval.actor, approval.created_at);
    let subject = view! { <Subject action=action.clone() subject=approval.subject/> };
    let undone = receipt.map(|receipt| view! { <Undone receipt/> });
    let what = move || what_name(i18n.get_locale(), &action);
    let reason = approval.reason.map(|reason| {
        view! { <Fact name=tr!(i18n, desk.reason)>{reason}</Fact> }
    });
    let (expires_at, decided_at) = (approval.expires_at, approval.decided_at);
    let decider = approval.decided_by.zip(approval.decided_by_nickname);
    view! {
        <section class="card" data-testid="approval" data-approval=id.to_string() data-state=state.as_str()>
            <p class="row"><StateBadge state/></p>
            <dl class="facts facts-grid member-facts">
                <Fact name=tr!(i18n, desk.approval_what)>{what}</Fact>
                {subject}
                {undone}
                <Fact name=tr!(i18n, desk.approval_members)>{format::group(members)}</Fact>
                <Fact name=tr!(i18n, desk.approval_tokens)><Amount amount=tokens.get()/></Fact>
                <Fact name=tr!(i18n, desk.approval_actor)>
                    <Named user=actor nickname=approval.actor_nickname/>
                </Fact>
                {reason}
                <Fact name=tr!(i18n, desk.approval_at)><When at=asked_at/></Fact>
                <Fate state expires_at takes_effect_at decided_at decider/>
                <Because why_not/>
            </dl>
        </section>
    }
    .into_any()
}

/// What it is done to, where that is one thing: a member, or a receipt.
#[component]
fn Subject(action: String, subject: String) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_on_member = action.starts_with("users/");
    let number = subject.parse().ok().filter(|_| is_on_member);
    let what = match (number.map(UserId), receipt_of(&action, &subject)) {
        (Some(user), _) => view! { <MemberLink user/> }.into_any(),
        (None, Some(code)) => {
            let (href, code) = (purchase_path(&code), code.to_string());
            view! { <a class="desk-link" href=href>{code}</a> }.into_any()
        }
        (None, None) => return ().into_any(),
    };
    view! { <Fact name=tr!(i18n, desk.subject)>{what}</Fact> }.into_any()
}

/// Somebody of staff, by name and number.
#[component]
fn Named(user: UserId, nickname: String) -> impl IntoView {
    view! { {nickname} " " <MemberLink user/> }.into_any()
}

/// What becomes of it when, or who decided it when.
#[component]
fn Fate(
    state: ApprovalState,
    expires_at: Timestamp,
    /// From when on it takes effect by itself, if it does.
    takes_effect_at: Option<Timestamp>,
    decided_at: Option<Timestamp>,
    /// Who decided it, if somebody did.
    decider: Option<(UserId, String)>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Some(at) = decided_at else {
        return view! { <Undecided expires_at takes_effect_at/> }.into_any();
    };
    let by = match decider {
        Some((user, nickname)) => Some(view! { <Named user nickname/> }.into_any()),
        // It took effect because nobody else could have decided it.
        None if state == ApprovalState::Done => {
            Some(view! { <span>{tr!(i18n, desk.approval_sole)}</span> }.into_any())
        }
        None => None,
    };
    let by = by.map(|by| view! { <Fact name=tr!(i18n, desk.approval_by)>{by}</Fact> });
    view! {
        {by}
        <Fact name=tr!(i18n, desk.approval_decided_at)><When at/></Fact>
    }
    .into_any()
}

/// Until when it waits, or when it takes effect by itself.
#[component]
fn Undecided(expires_at: Timestamp, takes_effect_at: Option<Timestamp>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    match takes_effect_at {
        Some(at) => view! {
            <Fact name=tr!(i18n, desk.approval_alone)>
                <span data-testid="takes-effect"><When at/></span>
            </Fact>
        }
        .into_any(),
        None => view! {
            <Fact name=tr!(i18n, desk.approval_until)><When at=expires_at/></Fact>
        }
        .into_any(),
    }
}

/// Why it was not done.
#[component]
fn Because(why_not: WhyNot) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let WhyNot { reason, code } = why_not;
    if reason.is_none() && code.is_none() {
        return ().into_any();
    }
    let sentence = move || code.map(|code| why(i18n.get_locale(), code));
    view! {
        <Fact name=tr!(i18n, desk.approval_why_not)>
            <span data-testid="why-not">{reason} {sentence}</span>
        </Fact>
    }
    .into_any()
}

/// What kept it from being done. It was forbidden to whoever asked, and not to whoever looks.
fn why(locale: Locale, code: Code) -> &'static str {
    match code {
        Code::Forbidden | Code::OwnAccount => td_string!(locale, desk.approval_asker),
        Code::PreviewChanged => td_string!(locale, desk.approval_stale),
        code => refusals::of_code(locale, code),
    }
}
