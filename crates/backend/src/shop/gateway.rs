//! The payment gateway, as a trait: what the club asks of it, and what it may answer.

mod http;

use economy::shop::Price;
use futures::future::BoxFuture;
use wire::shop::GatewayState;

pub use http::{Access, HttpGateway};

/// A payment, as the gateway knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The club's name for it; asking again with it never charges again.
    pub reference: String,
    /// How much.
    pub price: Price,
    /// How the member pays, in the gateway's words.
    pub method: Option<String>,
}

/// Why the gateway did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// Nothing left this machine, so nothing was charged.
    #[error("the payment gateway cannot be reached: {0}")]
    NotSent(String),
    /// It may have charged: it answered late, or garbage, or not at all.
    #[error("the payment gateway did not say: {0}")]
    Unclear(String),
}

/// What the gateway says; nothing when it knows no such charge.
pub type GatewayAnswer = Result<Option<GatewayState>, GatewayError>;

/// Takes money. Each call names the charge, may be sent more than once, and has its effect once.
pub trait PaymentGateway: Send + Sync + 'static {
    /// Asks to hold the money.
    fn authorize<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer>;
    /// Takes money that is held.
    fn capture<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer>;
    /// How the charge stands.
    fn status<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer>;
    /// Gives back what was taken, or lets go what is held; a charge that never came is refused when
    /// it comes. Only `refunded`, or `declined` where nothing was taken, ends what is owed: not
    /// knowing the charge does not.
    fn refund<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer>;
}

/// Holds the money, then takes it; what is held already is only taken.
pub(super) async fn pay(gateway: &dyn PaymentGateway, charge: &Charge) -> GatewayAnswer {
    let state = gateway.authorize(charge).await?;
    take_held(gateway, charge, state).await
}

/// Where the charge stands, once what is held was taken.
pub(super) async fn poll(gateway: &dyn PaymentGateway, charge: &Charge) -> GatewayAnswer {
    let state = gateway.status(charge).await?;
    take_held(gateway, charge, state).await
}

async fn take_held(
    gateway: &dyn PaymentGateway,
    charge: &Charge,
    state: Option<GatewayState>,
) -> GatewayAnswer {
    if state != Some(GatewayState::Authorized) {
        return Ok(state);
    }
    // The money is held by now, whatever becomes of this.
    gateway.capture(charge).await.map_err(|error| match error {
        GatewayError::NotSent(cause) | GatewayError::Unclear(cause) => GatewayError::Unclear(cause),
    })
}
