//! What can be refused: one enum of codes, one table from code to HTTP status.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident => $status:literal, $title:literal;)*) => {
        /// Why a request was refused. Pages show text by code; other clients match on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The HTTP status that carries it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// A short English summary, the same for every occurrence.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// The body is no JSON object, or not UTF-8.
    MalformedBody => 400, "The request body cannot be read";
    /// A field has the wrong type or an impossible value; see `fields`.
    Invalid => 422, "A field is not valid";
    /// The body is over the limit.
    BodyTooLarge => 413, "The request body is too large";
    /// The body is not of a type that is read here.
    UnsupportedMediaType => 415, "The content type is not supported";
    /// No token, or one that does not count.
    Unauthenticated => 401, "Sign in first";
    /// Site id and password do not match.
    BadCredentials => 401, "The site id or the password is wrong";
    /// The refresh token is unknown, expired or was used before.
    BadRefreshToken => 401, "The refresh token does not count";
    /// The password is right, and a code is asked for beside it.
    CodeRequired => 401, "A code of the second factor is needed";
    /// The code is wrong, or was used before.
    WrongCode => 401, "The code is wrong or was used before";
    /// The wrong rank or role.
    Forbidden => 403, "Not allowed";
    /// Staff do not do this to their own account.
    OwnAccount => 403, "Not on your own account";
    /// Staff act in a session that was opened at their door, and is neither over nor idle.
    StaffSessionRequired => 403, "Sign in at the door of staff first";
    /// Staff have a second factor.
    SecondFactorRequired => 403, "A second factor is needed";
    /// Staff show who they are within the ten minutes before.
    ConfirmationRequired => 403, "Confirm with password and code first";
    /// The request came from another site.
    ForeignOrigin => 403, "The request came from another site";
    /// The member is banned.
    Banned => 403, "This account is banned";
    /// There is no such thing.
    NotFound => 404, "Not found";
    /// There is no such game.
    UnknownGame => 404, "There is no such game";
    /// The path is there, the method is not.
    MethodNotAllowed => 405, "The method is not allowed";
    /// The request took too long.
    TimedOut => 408, "The request took too long";
    /// The site id is taken.
    SiteIdTaken => 409, "The site id is taken";
    /// The nickname is taken.
    NicknameTaken => 409, "The nickname is taken";
    /// The phone number is taken.
    PhoneTaken => 409, "The phone number is taken";
    /// There is a confirmed second factor, in whose place none is set up.
    SecondFactorSet => 409, "A second factor is set up already";
    /// There is no such invite code.
    InviteUnknown => 400, "The invite code is not valid";
    /// The invite code has run out of uses.
    InviteUsedUp => 400, "The invite code is used up";
    /// The invite code has expired.
    InviteExpired => 400, "The invite code has expired";
    /// The invite code was switched off.
    InviteInactive => 400, "The invite code is not active";
    /// The balance does not cover the stake.
    InsufficientTokens => 400, "Not enough tokens";
    /// The balance would pass the largest amount.
    BalanceTooLarge => 409, "The balance would be too large";
    /// The stake is below the limit.
    StakeTooSmall => 422, "The stake is too small";
    /// The stake is above the limit.
    StakeTooLarge => 422, "The stake is too large";
    /// The stake does not divide by the lines.
    StakeUneven => 422, "The stake does not divide by the lines";
    /// Lines are 1 to 5.
    BadLines => 422, "Lines are 1 to 5";
    /// The current password is wrong.
    WrongPassword => 403, "The current password is wrong";
    /// A hand of the pair is still running.
    RoundRunning => 409, "A round is still running";
    /// The member's round of crash is running; it has to end before the next one.
    RoundActive => 409, "A round is already running";
    /// A sitting of that game is open already.
    SessionOpen => 409, "A session of this game is already open";
    /// The sitting was closed before.
    SessionEnded => 409, "The session has already ended";
    /// The reward was claimed before.
    AlreadyClaimed => 409, "The reward was already claimed";
    /// The curve is still below 1.01x.
    TooEarly => 409, "It is too early to cash out";
    /// Staff stopped the package, or it is not sold.
    PackageUnavailable => 409, "This package is not available";
    /// The package is not on sale yet.
    NotStarted => 409, "It has not started yet";
    /// The package is no longer on sale.
    Expired => 409, "It has ended";
    /// None is left.
    OutOfStock => 409, "Sold out";
    /// The member has as many as a member may.
    UserLimit => 409, "You have as many as a member may have";
    /// The promo code is unknown, used up, not in force, or for something else.
    PromoInvalid => 400, "The promo code is not valid here";
    /// It costs more by now than what the caller agreed to.
    PriceChanged => 409, "The price has gone up";
    /// The card said no.
    PaymentDeclined => 402, "The payment was declined";
    /// The payment gateway does not answer, or there is none.
    GatewayUnreachable => 502, "The payment service cannot be reached";
    /// Too many purchases or declined cards.
    TooManyPurchases => 429, "Too many purchases";
    /// What was bought was used, so that it cannot be taken back.
    ItemUsed => 409, "What was bought has been used";
    /// The purchase does not stand so that this could be done with it.
    NotRefundable => 409, "This purchase cannot be refunded or settled";
    /// The member does not own the item, or it is not for that.
    ItemNotUsable => 409, "This item cannot be used for that";
    /// The signature is not the payment gateway's.
    BadSignature => 401, "The signature is wrong";
    /// The message is older than it may be.
    StaleMessage => 400, "The message is too old";
    /// The message came before.
    ReplayedMessage => 409, "The message came before";
    /// It was changed by somebody else since it was read.
    EditConflict => 409, "Somebody else changed it meanwhile";
    /// The act would do something else by now than what was shown, so that it was not done.
    PreviewChanged => 409, "It would do something else by now";
    /// It goes beyond what one does alone in a day.
    ApprovalWaits => 409, "It waits for somebody else to grant it";
    /// As much of what whoever asks asked for waits already as may.
    TooMuchWaits => 409, "Too much that you asked for waits already";
    /// It was granted, refused or taken back before.
    ApprovalDecided => 409, "It was decided before";
    /// The club would be left without an owner.
    LastOwner => 409, "The club needs an owner";
    /// The key was used for another request.
    IdempotencyMismatch => 422, "The idempotency key was used for another request";
    /// The request with that key is still under way.
    InProgress => 409, "The same request is still under way";
    /// The path is a WebSocket, and the request asks for none.
    UpgradeRequired => 426, "This path is a WebSocket";
    /// Too many sign-in failures.
    Locked => 429, "Too many failed sign-ins";
    /// Too many requests.
    RateLimited => 429, "Too many requests";
    /// Something that is needed cannot be reached.
    Unavailable => 503, "Not available right now";
    /// Something broke; the request id finds it in the log.
    Internal => 500, "Something went wrong";
}

/// One field that is not valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name as it is sent.
    pub field: String,
    /// What is wrong with it, in English; a stable word for pages stands in `code`.
    pub message: String,
    /// `required`, `too_short`, `too_long`, `characters`, `type`, `range`, `weak`.
    pub code: String,
}

/// A refusal: a code, a sentence, and the fields it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// Why.
    pub code: Code,
    /// One English sentence; never text from inside.
    pub message: String,
    /// For [`Code::Invalid`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// When to come back, in seconds; for 429 and 503.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_secs: Option<i64>,
}

impl AppError {
    /// A refusal with the code's own words.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            message: code.title().to_owned(),
            fields: Vec::new(),
            retry_after_secs: None,
        }
    }

    /// A refusal that names one field.
    #[must_use]
    pub fn field(field: &str, code: &str, message: &str) -> Self {
        let error = FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
            code: code.to_owned(),
        };
        Self {
            fields: vec![error],
            ..Self::new(Code::Invalid)
        }
    }

    /// The same refusal with when to come back.
    #[must_use]
    pub fn retry_after(mut self, secs: i64) -> Self {
        self.retry_after_secs = Some(secs);
        self
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

/// How a refusal looks on REST: RFC 9457 problem details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`: the code says it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code's summary.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened here.
    pub detail: String,
    /// Why.
    pub code: Code,
    /// Finds the request in the log; also in `X-Request-Id`.
    pub request_id: String,
    /// The fields that are not valid; with 422.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
}
