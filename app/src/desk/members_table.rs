//! Members in a list.

use leptos::prelude::*;
use wire::desk::{MemberList, MemberRow};

use super::{
    numbered::{Numbered, Pages},
    place::member_path,
    roles::RoleBadges,
    standing::StandingBadge,
};
use crate::{
    tr,
    ui::{Amount, Badge, Column, Empty, Table, When},
    words::{self, I18n},
};

/// A page of members, and the ways to the others. On a phone each is a card of two lines.
#[component]
pub(super) fn MembersTable(list: MemberList) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let pages = Numbered {
        page: list.page,
        page_size: list.page_size,
        total: list.total,
    };
    if list.items.is_empty() {
        return view! {
            <section class="card">
                <Empty title=tr!(i18n, desk.members_none) text=tr!(i18n, desk.audit_none_text)/>
                <Pages pages/>
            </section>
        }
        .into_any();
    }
    let columns = vec![
        Column::wide_number(tr!(i18n, profile.seq)),
        Column::text(tr!(i18n, auth.nickname)),
        Column::text(tr!(i18n, desk.rank)),
        Column::text(tr!(i18n, desk.standing)),
        Column::wide_number(tr!(i18n, profile.level)),
        Column::number(tr!(i18n, profile.after)),
        Column::wide(tr!(i18n, profile.joined)),
        Column::wide(tr!(i18n, desk.last_login)),
    ];
    let rows = list.items.into_iter();
    let rows = rows.map(|member| view! { <Row member/> }).collect_view();
    view! {
        <section class="card members">
            <Table columns label=tr!(i18n, desk.members) testid="members">{rows}</Table>
            <Pages pages/>
        </section>
    }
    .into_any()
}

#[component]
fn Row(member: MemberRow) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (number, rank) = (member.id.to_string(), member.rank);
    let marked = number.clone();
    let roles = (!member.roles.is_empty()).then(|| view! { <RoleBadges roles=member.roles/> });
    let last = match member.last_login {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="muted">{tr!(i18n, desk.never)}</span> }.into_any(),
    };
    view! {
        <tr data-testid="member-row" data-user=marked>
            <td class="number wide-only">{number}</td>
            <td class="member-name">
                <a class="desk-link" href=member_path(member.id)>{member.nickname}</a>
                <span class="table-sub">"@" {member.site_id}</span>
            </td>
            <td class="member-what">
                <span class="role-badges">
                    <Badge>{move || words::of_rank(i18n.get_locale(), rank)}</Badge>
                    {roles}
                </span>
            </td>
            <td class="member-stands"><StandingBadge standing=member.standing until=member.banned_until/></td>
            <td class="number wide-only">{member.level.to_string()}</td>
            <td class="number member-holds"><Amount amount=member.balance.get()/></td>
            <td class="member-date wide-only"><When at=member.created_at/></td>
            <td class="member-date wide-only">{last}</td>
        </tr>
    }
    .into_any()
}

/// Whom just what was searched for names, before all whom it is a part of.
#[component]
pub(super) fn Exactly(members: Vec<MemberRow>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if members.is_empty() {
        return ().into_any();
    }
    let rows = members.into_iter().map(|member| {
        let (number, path) = (member.id.to_string(), member_path(member.id));
        let marked = number.clone();
        view! {
            <li class="row" data-testid="exactly" data-user=marked>
                <a class="text-link" href=path>{member.nickname}</a>
                <span class="muted">"@" {member.site_id} " · " {tr!(i18n, profile.seq)} " " {number}</span>
                <StandingBadge standing=member.standing until=member.banned_until/>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card">
            <h2 class="card-title">{tr!(i18n, desk.exactly)}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}
