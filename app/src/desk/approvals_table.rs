//! What staff asked for, in a list.

use leptos::prelude::*;
use wire::{
    Page,
    desk::{Approval, ApprovalState},
};

use super::{
    approval_words::{StateBadge, what_name},
    place::approval_path,
};
use crate::{
    format, tr,
    ui::{Amount, Column, Empty, Pager, Table, When, glyphs},
    words::I18n,
};

/// A page of it, and the ways to the others. On a phone each is a card of two lines.
#[component]
pub(super) fn ApprovalsTable(page: Page<Approval>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! {
            <section class="card">
                <Empty title=tr!(i18n, desk.approvals_none)/>
                <Pager parameter="cursor" next=page.next_cursor is_later/>
            </section>
        }
        .into_any();
    }
    let glyphs = glyphs(page.items.iter().map(|it| &*it.actor_nickname));
    let columns = vec![
        Column::wide_number(tr!(i18n, profile.seq)),
        Column::text(tr!(i18n, desk.approval_what)),
        Column::text(tr!(i18n, desk.standing)),
        Column::wide_number(tr!(i18n, desk.approval_members)),
        Column::number(tr!(i18n, desk.approval_tokens)),
        Column::wide(tr!(i18n, desk.approval_at)),
        Column::text(tr!(i18n, desk.approval_until)),
    ];
    let rows = page.items.into_iter();
    let rows = rows
        .map(|approval| view! { <Row approval/> })
        .collect_view();
    view! {
        {glyphs}
        <section class="card members">
            <Table columns label=tr!(i18n, desk.approvals) testid="approvals">{rows}</Table>
            <Pager parameter="cursor" next=page.next_cursor is_later/>
        </section>
    }
    .into_any()
}

#[component]
fn Row(approval: Approval) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (id, state, preview) = (approval.id, approval.state, approval.preview);
    let action = approval.action;
    let what = move || what_name(i18n.get_locale(), &action);
    // Nothing waits any more that was decided.
    let is_waiting = state == ApprovalState::Waiting;
    let until = is_waiting.then(|| view! { <When at=approval.expires_at/> });
    view! {
        <tr data-testid="approval-row" data-approval=id.to_string() data-state=state.as_str()>
            <td class="number wide-only">{id.to_string()}</td>
            <td class="member-name">
                <a class="desk-link" href=approval_path(id)>{what}</a>
                <span class="table-sub">{approval.actor_nickname}</span>
            </td>
            <td class="member-what"><StateBadge state/></td>
            <td class="number wide-only">{format::group(preview.members)}</td>
            <td class="number member-holds"><Amount amount=preview.tokens.get()/></td>
            <td class="member-date wide-only"><When at=approval.created_at/></td>
            <td class="member-stands">{until}</td>
        </tr>
    }
    .into_any()
}
