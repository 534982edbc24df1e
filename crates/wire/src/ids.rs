//! Names of things. Members are integers; everything else is an opaque string.

use economy::AccountId;
use serde::{Deserialize, Serialize};

/// A member, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct UserId(pub i64);

impl UserId {
    /// The member's ledger account.
    #[must_use]
    pub const fn account(self) -> AccountId {
        AccountId(self.0)
    }
}

impl std::fmt::Display for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

string_id!(
    /// A round of crash from its bet on; when it ends it becomes the hand of the same id.
    GameId
);
string_id!(
    /// A hand: one settled outcome.
    HandId
);
string_id!(
    /// A pair of seeds.
    PairId
);
string_id!(
    /// A sign-in on one device.
    SessionId
);
string_id!(
    /// Hands of one game, played in one sitting.
    PlaySessionId
);
string_id!(
    /// A purchase: the number of its receipt.
    ReceiptCode
);
