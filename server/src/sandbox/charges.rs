//! The charges that the sandbox keeps.

use std::collections::HashMap;

use economy::shop::{Currency, Price};
use serde::{Deserialize, Serialize};
use wire::shop::GatewayState;

use super::Mode;

/// How many charges fit; a sandbox that lives longer is started again.
const CHARGES_MAX: usize = 100_000;

/// A charge as it is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    reference: String,
    amount: i64,
    currency: Currency,
    method: Option<String>,
}

impl Ask {
    /// What is to be held; nothing where no price is of such an amount.
    pub(super) fn price(&self) -> Option<Price> {
        Price::new(self.amount, self.currency).ok()
    }
}

/// A charge as it stands.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Charge {
    pub(super) reference: String,
    #[serde(flatten)]
    pub(super) price: Price,
    pub(super) state: GatewayState,
}

/// A charge, and whether this call changed it.
pub(super) struct Moved {
    pub(super) charge: Charge,
    pub(super) is_new: bool,
}

/// Every charge by its reference.
pub(super) struct Book {
    mode: Mode,
    charges: HashMap<String, Charge>,
}

impl Book {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            mode,
            charges: HashMap::new(),
        }
    }

    /// Begins a charge, once per reference; nothing when there is no room, or the reference is of
    /// another amount.
    pub(super) fn authorize(&mut self, ask: Ask, price: Price) -> Option<Moved> {
        if let Some(charge) = self.charges.get(&ask.reference) {
            let same = (charge.price == price).then(|| charge.clone());
            return same.map(|charge| Moved {
                charge,
                is_new: false,
            });
        }
        let state = self.mode.first(&ask.reference, ask.method.as_deref());
        self.begin(ask.reference, price, state)
    }

    fn begin(&mut self, reference: String, price: Price, state: GatewayState) -> Option<Moved> {
        if self.charges.len() >= CHARGES_MAX {
            return None;
        }
        let charge = Charge {
            reference: reference.clone(),
            price,
            state,
        };
        self.charges.insert(reference, charge.clone());
        Some(Moved {
            charge,
            is_new: true,
        })
    }

    pub(super) fn find(&self, reference: &str) -> Option<Charge> {
        self.charges.get(reference).cloned()
    }

    /// Moves a charge on, if it stands at one of `from`.
    pub(super) fn advance(
        &mut self,
        reference: &str,
        from: &[GatewayState],
        to: GatewayState,
    ) -> Option<Moved> {
        let charge = self.charges.get_mut(reference)?;
        let is_new = from.contains(&charge.state);
        if is_new {
            charge.state = to;
        }
        let charge = charge.clone();
        Some(Moved { charge, is_new })
    }

    /// Gives back, or lets go; a charge that never came stands refunded when it comes.
    pub(super) fn refund(&mut self, reference: &str, price: Price) -> Option<Moved> {
        use GatewayState::{Authorized, Captured, Pending, Refunded};
        if !self.charges.contains_key(reference) {
            return self.begin(reference.to_owned(), price, Refunded);
        }
        self.advance(reference, &[Authorized, Captured, Pending], Refunded)
    }
}
