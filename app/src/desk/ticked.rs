//! A member's roles as their form posts them.

use backend::{Backend, Staff, audit::Action};
use serde::{Deserialize, Serialize};
use wire::{
    Secret, UserId,
    staff::{Role, Roles, RolesChange, StaffMember},
};

use super::{
    confirm::{Shown, confirm},
    sent::{Fault, Sent, Typed},
};

/// What was ticked, and why. A form sends a role that is ticked and leaves out the others; a name that it
/// sends twice would be refused, so each role has a field of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticked {
    /// Whose roles.
    pub user_id: UserId,
    /// The version that the form was filled in from.
    pub version: i64,
    #[serde(default)]
    pub owner: bool,
    #[serde(default)]
    pub finance: bool,
    #[serde(default)]
    pub liveops: bool,
    #[serde(default)]
    pub games: bool,
    #[serde(default)]
    pub support: bool,
    #[serde(default)]
    pub auditor: bool,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// Whoever asks shows with it who they are, where they are to.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The same.
    #[serde(default)]
    pub code: Option<Secret>,
}

impl Sent for Ticked {
    type Answer = StaffMember;

    fn page(&self) -> String {
        staff_path(self.user_id)
    }

    fn name(&self) -> String {
        form_of(self.user_id)
    }

    fn typed(&self) -> Typed {
        vec![
            ("roles", self.roles().as_text()),
            ("reason", self.reason.clone().unwrap_or_default()),
        ]
    }

    fn told_by(&self) -> String {
        form_of(self.user_id)
    }

    /// Gives the member what was ticked.
    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<StaffMember, Fault> {
        let shown = Shown::of(&self.password, &self.code);
        confirm(backend, staff, Action::Roles, shown).await?;
        let (accounts, change) = (&backend.accounts, self.change());
        let set = accounts.set_roles(staff, self.user_id, change).await;
        set.map_err(Fault::Kept)
    }
}

impl Ticked {
    /// The roles that were ticked.
    pub(super) fn roles(&self) -> Roles {
        let ticked = Role::ALL.iter().copied().filter(|role| self.has(*role));
        Roles::from(ticked.collect::<Vec<_>>())
    }

    /// What it asks for.
    fn change(&self) -> RolesChange {
        RolesChange {
            roles: self.roles(),
            version: self.version,
            reason: self.reason.clone(),
        }
    }

    fn has(&self, role: Role) -> bool {
        match role {
            Role::Owner => self.owner,
            Role::Finance => self.finance,
            Role::Liveops => self.liveops,
            Role::Games => self.games,
            Role::Support => self.support,
            Role::Auditor => self.auditor,
        }
    }
}

/// The page with a member's form.
pub(super) fn staff_path(user: UserId) -> String {
    format!("/admin/staff?user={user}")
}

/// What the form of a member is called where it comes back refused: what was ticked for one member must not
/// stand in the form of another.
pub(super) fn form_of(user: UserId) -> String {
    format!("roles-{user}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_is_ticked_by_its_word() {
        for role in Role::ALL {
            let form = format!("user_id=7&version=2&reason=&{}=true", role.as_str());
            let ticked: Ticked = wire::read::form(form.as_bytes()).unwrap();
            assert_eq!((ticked.user_id, ticked.version), (UserId(7), 2));
            assert_eq!(ticked.roles(), Roles::from(*role));
            assert_eq!(ticked.change().reason, None, "an empty field is none");
        }
    }
}
