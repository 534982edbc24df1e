//! Who runs the club: roles, and what each of them may.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, UserId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$note])* $variant),+
        }

        impl $name {
            /// All of them, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in rows and JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The one of that word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == word)
            }
        }
    };
}

words! {
    /// What a member is in running the club; somebody may be several.
    Role {
        /// Everything, roles included.
        Owner = "owner",
        /// Purchases, refunds, tokens.
        Finance = "finance",
        /// What is on: catalogue, invites, notices.
        Liveops = "liveops",
        /// Tables, odds, returns.
        Games = "games",
        /// Members: what they are called, their ranks, notes on them, their sign-ins, bans of up to 7 days.
        Support = "support",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

words! {
    /// What a call of staff's needs; the document names it as `x-permission`.
    Permission {
        /// To see how the club does.
        DashboardRead = "dashboard_read",
        /// To see members, and what concerns them.
        MembersRead = "members_read",
        /// To change what members are and may.
        Members = "members",
        /// To see purchases of anyone.
        PurchasesRead = "purchases_read",
        /// To undo and end purchases.
        Purchases = "purchases",
        /// To give members tokens, and to take them.
        Tokens = "tokens",
        /// To change what is sold.
        Catalogue = "catalogue",
        /// To see invite codes of anyone.
        InvitesRead = "invites_read",
        /// To make invite codes, and to switch off anyone's.
        Invites = "invites",
        /// To read what staff did.
        AuditRead = "audit_read",
        /// To see who runs the club, and as what.
        StaffRead = "staff_read",
        /// To give and take roles.
        Staff = "staff",
        /// To see what waits for somebody else to grant it.
        ApprovalsRead = "approvals_read",
        /// To grant and refuse what others asked for, and to take back what one asked for.
        Approvals = "approvals",
    }
}

impl Permission {
    /// Who has it: the one table.
    #[must_use]
    pub const fn holders(self) -> &'static [Role] {
        use Role::{Auditor, Finance, Games, Liveops, Owner, Support};
        match self {
            Self::DashboardRead => &[Owner, Finance, Liveops, Games, Support, Auditor],
            Self::MembersRead | Self::PurchasesRead => &[Owner, Finance, Support, Auditor],
            Self::Members => &[Owner, Support],
            Self::Purchases | Self::Tokens | Self::Approvals => &[Owner, Finance],
            Self::ApprovalsRead => &[Owner, Finance, Auditor],
            Self::Catalogue | Self::Invites => &[Owner, Liveops],
            Self::InvitesRead => &[Owner, Liveops, Support, Auditor],
            Self::AuditRead | Self::StaffRead => &[Owner, Auditor],
            Self::Staff => &[Owner],
        }
    }
}

/// The roles of one member, each once, in their order; none for most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "Vec<Role>")]
pub struct Roles(Vec<Role>);

impl From<Vec<Role>> for Roles {
    fn from(mut roles: Vec<Role>) -> Self {
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self(vec![role])
    }
}

impl Roles {
    /// Reads what [`Roles::as_text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let roles: Option<Vec<Role>> = text.split_whitespace().map(Role::parse).collect();
        roles.map(Self::from)
    }

    /// As words with a blank between, for a row.
    #[must_use]
    pub fn as_text(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|role| role.as_str()).collect();
        words.join(" ")
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this is among them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// These and that one.
    #[must_use]
    pub fn with(&self, role: Role) -> Self {
        let mut roles = self.0.clone();
        roles.push(role);
        Self::from(roles)
    }

    /// Whether one of them has the permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        permission.holders().iter().any(|role| self.has(*role))
    }
}

/// Somebody who runs the club, or somebody who may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    /// The member.
    pub user_id: UserId,
    /// What they sign in with.
    pub site_id: String,
    /// What others see.
    pub nickname: String,
    /// What they are; nothing when they do not run the club.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Role>))]
    pub roles: Roles,
    /// How often the roles were changed: sent back with a change, so that none overwrites another.
    pub version: i64,
    /// Whether they have a second factor that counts.
    pub has_second_factor: bool,
}

/// Who runs the club.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffList {
    /// In the order in which they joined the club; at most 200.
    pub items: Vec<StaffMember>,
}

/// Gives a member these roles and no others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RolesChange {
    /// All that they are from now on; nothing takes the desk away from them.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Role>))]
    pub roles: Roles,
    /// The `version` that this was filled in from; 0 for somebody who had no role yet.
    pub version: i64,
    /// Why: 5 to 500 characters; required in production.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Why something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ReasonRequest {
    /// 5 to 500 characters; required in production.
    pub reason: Option<String>,
}

/// Bans a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BanRequest {
    /// 5 to 500 characters; required in production.
    pub reason: Option<String>,
    /// For how long, 1 to 87,600; for good when left out. Beyond 168 only an owner may.
    pub hours: Option<i64>,
}

/// Makes a member an owner; for development and tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ElevateRequest {
    /// What they sign in with.
    pub site_id: String,
    /// Why: 5 to 500 characters; required where staff have to say why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Which acts of staff's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct AuditRequest {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
    /// Only of this member of staff.
    #[cfg_attr(feature = "openapi", param(value_type = Option<i64>))]
    pub actor: Option<UserId>,
    /// Only of this kind, as `users/ban`.
    pub action: Option<String>,
    /// Only what was done to this: a member's number, a receipt, a product.
    pub subject: Option<String>,
    /// Only those that ended so: `ok`, `waiting`, or the code of a refusal.
    pub outcome: Option<String>,
    /// Only those from then on.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub since: Option<Timestamp>,
    /// Only those before then.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
}

/// An act of staff's, as the audit log has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRow {
    /// Its number in the chain, from 1, without gaps.
    pub seq: i64,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// Who; null for a command on the machine, and for what the club does by itself.
    pub actor: Option<UserId>,
    /// What they were then, as words with a blank between; `sole` beside them when nobody else could
    /// have done it, or granted it.
    pub roles: String,
    /// What they did, as `users/ban`.
    pub action: String,
    /// To what: a member's number, a receipt, a product.
    pub subject: String,
    /// `ok`, `waiting` where it waits for somebody else to grant it, or the code of the refusal.
    pub outcome: String,
    /// Why; null where none is asked for, or where it was taken away since.
    pub reason: Option<String>,
    /// How it stood before, as JSON.
    pub before: Option<String>,
    /// How it stood after, as JSON.
    pub after: Option<String>,
    /// From where; null where it was taken away since.
    pub address: Option<String>,
    /// Finds the request in the server's log.
    pub request_id: String,
    /// The entry's SHA-256 in the chain, lower-case hex.
    pub hash: String,
}

#[cfg(test)]
mod tests {
    use super::{Permission, Role, Roles};

    #[test]
    fn roles_are_read_as_they_were_written() {
        let roles = Roles::from(vec![Role::Support, Role::Owner, Role::Support]);
        assert_eq!(roles.as_text(), "owner support");
        assert_eq!(Roles::parse("owner support"), Some(roles));
        assert_eq!(Roles::parse(""), Some(Roles::default()));
        assert_eq!(Roles::parse("owner god"), None);
    }

    #[test]
    fn the_word_in_rows_is_the_word_in_json() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
        for permission in Permission::ALL {
            let word = serde_json::to_value(permission).unwrap();
            assert_eq!(word, permission.as_str());
        }
    }

    #[test]
    fn tokens_are_given_and_taken_by_owners_and_finance_alone() {
        let may = |role: &&Role| Roles::from(**role).may(Permission::Tokens);
        let who: Vec<Role> = Role::ALL.iter().filter(may).copied().collect();
        assert_eq!(who, [Role::Owner, Role::Finance]);
    }

    #[test]
    fn an_owner_may_everything_and_an_auditor_changes_nothing() {
        for permission in Permission::ALL {
            assert!(Roles::from(Role::Owner).may(*permission), "{permission:?}");
            let reads = permission.as_str().ends_with("_read");
            let auditor = Roles::from(Role::Auditor);
            assert_eq!(auditor.may(*permission), reads, "{permission:?}");
            assert!(!Roles::default().may(*permission), "{permission:?}");
        }
    }
}
