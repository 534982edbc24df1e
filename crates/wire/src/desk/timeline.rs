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
    /// Whether the password was right and a code of the second factor decided.
    pub with_code: bool,
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
    /// `ok`, `waiting` where it waits for somebody else to grant it, or the code of the refusal.
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
    /// Staff noted something of them.
    Note,
}

impl MomentKind {
    /// All of them, in the order of a page's choices.
    pub const ALL: [Self; 7] = [
        Self::SignIn,
        Self::Transfer,
        Self::Hand,
        Self::Receipt,
        Self::Notice,
        Self::Act,
        Self::Note,
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
            Self::Note => "note",
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
            Self::Note(_) => MomentKind::Note,
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
                with_code: true,
            }),
        };
        let sent = serde_json::to_value(&item)?;
        let expected = serde_json::json!({
            "at": "1970-01-01T00:00:00Z", "kind": "sign_in",
            "data": {"address": "192.0.2.1", "outcome": "failure", "with_code": true},
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
