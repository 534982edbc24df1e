//! One act of staff's: a line that opens.

use leptos::prelude::*;
use wire::{
    ReceiptCode, UserId,
    staff::{AuditRow, Role},
};

use super::{
    diff::{Change, changes},
    member_link::MemberLink,
    place::purchase_path,
    roles::role_name,
};
use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
    ui::{Badge, Column, Fact, Table, Tone, When},
    words::I18n,
};

/// What stands for an act that was done; anything else is the code of a refusal.
pub(super) const DONE: &str = "ok";

/// Who did what to what, and how it ended; opened, what it changed and where it came from.
#[component]
pub(super) fn Row(row: AuditRow) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (seq, actor, at) = (row.seq, row.actor, row.created_at);
    let (action, subject) = (row.action.clone(), row.subject.clone());
    let (outcome, reason) = (row.outcome.clone(), row.reason.clone());
    let marked = outcome.clone();
    let who = move || match actor {
        Some(user) => user.to_string(),
        None => tr!(i18n, desk.console)().to_owned(),
    };
    let tone = match outcome.as_str() {
        DONE => Tone::Good,
        _ => Tone::Warn,
    };
    let ended = move || match outcome.as_str() {
        DONE => tr!(i18n, desk.done)().to_owned(),
        code => code.to_owned(),
    };
    view! {
        <details class="audit-row" data-testid="audit-row" data-seq=seq.to_string() data-outcome=marked>
            <summary class="audit-line">
                <span class="number">{format::group(seq)}</span>
                <span><When at/></span>
                <span>{who}</span>
                <code data-testid="audit-action">{action}</code>
                <code>{subject}</code>
                <span class="audit-outcome"><Badge tone>{ended}</Badge></span>
                <span class="audit-reason">{reason}</span>
            </summary>
            <Detail row/>
        </details>
    }
    .into_any()
}

#[component]
fn Detail(row: AuditRow) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let changes = changes(row.before.as_deref(), row.after.as_deref());
    // A link in a line that opens would be a button within a button.
    let actor = row.actor.map(|user| {
        view! { <Fact name=tr!(i18n, desk.actor)><MemberLink user/></Fact> }
    });
    let subject = member_of(&row.action, &row.subject).map(|user| {
        view! { <Fact name=tr!(i18n, desk.subject)><MemberLink user/></Fact> }
    });
    let purchase = receipt_of(&row.action, &row.subject).map(|code| {
        let path = purchase_path(&code);
        view! { <Fact name=tr!(i18n, desk.subject)><a class="desk-link" href=path>{code.to_string()}</a></Fact> }
    });
    let roles = row.roles;
    let acted_as = move || acted_as(i18n.get_locale(), &roles);
    let reason = row.reason.map(|reason| {
        view! { <Fact name=tr!(i18n, desk.reason)>{reason}</Fact> }
    });
    let address = row.address.map(|address| {
        view! { <Fact name=tr!(i18n, desk.address)><code>{address}</code></Fact> }
    });
    view! {
        <div class="audit-detail">
            <Differences changes/>
            <dl class="facts">
                {actor} {subject} {purchase} {reason}
                <Fact name=tr!(i18n, desk.acted_as)>{acted_as}</Fact>
                {address}
                <Fact name=tr!(i18n, desk.request_id)><code>{row.request_id}</code></Fact>
                <Fact name=tr!(i18n, profile.hash)><code class="hash-text">{row.hash}</code></Fact>
            </dl>
        </div>
    }
    .into_any()
}

/// The member whom an act was done to, if it was done to one.
fn member_of(action: &str, subject: &str) -> Option<UserId> {
    let is_on_member = action.starts_with("users/") || action.starts_with("staff/");
    let number = subject.parse().ok().filter(|_| is_on_member);
    number.map(UserId)
}

/// The receipt of the purchase that an act was done to, if it was done to one.
pub(super) fn receipt_of(action: &str, subject: &str) -> Option<ReceiptCode> {
    let is_on_purchase = action.starts_with("transactions/");
    is_on_purchase.then(|| ReceiptCode(subject.to_owned()))
}

/// Before and after, side by side.
#[component]
fn Differences(changes: Vec<Change>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if changes.is_empty() {
        return view! { <p class="muted">{tr!(i18n, desk.no_change)}</p> }.into_any();
    }
    let columns = vec![
        Column::text(tr!(i18n, desk.part)),
        Column::text(tr!(i18n, desk.before)),
        Column::text(tr!(i18n, desk.after)),
    ];
    let rows = changes.into_iter();
    let rows = rows
        .map(|change| view! { <Difference change/> })
        .collect_view();
    view! { <Table columns label=tr!(i18n, desk.part)>{rows}</Table> }.into_any()
}

#[component]
fn Difference(change: Change) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Change {
        part,
        before,
        after,
    } = change;
    let part = match part {
        Some(part) => view! { <code>{part}</code> }.into_any(),
        None => view! { <span class="muted">{tr!(i18n, desk.whole)}</span> }.into_any(),
    };
    view! {
        <tr data-testid="difference">
            <td>{part}</td>
            <td><code>{before}</code></td>
            <td><code>{after}</code></td>
        </tr>
    }
    .into_any()
}

/// What somebody was then, in words; `roles` as the row has them.
fn acted_as(locale: Locale, roles: &str) -> String {
    let words = roles
        .split_whitespace()
        .map(|word| match Role::parse(word) {
            Some(role) => role_name(locale, role),
            None if word == "console" => td_string!(locale, desk.console),
            None if word == "sole" => td_string!(locale, desk.sole),
            None => word,
        });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_a_member_only_of_what_is_done_to_members() {
        for action in ["users/ban", "staff/roles"] {
            assert_eq!(member_of(action, "7"), Some(UserId(7)), "{action}");
            assert_eq!(member_of(action, "-"), None, "{action}");
        }
        assert_eq!(member_of("transactions/refund", "7"), None);
        let code = receipt_of("transactions/refund", "CC-00000007");
        assert_eq!(code.unwrap().as_str(), "CC-00000007");
        assert_eq!(receipt_of("users/ban", "7"), None);
    }

    #[test]
    fn what_somebody_was_is_told_in_words() {
        let said = acted_as(Locale::en, "owner games sole");
        assert_eq!(said, "Owner, Games, nobody else could");
        assert_eq!(acted_as(Locale::en, "console"), "Console");
        assert_eq!(acted_as(Locale::en, "god"), "god", "of a later build");
    }
}
