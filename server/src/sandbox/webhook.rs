//! The sandbox's messages to the club.

use std::time::Duration;

use backend::{Entropy, SystemEntropy};
use wire::shop::PaymentEvent;

use super::State;
use super::charges::Charge;

/// How often a message is sent until the club takes it.
const ATTEMPTS_MAX: u32 = 4;
/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// How long the club may take.
const TIME_MAX: Duration = Duration::from_secs(5);

/// Tells the club how a charge stands; the same event until it is taken.
pub(super) async fn tell(state: State, charge: Charge) {
    let Some(address) = &state.sandbox.webhook else {
        return;
    };
    let event = PaymentEvent {
        event_id: format!("{}:{:?}", charge.reference, charge.state),
        reference: charge.reference,
        state: charge.state,
        amount: charge.price.amount(),
        currency: charge.price.currency(),
    };
    let Ok(body) = serde_json::to_vec(&event) else {
        return;
    };
    let mut pause = PAUSE;
    for _ in 0..ATTEMPTS_MAX {
        if send(&state, address, &body).await {
            return;
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
}

/// Sends it once; whether sending it again is of no use.
async fn send(state: &State, address: &str, body: &[u8]) -> bool {
    let mut random = [0; 16];
    SystemEntropy.fill(&mut random);
    let nonce: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut request = state
        .client
        .post(address)
        .timeout(TIME_MAX)
        .header("content-type", "application/json");
    for (name, value) in state.sandbox.seal.headers(&nonce, body) {
        request = request.header(name, value);
    }
    let sent = request.body(body.to_vec()).send().await;
    sent.is_ok_and(|response| !response.status().is_server_error())
}
