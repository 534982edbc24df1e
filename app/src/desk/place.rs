//! The pages of the desk: the one list of them.

use wire::{
    ReceiptCode, UserId,
    staff::{Permission, Roles},
};

use super::door::FACTOR;
use crate::{
    i18n::{Locale, td_string},
    paths::in_path,
};

/// A page of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Today,
    Members,
    Purchases,
    Approvals,
    Staff,
    Audit,
}

impl Place {
    /// All of them, in the order of the rail.
    pub(super) const ALL: [Self; 6] = [
        Self::Today,
        Self::Members,
        Self::Purchases,
        Self::Approvals,
        Self::Staff,
        Self::Audit,
    ];

    /// Its address.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Today => "/admin",
            Self::Members => "/admin/members",
            Self::Purchases => "/admin/purchases",
            Self::Approvals => "/admin/approvals",
            Self::Staff => "/admin/staff",
            Self::Audit => "/admin/audit",
        }
    }

    /// What it needs; nothing where all who run the club may go.
    const fn permission(self) -> Option<Permission> {
        match self {
            Self::Today => None,
            Self::Members => Some(Permission::MembersRead),
            Self::Purchases => Some(Permission::PurchasesRead),
            Self::Approvals => Some(Permission::ApprovalsRead),
            Self::Staff => Some(Permission::StaffRead),
            Self::Audit => Some(Permission::AuditRead),
        }
    }

    /// Whether somebody who is this may open it. The club decides it once more when it is opened.
    pub(super) fn is_open_to(self, roles: &Roles) -> bool {
        self.permission().is_none_or(|it| roles.may(it))
    }

    /// What it is called.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Today => td_string!(locale, desk.today),
            Self::Members => td_string!(locale, desk.members),
            Self::Purchases => td_string!(locale, desk.purchases),
            Self::Approvals => td_string!(locale, desk.approvals),
            Self::Staff => td_string!(locale, desk.staff),
            Self::Audit => td_string!(locale, desk.audit),
        }
    }
}

/// The routes of the pages that are posted to themselves: what they answer with is told once, by that answer alone.
pub const POSTED: [&str; 2] = [FACTOR, "/admin/members/{id}"];

/// The page of a member.
pub(super) fn member_path(user: UserId) -> String {
    format!("{}/{user}", Place::Members.path())
}

/// The page of a purchase.
pub(super) fn purchase_path(code: &ReceiptCode) -> String {
    format!("{}/{}", Place::Purchases.path(), in_path(code))
}

/// The page of something that waits, or waited, for somebody else to grant it.
pub(super) fn approval_path(id: i64) -> String {
    format!("{}/{id}", Place::Approvals.path())
}

#[cfg(test)]
mod tests {
    use wire::staff::Role;

    use super::*;

    #[test]
    fn only_what_somebody_may_read_is_open_to_them() {
        let open = |role: Role| {
            let roles = Roles::from(role);
            let places = Place::ALL.into_iter();
            let open = places.filter(|it| it.is_open_to(&roles));
            open.collect::<Vec<_>>()
        };
        assert_eq!(open(Role::Owner), Place::ALL);
        assert_eq!(open(Role::Auditor), Place::ALL);
        let seen = [Place::Today, Place::Members, Place::Purchases];
        assert_eq!(open(Role::Support), seen);
        let finance = [&seen[..], &[Place::Approvals]].concat();
        assert_eq!(open(Role::Finance), finance);
        assert_eq!(open(Role::Games), [Place::Today]);
    }
}
