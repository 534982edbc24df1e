//! What roles and permissions are called. Words of the desk alone: no player loads them.

use leptos::prelude::*;
use wire::staff::{Permission, Role, Roles};

use crate::{
    i18n::{Locale, td_string},
    tr,
    ui::Badge,
    words::I18n,
};

/// The name of a role.
pub(super) fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Owner => td_string!(locale, desk.role_owner),
        Role::Finance => td_string!(locale, desk.role_finance),
        Role::Liveops => td_string!(locale, desk.role_liveops),
        Role::Games => td_string!(locale, desk.role_games),
        Role::Support => td_string!(locale, desk.role_support),
        Role::Auditor => td_string!(locale, desk.role_auditor),
    }
}

/// What somebody with a role does.
pub(super) fn role_text(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Owner => td_string!(locale, desk.role_owner_text),
        Role::Finance => td_string!(locale, desk.role_finance_text),
        Role::Liveops => td_string!(locale, desk.role_liveops_text),
        Role::Games => td_string!(locale, desk.role_games_text),
        Role::Support => td_string!(locale, desk.role_support_text),
        Role::Auditor => td_string!(locale, desk.role_auditor_text),
    }
}

/// What a permission lets one do.
pub(super) fn permission_name(locale: Locale, permission: Permission) -> &'static str {
    match permission {
        Permission::DashboardRead => td_string!(locale, desk.may_dashboard_read),
        Permission::MembersRead => td_string!(locale, desk.may_members_read),
        Permission::Members => td_string!(locale, desk.may_members),
        Permission::PurchasesRead => td_string!(locale, desk.may_purchases_read),
        Permission::Purchases => td_string!(locale, desk.may_purchases),
        Permission::Tokens => td_string!(locale, desk.may_tokens),
        Permission::Catalogue => td_string!(locale, desk.may_catalogue),
        Permission::InvitesRead => td_string!(locale, desk.may_invites_read),
        Permission::Invites => td_string!(locale, desk.may_invites),
        Permission::AuditRead => td_string!(locale, desk.may_audit_read),
        Permission::StaffRead => td_string!(locale, desk.may_staff_read),
        Permission::Staff => td_string!(locale, desk.may_staff),
        Permission::ApprovalsRead => td_string!(locale, desk.may_approvals_read),
        Permission::Approvals => td_string!(locale, desk.may_approvals),
    }
}

/// What somebody is, each role in a frame.
#[component]
pub(super) fn RoleBadges(roles: Roles) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if roles.is_empty() {
        return view! { <span class="muted">{tr!(i18n, desk.no_role)}</span> }.into_any();
    }
    let has = Role::ALL.iter().copied().filter(|role| roles.has(*role));
    let badges = has
        .map(|role| view! { <Badge>{move || role_name(i18n.get_locale(), role)}</Badge> })
        .collect_view();
    view! { <span class="role-badges">{badges}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_has_a_name_of_its_own() {
        for locale in [Locale::ko, Locale::en] {
            let roles = Role::ALL.iter().map(|it| role_name(locale, *it));
            assert_eq!(roles.collect::<BTreeSet<_>>().len(), Role::ALL.len());
            let permissions = Permission::ALL.iter();
            let permissions = permissions.map(|it| permission_name(locale, *it));
            let count = permissions.collect::<BTreeSet<_>>().len();
            assert_eq!(count, Permission::ALL.len());
        }
    }
}
