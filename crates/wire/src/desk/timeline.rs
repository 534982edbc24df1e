//! What happened to a member.

use economy::Timestamp;
use serde::{Deserialize, Serialize};

use crate::UserId;
use crate::live::Notice;
use crate::play::HandSummary;
use crate::shop::Receipt;
use crate::user::Transaction;

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

/// What somebody who runs the club noted of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberNote {
    /// From 1.
    pub id: i64,
    /// Who noted it.
    pub author: UserId,
    /// What others see of them.
    pub author_nickname: String,
    /// As it was typed: plain text, whatever stands in it.
    pub text: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
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
    /// Staff noted something of them.
    Note(MemberNote),
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
        assert_eq!(serde_json::from_value::<TimelineItem>(sent)?, item);
        Ok(())
    }
}
