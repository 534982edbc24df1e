//! What a page is told when a call fails.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::{Bytes, codec::JsonEncoding, error::IntoAppError},
};
use serde::{Deserialize, Serialize};
use wire::{AppError, Code, Problem, error::FieldError};

/// Why a server function gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PageError {
    /// The club said no; nothing moved.
    #[error(transparent)]
    Refused(AppError),
    /// The club was not reached; whether anything moved is not known.
    #[error("the club was not reached")]
    Offline,
}

impl PageError {
    /// The code of a refusal.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(error) => Some(error.code),
            Self::Offline => None,
        }
    }

    /// Whether signing in (or refreshing) would help.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        self.code() == Some(Code::Unauthenticated)
    }

    /// Whether the same request, with the same key, may be sent again.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Offline => true,
            Self::Refused(error) => matches!(
                error.code,
                Code::InProgress | Code::Unavailable | Code::TimedOut
            ),
        }
    }

    /// Whether what was asked for may have happened: asked again, it has to be the same gesture.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.is_passing() || self.code() == Some(Code::Internal)
    }

    /// The refused fields, those that a code speaks of included, each with a word for what is wrong.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<FieldFault> {
        let Self::Refused(error) = self else {
            return None;
        };
        if let Some(FieldError { code, .. }) = error.fields.iter().find(|fault| fault.field == name)
        {
            return Some(FieldFault::Word(code.clone()));
        }
        (field_of(error.code) == Some(name)).then_some(FieldFault::Code(error.code))
    }

    /// Whether some field of a form is to blame, so that the form as a whole need not say it again.
    #[must_use]
    pub fn is_about_fields(&self) -> bool {
        match self {
            Self::Refused(error) => !error.fields.is_empty() || field_of(error.code).is_some(),
            Self::Offline => false,
        }
    }
}

/// What came of a form that was posted without JavaScript and refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub error: PageError,
    /// What had been typed, by field, passwords left out.
    pub values: Vec<(String, String)>,
}

impl Refusal {
    /// What had been typed into a field.
    #[must_use]
    pub fn value(refusal: Option<&Self>, name: &str) -> String {
        let values = refusal
            .map(|refusal| refusal.values.as_slice())
            .unwrap_or_default();
        values
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// `required`, `too_short` and the like.
    Word(String),
    /// A refusal that can only be about this field.
    Code(Code),
}

fn field_of(code: Code) -> Option<&'static str> {
    match code {
        Code::SiteIdTaken => Some("site_id"),
        Code::NicknameTaken => Some("nickname"),
        Code::PhoneTaken => Some("phone_number"),
        Code::InviteUnknown | Code::InviteUsedUp | Code::InviteExpired | Code::InviteInactive => {
            Some("invite_code")
        }
        Code::WrongPassword => Some("current_password"),
        Code::CodeRequired | Code::WrongCode => Some("code"),
        Code::PromoInvalid => Some("promo_code"),
        Code::PaymentDeclined | Code::GatewayUnreachable => Some("payment_method"),
        _ => None,
    }
}

impl From<Code> for PageError {
    fn from(code: Code) -> Self {
        Self::Refused(AppError::new(code))
    }
}

impl From<AppError> for PageError {
    fn from(error: AppError) -> Self {
        Self::Refused(error)
    }
}

impl FromServerFnError for PageError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Code::MalformedBody.into()
            }
            _ => Code::Internal.into(),
        }
    }

    /// A layer before the server functions answers problem JSON, a proxy anything at all.
    fn de(data: Bytes) -> Self {
        if let Ok(error) = serde_json::from_slice(&data) {
            return error;
        }
        match serde_json::from_slice::<Problem>(&data) {
            Ok(problem) => Self::Refused(AppError {
                code: problem.code,
                message: problem.detail,
                fields: problem.fields,
                retry_after_secs: None,
            }),
            Err(error) => ServerFnErrorErr::Deserialization(error.to_string()).into_app_error(),
        }
    }
}
