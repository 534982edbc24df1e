//! Rewards that staff give many members at once.

use serde::{Deserialize, Serialize};

use crate::{Code, UserId};

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RewardType {
    /// Tokens, from the mint.
    #[serde(rename = "TOKENS")]
    Tokens,
}

/// What one member is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantItem {
    /// Whom; the same member may be named again.
    pub user_id: UserId,
    /// What.
    pub reward_type: RewardType,
    /// How many, 1 to 9,007,199,254,740,991.
    pub amount: i64,
    /// Why: 5 to 500 characters; required in production.
    #[serde(default)]
    pub source_description: Option<String>,
}

/// Gives many members something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantBulkRequest {
    /// 1 to 1,000 of them.
    pub items: Vec<GrantItem>,
}

/// Whether somebody was given what was meant for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrantStatus {
    /// They were.
    Ok,
    /// They were not.
    Error,
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantResult {
    /// Whom it was meant for.
    pub user_id: UserId,
    /// Whether they have it.
    pub status: GrantStatus,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Code>,
}

/// What became of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantBulkResult {
    /// Whether everyone has what was meant for them.
    pub success: bool,
    /// One for each item, in their order.
    pub results: Vec<GrantResult>,
}

impl GrantBulkResult {
    /// What these came to together.
    #[must_use]
    pub fn of(results: Vec<GrantResult>) -> Self {
        Self {
            success: results.iter().all(|it| it.status == GrantStatus::Ok),
            results,
        }
    }
}
