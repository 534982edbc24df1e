//! What staff see of members, and do for them.

mod approval;
mod dashboard;
mod grant;
mod purchase;
mod timeline;
mod weighed;

pub use approval::{
    Approval, ApprovalLine, ApprovalLines, ApprovalLinesRequest, ApprovalRights, ApprovalState,
    ApprovalWhole, ApprovalsRequest,
};
pub use dashboard::{
    Dashboard, DayFigures, DayMoney, GameDay, GameFigures, LowStock, Needs, PlayedDay,
};
pub use grant::{
    GrantBulkRequest, GrantBulkResult, GrantItem, GrantResult, GrantStatus, RewardType,
};
pub use purchase::{OpenPurchases, PaymentAtGateway, PurchaseRow, PurchaseWhole};
pub use timeline::{ActOnMember, MemberNote, Moment, MomentKind, SignInTry, TimelineItem};
pub use weighed::{FIRST_MAX, Preview, PreviewedMember, Waits, WeighRequest, Weighed};

use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use crate::UserId;
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
    /// Another one whenever nickname, phone number or rank change: sent back with an edit, so that none
    /// overwrites another.
    pub version: i64,
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

/// Changes what staff may change of a member; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct MemberEdit {
    /// 2 to 50 characters that show.
    pub nickname: Option<String>,
    /// 10 to 15 digits.
    pub phone_number: Option<String>,
    /// What they may do.
    pub rank: Option<Rank>,
    /// The `version` that this was filled in from; not compared when left out.
    pub version: Option<i64>,
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

/// Notes something of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteRequest {
    /// 1 to 1,000 characters, plain text; lines may be broken.
    pub text: String,
}
