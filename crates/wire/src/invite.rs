//! Invite codes and ranks.

use economy::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Code;

/// Asks whether a code still lets someone in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValidateRequest {
    /// The code; trimmed, in any case.
    pub code: String,
}

/// Whether a code lets someone in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Validity {
    /// Whether a sign-up with it would get past the door now.
    pub is_valid: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<Code>,
    /// When it ends; left out when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// How many may still join with it; null = unlimited.
    pub remaining_uses: Option<i64>,
}

/// Asks for a new code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct GenerateRequest {
    /// How many may join with it, 1 to 100,000; null = unlimited.
    pub max_uses: Option<i64>,
    /// In how many days it ends, 1 to 3,650; null = never.
    pub expires_in_days: Option<i64>,
}

/// An invite code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invite {
    /// The code.
    pub code: String,
    /// How many may join with it; null = unlimited.
    pub max_uses: Option<i64>,
    /// How many did.
    pub uses: i64,
    /// Whether it was not switched off.
    pub is_active: bool,
    /// When it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}
