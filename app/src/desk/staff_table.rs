//! Who runs the club.

use leptos::prelude::*;
use wire::staff::StaffMember;

use super::{member_link::MemberLink, roles::RoleBadges, ticked::staff_path};
use crate::{
    tr,
    ui::{Column, Table},
    words::I18n,
};

/// Everyone with a role, and whether they have a second factor; the number leads to the member, the name to the forms
/// of both.
#[component]
pub(super) fn StaffTable(items: Vec<StaffMember>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::number(tr!(i18n, profile.seq)),
        Column::text(tr!(i18n, auth.site_id)),
        Column::text(tr!(i18n, auth.nickname)),
        Column::text(tr!(i18n, desk.roles)),
        Column::text(tr!(i18n, desk.factor)),
    ];
    let row = |member: StaffMember| {
        let (user, has_factor) = (member.user_id, member.has_second_factor);
        let factor = move || match has_factor {
            true => tr!(i18n, desk.factor_yes)(),
            false => tr!(i18n, desk.factor_no)(),
        };
        view! {
            <tr data-testid="staff-row" data-user=user.to_string()>
                <td class="number"><MemberLink user/></td>
                <td><a class="desk-link" href=staff_path(user)>{member.site_id}</a></td>
                <td class="staff-name">{member.nickname}</td>
                <td><RoleBadges roles=member.roles/></td>
                <td data-testid="has-factor">{factor}</td>
            </tr>
        }
    };
    let rows = items.into_iter().map(row).collect_view();
    view! { <Table columns label=tr!(i18n, desk.staff)>{rows}</Table> }.into_any()
}
