//! Who runs the club.

use leptos::prelude::*;
use wire::staff::StaffMember;

use super::{member_link::MemberLink, roles::RoleBadges, ticked::staff_path};
use crate::{
    tr,
    ui::{Column, Table},
    words::I18n,
};

/// Everyone with a role; the number leads to the member, the name to the form of their roles.
#[component]
pub(super) fn StaffTable(items: Vec<StaffMember>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::number(tr!(i18n, profile.seq)),
        Column::text(tr!(i18n, auth.site_id)),
        Column::text(tr!(i18n, auth.nickname)),
        Column::text(tr!(i18n, desk.roles)),
    ];
    let row = |member: StaffMember| {
        let user = member.user_id;
        view! {
            <tr data-testid="staff-row" data-user=user.to_string()>
                <td class="number"><MemberLink user/></td>
                <td><a class="desk-link" href=staff_path(user)>{member.site_id}</a></td>
                <td class="staff-name">{member.nickname}</td>
                <td><RoleBadges roles=member.roles/></td>
            </tr>
        }
    };
    let rows = items.into_iter().map(row).collect_view();
    view! { <Table columns label=tr!(i18n, desk.staff)>{rows}</Table> }.into_any()
}
