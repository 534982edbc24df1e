//! What waits for somebody else to grant it.

use economy::Timestamp;
use serde::{Deserialize, Serialize};

use super::Preview;
use crate::{Code, Tokens, UserId};

/// How something stands that was to be granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Nobody has decided yet.
    Waiting,
    /// It was granted, and is being done.
    Granted,
    /// Somebody else refused it.
    Refused,
    /// Whoever asked took it back.
    Cancelled,
    /// Nobody decided in time.
    Expired,
    /// It was granted and done.
    Done,
    /// It was granted, and could not be done as it was shown.
    Failed,
}

impl ApprovalState {
    /// Each of them.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Granted,
        Self::Refused,
        Self::Cancelled,
        Self::Expired,
        Self::Done,
        Self::Failed,
    ];

    /// The word in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Which of what is or was to be granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct ApprovalsRequest {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
    /// Only those that stand like this.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub state: Option<ApprovalState>,
}

/// An act of staff's that went beyond what one does alone in a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approval {
    /// From 1.
    pub id: i64,
    /// Who asked.
    pub actor: UserId,
    /// What others see of them.
    pub actor_nickname: String,
    /// For what, as the audit log names it: `users/tokens/add`.
    pub action: String,
    /// To what: a member's number, a receipt, how many members.
    pub subject: String,
    /// Why.
    pub reason: Option<String>,
    /// What it was to do when it was asked for. Granted, it does just that or nothing.
    pub preview: Preview,
    /// How it stands.
    pub state: ApprovalState,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// Until when it can be granted: 24 hours.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// Who granted it, refused it or took it back; null while it waits, and where nobody did.
    pub decided_by: Option<UserId>,
    /// What others see of them.
    pub decided_by_nickname: Option<String>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub decided_at: Option<Timestamp>,
    /// What it came to, as JSON: the answer of the call, the code of what kept it from being done, or why it
    /// was refused.
    pub result: Option<String>,
}

/// Which page of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct ApprovalLinesRequest {
    /// Which page, 1 to 1,000,000; 1 when left out.
    pub page: Option<i64>,
    /// How many, 1 to 200; 50 when left out.
    pub page_size: Option<i64>,
}

/// What was asked for, line by line, and what whoever looks may do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalWhole {
    /// What was asked for, and how that stands.
    pub approval: Approval,
    /// Whether it would do now what it was to do when it was asked for, and whoever asked may still do it; granted
    /// where not, it fails. Null once it does not wait any more.
    pub is_as_shown: Option<bool>,
    /// From when on it takes effect by itself, because nobody else can grant it. Null where somebody else has to,
    /// where it would fail, and once it does not wait any more.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub takes_effect_at: Option<Timestamp>,
    /// What whoever looks may do about it.
    pub rights: ApprovalRights,
    /// A page of all that it does.
    pub lines: ApprovalLines,
}

/// What whoever looks may do about something that waits; nothing about what does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalRights {
    /// Grant it; nobody does what whoever asked may do no more.
    pub approve: bool,
    /// Refuse it.
    pub refuse: bool,
    /// Take it back.
    pub cancel: bool,
}

/// A page of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalLines {
    /// What moves most comes first; none beyond the last page.
    pub items: Vec<ApprovalLine>,
    /// Which page it is.
    pub page: i64,
    /// How many a page has at most.
    pub page_size: i64,
    /// How many there are on all pages.
    pub total: i64,
}

/// What it does to one member. Who is named twice has two lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalLine {
    /// To whom.
    pub user_id: UserId,
    /// What others see of them; empty where there is no such member.
    pub nickname: String,
    /// How many tokens go either way.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub tokens: Tokens,
    /// The member's tokens now; null once it does not wait any more.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub before: Option<Tokens>,
    /// The member's tokens then; null once it does not wait any more.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub after: Option<Tokens>,
    /// Why it would do nothing to this member, or why it did nothing.
    pub error: Option<Code>,
}

#[cfg(test)]
mod tests {
    use super::ApprovalState;

    #[test]
    fn the_word_in_rows_is_the_word_in_json() {
        for state in ApprovalState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
            assert_eq!(ApprovalState::parse(state.as_str()), Some(state));
        }
        assert_eq!(ApprovalState::parse("lost"), None);
    }
}
