//! What passes between the club and its payment gateway.

use economy::shop::{Currency, GatewayState};
use serde::{Deserialize, Serialize};

/// What the gateway tells through the webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentEvent {
    /// The event; the same one may come more than once.
    pub event_id: String,
    /// The charge, by the club's reference.
    pub reference: String,
    /// How it stands.
    pub state: GatewayState,
    /// Of how much, in minor units.
    pub amount: i64,
    /// In what: `KRW` or `USD`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
}
