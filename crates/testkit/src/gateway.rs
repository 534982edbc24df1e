//! A payment gateway that a test drives: it keeps charges, and fails where it is told to.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use backend::shop::gateway::{Charge, GatewayAnswer, GatewayError, PaymentGateway};
use economy::shop::Price;
use futures::future::BoxFuture;
use tokio::sync::{Notify, Semaphore};
use wire::shop::GatewayState;

/// How it behaves from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behaviour {
    /// It holds, then takes.
    #[default]
    Works,
    /// Cards say no.
    Declines,
    /// It does not know yet.
    Pends,
    /// Nothing gets through.
    Away,
    /// It knows nothing of what is to be given back.
    Forgets,
    /// What it says cannot be read, and nothing is charged.
    Garbles,
    /// It holds the money, and its answer is lost.
    LosesAuthorization,
    /// It takes the money, and its answer is lost.
    LosesCapture,
    /// It takes the money, and waits with its answer until [`FakeGateway::answer`].
    AnswersLate,
    /// It waits before it holds anything.
    WaitsBeforeCharging,
    /// It holds the money, and waits with the answer.
    WaitsAfterCharging,
}

/// A charge as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Of how much.
    pub price: Price,
    /// How it stands.
    pub state: GatewayState,
    /// How often money was taken; never more than once.
    pub captures: u32,
    /// How often money was given back; never more than once.
    pub refunds: u32,
}

/// A gateway in memory.
#[derive(Debug)]
pub struct FakeGateway {
    charges: Mutex<BTreeMap<String, Kept>>,
    behaviour: Mutex<Behaviour>,
    asked: Notify,
    answers: Semaphore,
}

impl Default for FakeGateway {
    fn default() -> Self {
        Self {
            charges: Mutex::default(),
            behaviour: Mutex::default(),
            asked: Notify::new(),
            answers: Semaphore::new(0),
        }
    }
}

impl FakeGateway {
    /// Changes how it behaves.
    pub fn behaves(&self, behaviour: Behaviour) {
        *self.behaviour.lock().unwrap() = behaviour;
    }

    /// Waits until somebody waits for a late answer.
    pub async fn is_asked(&self) {
        self.asked.notified().await;
    }

    /// Lets one late answer go.
    pub fn answer(&self) {
        self.answers.add_permits(1);
    }

    /// Every charge, by reference.
    pub fn charges(&self) -> BTreeMap<String, Kept> {
        self.kept().clone()
    }

    /// Decides a charge that was not known.
    pub fn decides(&self, reference: &str, state: GatewayState) {
        let mut kept = self.kept();
        let charge = kept.get_mut(reference).unwrap();
        charge.state = state;
        if state == GatewayState::Captured {
            charge.captures += 1;
        }
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Kept>> {
        self.charges.lock().unwrap()
    }

    fn now(&self) -> Behaviour {
        *self.behaviour.lock().unwrap()
    }

    async fn late(&self) {
        self.asked.notify_one();
        self.answers.acquire().await.unwrap().forget();
    }

    fn is_away(&self) -> Result<(), GatewayError> {
        match self.now() {
            Behaviour::Away => Err(GatewayError::NotSent("away".to_owned())),
            Behaviour::Garbles => Err(GatewayError::Unclear("garbage".to_owned())),
            _ => Ok(()),
        }
    }

    fn hold(&self, charge: &Charge) -> GatewayState {
        let state = match self.now() {
            Behaviour::Declines => GatewayState::Declined,
            Behaviour::Pends => GatewayState::Pending,
            _ => GatewayState::Authorized,
        };
        let fresh = Kept {
            price: charge.price,
            state,
            captures: 0,
            refunds: 0,
        };
        let mut kept = self.kept();
        let kept = kept.entry(charge.reference.clone()).or_insert(fresh);
        assert_eq!(kept.price, charge.price, "a reference is of one amount");
        kept.state
    }

    fn take(&self, charge: &Charge) -> Option<GatewayState> {
        let mut kept = self.kept();
        let charge = kept.get_mut(&charge.reference)?;
        if charge.state == GatewayState::Authorized {
            charge.state = GatewayState::Captured;
            charge.captures += 1;
        }
        Some(charge.state)
    }

    fn give_back(&self, charge: &Charge) -> GatewayState {
        let fresh = Kept {
            price: charge.price,
            state: GatewayState::Refunded,
            captures: 0,
            refunds: 0,
        };
        let mut kept = self.kept();
        let charge = kept.entry(charge.reference.clone()).or_insert(fresh);
        if charge.state == GatewayState::Captured {
            charge.refunds += 1;
        }
        if charge.state != GatewayState::Declined {
            charge.state = GatewayState::Refunded;
        }
        charge.state
    }
}

impl PaymentGateway for FakeGateway {
    fn authorize<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        Box::pin(async move {
            self.is_away()?;
            if self.now() == Behaviour::WaitsBeforeCharging {
                self.late().await;
            }
            let state = self.hold(charge);
            match self.now() {
                Behaviour::LosesAuthorization => {
                    return Err(GatewayError::Unclear("timed out".to_owned()));
                }
                Behaviour::WaitsAfterCharging => self.late().await,
                _ => {}
            }
            Ok(Some(state))
        })
    }

    fn capture<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        Box::pin(async move {
            self.is_away()?;
            let state = self.take(charge);
            match self.now() {
                Behaviour::LosesCapture => {
                    return Err(GatewayError::Unclear("timed out".to_owned()));
                }
                Behaviour::AnswersLate => self.late().await,
                _ => {}
            }
            Ok(state)
        })
    }

    fn status<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        Box::pin(async move {
            self.is_away()?;
            Ok(self.kept().get(&charge.reference).map(|kept| kept.state))
        })
    }

    fn refund<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        Box::pin(async move {
            self.is_away()?;
            let forgets = self.now() == Behaviour::Forgets;
            Ok((!forgets).then(|| self.give_back(charge)))
        })
    }
}
