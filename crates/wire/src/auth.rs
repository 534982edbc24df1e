//! Signing up, in and out.

mod second_factor;

pub use second_factor::{
    ConfirmRequest, Confirmed, RecoveryCodes, RecoveryCodesRequest, TotpConfirmRequest,
    TotpDisableRequest, TotpSetup, TotpSetupRequest,
};

use std::fmt;

use economy::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Secret, SessionId, user::User};

/// Asks to join the club.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpRequest {
    /// 3 to 50 of `[A-Za-z0-9_]`; trimmed, unique without regard to case.
    pub site_id: String,
    /// 2 to 50 characters that show; trimmed, kept in NFC, unique by what is read: NFKC, without regard
    /// to case and to how much white space there is.
    pub nickname: String,
    /// 10 to 15 digits; spaces, dashes and a leading plus are dropped.
    pub phone_number: String,
    /// 8 to 128 characters; the same in NFC and NFD; none of the 1,000 most common (`weak`).
    pub password: String,
    /// The code of whoever invited them; trimmed, in any case.
    pub invite_code: String,
}

/// Without what only they and the club know.
impl fmt::Debug for SignUpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignUpRequest")
            .field("site_id", &self.site_id)
            .field("nickname", &self.nickname)
            .finish_non_exhaustive()
    }
}

/// Asks for a pair of tokens.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginRequest {
    /// The member's site id; trimmed, in any case.
    pub site_id: String,
    /// Their password.
    pub password: String,
}

impl fmt::Debug for LoginRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginRequest")
            .field("site_id", &self.site_id)
            .finish_non_exhaustive()
    }
}

/// Asks for a pair of tokens at the door of staff.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminLoginRequest {
    /// The member's site id; trimmed, in any case.
    pub site_id: String,
    /// Their password.
    pub password: String,
    /// Of those who have a second factor: the six digits that it shows, or one of their recovery codes.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub code: Option<Secret>,
}

impl fmt::Debug for AdminLoginRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminLoginRequest")
            .field("site_id", &self.site_id)
            .finish_non_exhaustive()
    }
}

/// Without a code.
impl From<LoginRequest> for AdminLoginRequest {
    fn from(LoginRequest { site_id, password }: LoginRequest) -> Self {
        Self {
            site_id,
            password,
            code: None,
        }
    }
}

/// Asks for a new pair; the token may instead stand in `Authorization` or the cookie.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    /// The refresh token.
    #[serde(default, alias = "refreshToken")]
    pub refresh_token: Option<String>,
}

impl fmt::Debug for RefreshRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshRequest").finish_non_exhaustive()
    }
}

/// A pair of tokens and whose they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    /// A JWT for `Authorization: Bearer`.
    pub access_token: String,
    /// Good for one refresh.
    pub refresh_token: String,
    /// `bearer`.
    pub token_type: String,
    /// Seconds until the access token runs out.
    pub expires_in: i64,
    /// Whose they are.
    pub user: User,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("expires_in", &self.expires_in)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// A sign-in on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Its id, for ending it.
    pub id: SessionId,
    /// The user agent as it was sent, cut to 200 characters.
    pub device: String,
    /// The address it was last used from.
    pub address: String,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last refreshed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_used_at: Timestamp,
    /// Whether it is the one asking.
    pub current: bool,
}
