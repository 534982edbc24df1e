//! What something does, line by line.

use leptos::prelude::*;
use wire::desk::{ApprovalLine, ApprovalLines};

use super::{
    numbered::{Numbered, Pages},
    place::member_path,
    refusals,
};
use crate::{
    format, tr,
    ui::{Amount, Badge, Column, Empty, Table, Tone},
    words::I18n,
};

/// A page of them, what moves most first, and the ways to the others.
#[component]
pub(super) fn Lines(lines: ApprovalLines) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let pages = Numbered {
        page: lines.page,
        page_size: lines.page_size,
        total: lines.total,
    };
    let table = match lines.items.is_empty() {
        true => view! { <Empty title=tr!(i18n, hands.none)/> }.into_any(),
        false => view! { <LinesTable items=lines.items/> }.into_any(),
    };
    view! {
        <section class="card members">
            <h2 class="card-title">{tr!(i18n, desk.approval_lines)}</h2>
            {table}
            <Pages pages/>
        </section>
    }
    .into_any()
}

#[component]
fn LinesTable(items: Vec<ApprovalLine>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::text(tr!(i18n, auth.nickname)),
        Column::number(tr!(i18n, desk.approval_tokens)),
        Column::text(tr!(i18n, profile.after)),
        Column::text(tr!(i18n, desk.outcome)),
    ];
    let rows = items.into_iter();
    let rows = rows.map(|line| view! { <Row line/> }).collect_view();
    view! { <Table columns label=tr!(i18n, desk.approval_lines) testid="lines">{rows}</Table> }
        .into_any()
}

#[component]
fn Row(line: ApprovalLine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let user = line.user_id;
    let number = user.to_string();
    // Nobody has a name who is not there.
    let name = match line.nickname.is_empty() {
        true => number.clone(),
        false => line.nickname,
    };
    let balances = line.before.zip(line.after).map(|(before, after)| {
        let [before, after] = [before, after].map(|it| format::group(it.get()));
        format!("{before} → {after}")
    });
    let left_out = line.error.map(|code| {
        let why = move || refusals::of_code(i18n.get_locale(), code);
        view! {
            <Badge tone=Tone::Warn>{tr!(i18n, desk.approval_left_out)}</Badge>
            " "
            <span class="muted">{why}</span>
        }
    });
    view! {
        <tr data-testid="line" data-user=user.to_string()>
            <td class="member-name">
                <a class="desk-link" href=member_path(user)>{name}</a>
                <span class="table-sub">{number}</span>
            </td>
            <td class="number member-holds"><Amount amount=line.tokens.get()/></td>
            <td class="member-what">{balances}</td>
            <td class="member-stands">{left_out}</td>
        </tr>
    }
    .into_any()
}
