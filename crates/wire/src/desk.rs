//! What staff see of members.

use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use crate::UserId;
use crate::live::Notice;
use crate::play::HandSummary;
use crate::shop::Receipt;
use crate::staff::{Role, Roles};
use crate::user::{Rank, Transaction};

/// Whether a member may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They may.
    Active,
    /// They are kept out, for good or until an instant that is still to come.
    Banned,
    /// They are gone.
    Deleted,
}

/// The order of members in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberSort {
    /// Who joined last comes first.
    #[default]
    Newest,
    /// Who joined first comes first.
    Oldest,
    /// By nickname.
    Nickname,
    /// Who has most tokens comes first.
    Balance,
    /// Who signed in last comes first.
    LastLogin,
}

/// Which members, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct MembersRequest {
    /// A part of a site id or of a nickname, in any case; a whole phone number; a member's number. Up to
    /// 100 characters.
    pub search: Option<String>,
    /// Only of this rank.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub rank: Option<Rank>,
    /// Only `active`, `banned` or `deleted` ones.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub standing: Option<Standing>,
    /// Only those who have this role.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub role: Option<Role>,
    /// Only those who joined from then on.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub since: Option<Timestamp>,
    /// `newest`, `oldest`, `nickname`, `balance` or `last_login`; `newest` when left out.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<MemberSort>,
    /// Which page, 1 to 1,000,000; 1 when left out.
    pub page: Option<i64>,
    /// How many, 1 to 200; 50 when left out.
    pub page_size: Option<i64>,
}

/// A member, as staff see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberRow {
    /// From 1.
    pub id: UserId,
    /// What they sign in with.
    pub site_id: String,
    /// What others see.
    pub nickname: String,
    /// The first three digits and the last four, as `010-****-1234`.
    pub phone_number: String,
    /// What they may do.
    pub rank: Rank,
    /// What they are in running the club; nothing for most.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Role>))]
    pub roles: Roles,
    /// Whether they are neither banned nor deleted.
    pub is_active: bool,
    /// Whether they may act, and if not, why.
    pub standing: Standing,
    /// When the ban ends that they have; null without one, and for one that lasts.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub banned_until: Option<Timestamp>,
    /// Their tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// From 1.
    pub level: i64,
    /// When they joined.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When they last signed in.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_login: Option<Timestamp>,
}

/// A page of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberList {
    /// In the order that was asked for; nobody beyond the last page.
    pub items: Vec<MemberRow>,
    /// Which page it is.
    pub page: i64,
    /// How many a page has at most.
    pub page_size: i64,
    /// How many there are on all pages.
    pub total: i64,
}

/// A ban, as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberBan {
    /// Why.
    pub reason: String,
    /// From when on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Until when; null for one that lasts.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
}

/// The newest of what a member did, ten of each, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recent {
    /// Of their ledger.
    pub transfers: Vec<Transaction>,
    /// Of what they played.
    pub hands: Vec<HandSummary>,
    /// Of what they bought.
    pub receipts: Vec<Receipt>,
}

/// A member, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberWhole {
    /// As in a list.
    #[serde(flatten)]
    pub member: MemberRow,
    /// The number of the newest transfer in their ledger.
    pub seq: i64,
    /// The code that they joined with.
    pub invite_code: String,
    /// The ban that they have, be it one that is over.
    pub ban: Option<MemberBan>,
    /// How many sign-ins of theirs run.
    pub open_sessions: i64,
    /// How many hands they played.
    pub hands: i64,
    /// How many purchases they made, however those ended.
    pub purchases: i64,
    /// The newest of it.
    pub recent: Recent,
}

/// A member's phone number, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownPhone {
    /// Digits only.
    pub phone_number: String,
}

/// Somebody who tried to sign in as a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInTry {
    /// From where; of IPv6 the /64.
    pub address: String,
    /// `success`, `failure`, `locked` or `refused`.
    pub outcome: String,
}

/// What staff did to a member, without what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActOnMember {
    /// Its number in the audit log.
    pub seq: i64,
    /// Who; null for a command on the machine.
    pub actor: Option<UserId>,
    /// What they were then.
    pub roles: String,
    /// What they did, as `users/ban`.
    pub action: String,
    /// `ok`, or the code of the refusal.
    pub outcome: String,
    /// Why; null where none is asked for, or where it was taken away since.
    pub reason: Option<String>,
}

/// Something that happened to a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Moment {
    /// Somebody tried to sign in as them.
    SignIn(SignInTry),
    /// Their tokens moved.
    Transfer(Transaction),
    /// They played.
    Hand(HandSummary),
    /// They bought something; how that stands now.
    Receipt(Receipt),
    /// The club told them something that is in their list.
    Notice(Notice),
    /// Staff did something to them, or were refused.
    Act(ActOnMember),
}

/// What kind of thing happened to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MomentKind {
    /// Somebody tried to sign in as them.
    SignIn,
    /// Their tokens moved.
    Transfer,
    /// They played.
    Hand,
    /// They bought something.
    Receipt,
    /// The club told them something.
    Notice,
    /// Staff did something to them.
    Act,
}

impl MomentKind {
    /// All of them, in the order of a page's choices.
    pub const ALL: [Self; 6] = [
        Self::SignIn,
        Self::Transfer,
        Self::Hand,
        Self::Receipt,
        Self::Notice,
        Self::Act,
    ];

    /// The word in JSON and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Transfer => "transfer",
            Self::Hand => "hand",
            Self::Receipt => "receipt",
            Self::Notice => "notice",
            Self::Act => "act",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl Moment {
    /// What kind it is of.
    #[must_use]
    pub const fn kind(&self) -> MomentKind {
        match self {
            Self::SignIn(_) => MomentKind::SignIn,
            Self::Transfer(_) => MomentKind::Transfer,
            Self::Hand(_) => MomentKind::Hand,
            Self::Receipt(_) => MomentKind::Receipt,
            Self::Notice(_) => MomentKind::Notice,
            Self::Act(_) => MomentKind::Act,
        }
    }
}

/// Something that happened to a member, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineItem {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub moment: Moment,
}

/// Gives a member tokens, or takes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokensRequest {
    /// How many, 1 to 9,007,199,254,740,991.
    pub amount: i64,
    /// Why: 5 to 500 characters; required in production.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Where a member's account stands, now that staff have moved its tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokensMoved {
    /// The member.
    pub user_id: UserId,
    /// Their tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the transfer that made the balance.
    pub seq: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lifted_is_read_as_it_was_written() -> serde_json::Result<()> {
        let item = TimelineItem {
            at: Timestamp::from_millis(0),
            moment: Moment::SignIn(SignInTry {
                address: "192.0.2.1".to_owned(),
                outcome: "failure".to_owned(),
            }),
        };
        let sent = serde_json::to_value(&item)?;
        let expected = serde_json::json!({
            "at": "1970-01-01T00:00:00Z", "kind": "sign_in",
            "data": {"address": "192.0.2.1", "outcome": "failure"},
        });
        assert_eq!(sent, expected);
        assert_eq!(sent["kind"], item.moment.kind().as_str());
        assert_eq!(serde_json::from_value::<TimelineItem>(sent)?, item);
        Ok(())
    }

    #[test]
    fn a_kind_is_read_from_its_word_which_is_that_of_json() -> serde_json::Result<()> {
        for kind in MomentKind::ALL {
            assert_eq!(serde_json::to_value(kind)?, kind.as_str());
            assert_eq!(MomentKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(MomentKind::parse("god"), None);
        Ok(())
    }
}
