//! A page of the audit log.

use leptos::prelude::*;
use wire::{Page, staff::AuditRow};

use super::audit_row::Row;
use crate::{
    tr,
    ui::{Empty, Pager, glyphs},
    words::I18n,
};

/// The rows of one page, each to be opened, and the ways to the others.
#[component]
pub(super) fn AuditList(page: Page<AuditRow>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! {
            <section class="card">
                <Empty title=tr!(i18n, desk.audit_none) text=tr!(i18n, desk.audit_none_text)/>
            </section>
        }
        .into_any();
    }
    let glyphs = glyphs(page.items.iter().flat_map(written));
    let rows = page.items.into_iter();
    let rows = rows.map(|row| view! { <Row row/> }).collect_view();
    view! {
        {glyphs}
        <section class="card">
            <div class="audit-line audit-head" aria-hidden="true">
                <span class="number">{tr!(i18n, profile.seq)}</span>
                <span>{tr!(i18n, desk.at)}</span>
                <span>{tr!(i18n, desk.actor)}</span>
                <span>{tr!(i18n, desk.action)}</span>
                <span>{tr!(i18n, desk.subject)}</span>
                <span>{tr!(i18n, desk.outcome)}</span>
                <span>{tr!(i18n, desk.reason)}</span>
            </div>
            <div class="audit" data-testid="audit">{rows}</div>
            <Pager parameter="cursor" next=page.next_cursor is_later/>
        </section>
    }
    .into_any()
}

/// What people wrote in a row.
fn written(row: &AuditRow) -> impl Iterator<Item = &str> {
    let texts = [&row.reason, &row.before, &row.after];
    texts.into_iter().flatten().map(String::as_str)
}
