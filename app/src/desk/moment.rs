//! One thing that happened to a member: when, of what kind, what, and what it moved.

use leptos::prelude::*;
use wire::{
    Tokens, UserId,
    desk::{ActOnMember, MemberNote, Moment, MomentKind, SignInTry, TimelineItem},
    live::Notice,
    play::HandSummary,
    shop::Receipt,
    user::Transaction,
};

use super::{audit_row::DONE, member_link::MemberLink, place::purchase_path};
use crate::{
    format,
    games::name,
    goods::Cost,
    hands::result_word,
    i18n::{Locale, td_string},
    tr,
    ui::{Badge, Tone, When},
    words::{self, I18n},
};

/// What a kind is called.
pub(super) fn kind_name(locale: Locale, kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::SignIn => td_string!(locale, desk.moment_sign_in),
        MomentKind::Transfer => td_string!(locale, desk.moment_transfer),
        MomentKind::Hand => td_string!(locale, desk.moment_hand),
        MomentKind::Receipt => td_string!(locale, desk.moment_receipt),
        MomentKind::Notice => td_string!(locale, desk.moment_notice),
        MomentKind::Act => td_string!(locale, desk.moment_act),
        MomentKind::Note => td_string!(locale, desk.moment_note),
    }
}

/// How a sign-in that was tried ended.
fn try_name(locale: Locale, outcome: &str) -> &'static str {
    match outcome {
        "success" => td_string!(locale, desk.try_success),
        "failure" => td_string!(locale, desk.try_failure),
        "locked" => td_string!(locale, desk.try_locked),
        _ => td_string!(locale, desk.try_refused),
    }
}

/// One line; on a phone as many as it takes.
#[component]
pub(super) fn Row(
    item: TimelineItem,
    /// Whose timeline it is.
    user: UserId,
    may_audit: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (at, kind) = (item.at, item.moment.kind());
    let told = match item.moment {
        Moment::SignIn(tried) => view! { <Tried tried/> }.into_any(),
        Moment::Transfer(transfer) => view! { <Moved transfer/> }.into_any(),
        Moment::Hand(hand) => view! { <Played hand/> }.into_any(),
        Moment::Receipt(receipt) => view! { <Bought receipt/> }.into_any(),
        Moment::Notice(notice) => view! { <Told notice/> }.into_any(),
        Moment::Act(act) => view! { <Acted act user may_audit/> }.into_any(),
        Moment::Note(note) => view! { <Noted note/> }.into_any(),
    };
    view! {
        <li class="moment" data-testid="moment" data-kind=kind.as_str()>
            <span class="moment-when"><When at/></span>
            <span class="moment-kind muted">{move || kind_name(i18n.get_locale(), kind)}</span>
            {told}
        </li>
    }
    .into_any()
}

#[component]
fn Tried(tried: SignInTry) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let outcome = tried.outcome;
    view! {
        <span class="moment-what">
            {move || try_name(i18n.get_locale(), &outcome)} " " <code>{tried.address}</code>
        </span>
    }
    .into_any()
}

#[component]
fn Moved(transfer: Transaction) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (kind, change) = (transfer.kind, transfer.change);
    view! {
        <span class="moment-what">{move || words::of_kind(i18n.get_locale(), &kind)}</span>
        <span class="moment-amount" data-testid="moment-change">
            <span class:is-win={change > 0}>{format::signed(change)}</span>
            " "
            <span class="muted">{format::group(transfer.balance_after.get())}</span>
        </span>
    }
    .into_any()
}

#[component]
fn Played(hand: HandSummary) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (game, result) = (hand.game, hand.result);
    let net = hand.payout.signed_diff(hand.stake);
    let staked = move || said(tr!(i18n, hands.stake)(), hand.stake);
    view! {
        <span class="moment-what">
            {move || name(i18n.get_locale(), game)} " "
            <Badge>{move || result_word(i18n.get_locale(), game, result)}</Badge>
        </span>
        <span class="moment-amount">
            <span class:is-win={net > 0}>{format::signed(net)}</span>
            " "
            <span class="muted">{staked}</span>
        </span>
    }
    .into_any()
}

/// An amount with what it is.
fn said(word: &str, amount: Tokens) -> String {
    format!("{word} {}", format::group(amount.get()))
}

#[component]
fn Bought(receipt: Receipt) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (kind, status) = (receipt.kind, receipt.status);
    let path = purchase_path(&receipt.receipt_code);
    view! {
        <span class="moment-what">
            {move || words::of_purchase(i18n.get_locale(), kind)} " "
            <Badge>{move || words::of_status(i18n.get_locale(), status)}</Badge> " "
            <a class="desk-link" href=path><code>{receipt.receipt_code.to_string()}</code></a>
        </span>
        <span class="moment-amount"><Cost price=receipt.total/></span>
    }
    .into_any()
}

#[component]
fn Told(notice: Notice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let line = move || words::of_notice(i18n.get_locale(), &notice).line();
    view! { <span class="moment-what">{line}</span> }.into_any()
}

/// What somebody who runs the club noted: plain text, whatever stands in it.
#[component]
fn Noted(note: MemberNote) -> impl IntoView {
    view! {
        <span class="moment-what">
            {note.text} " " <span class="muted">{note.author_nickname}</span>
        </span>
    }
    .into_any()
}

/// What staff did, who of them, and why.
#[component]
fn Acted(act: ActOnMember, user: UserId, may_audit: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let log = may_audit.then(|| format!("/admin/audit?subject={user}"));
    let action = match log {
        Some(href) => {
            view! { <a class="desk-link" href=href><code>{act.action}</code></a> }.into_any()
        }
        None => view! { <code>{act.action}</code> }.into_any(),
    };
    let refused = (act.outcome != DONE).then(|| {
        view! { <Badge tone=Tone::Warn>{act.outcome}</Badge> }
    });
    let who = match act.actor {
        Some(actor) => view! { <MemberLink user=actor/> }.into_any(),
        None => view! { <span>{tr!(i18n, desk.console)}</span> }.into_any(),
    };
    view! {
        <span class="moment-what">
            {action} " " {refused} " "
            <span class="muted">{tr!(i18n, desk.by)} " " {who}</span>
            <span class="moment-reason">{act.reason}</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_kind_and_each_end_of_a_sign_in_has_a_name_of_its_own() {
        for locale in [Locale::ko, Locale::en] {
            let kinds = MomentKind::ALL.map(|kind| kind_name(locale, kind));
            assert_eq!(BTreeSet::from(kinds).len(), MomentKind::ALL.len());
            let ends = ["success", "failure", "locked", "refused"];
            let ends = ends.map(|outcome| try_name(locale, outcome));
            assert_eq!(BTreeSet::from(ends).len(), 4);
        }
    }
}
