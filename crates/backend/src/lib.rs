#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod achievements;
pub mod audit;
mod caller;
pub mod clock;
pub mod core;
pub mod crash;
pub mod db;
pub mod desk;
pub mod entropy;
pub mod error;
pub mod fairness;
pub mod gacha;
mod happened;
mod ids;
pub mod inventory;
pub mod invites;
pub mod ledger;
pub mod limits;
pub mod live;
mod notices;
pub mod operations;
mod paging;
pub mod play;
mod proofs;
mod readings;
pub mod rps;
pub mod settings;
mod shared;
pub mod shop;
pub mod slot;
mod standing;
pub mod tls;
mod turn;
mod wake;
mod weigh;

use std::ops::Deref;
use std::sync::Arc;

use crate::play::croupier::Croupiers;

pub use crate::{
    accounts::Accounts,
    achievements::Achievements,
    audit::Audit,
    caller::StaffSession,
    caller::{Arrival, Claimed, Device, Door, Entry, Member, Origin, Staff, block_of, network_of},
    clock::{Clock, MovableClock, SystemClock},
    core::Core,
    crash::Crash,
    db::{Db, Tx},
    desk::Desk,
    entropy::{Entropy, SystemEntropy},
    error::{Error, Result},
    fairness::Fairness,
    gacha::Gacha,
    inventory::Inventory,
    invites::Invites,
    ledger::Ledger,
    limits::Limits,
    live::Live,
    operations::IdempotencyKey,
    play::Play,
    proofs::Proofs,
    rps::Rps,
    settings::Settings,
    shop::{PaymentGateway, Shop},
    slot::Slot,
    weigh::Wish,
};

/// Everything the club can do; one pointer, because every request clones it.
#[derive(Clone)]
pub struct Backend(Arc<Services>);

/// What a [`Backend`] can do.
pub struct Services {
    /// Signing up, in and out; members and their devices.
    pub accounts: Accounts,
    /// Invite codes.
    pub invites: Invites,
    /// Balances and transactions.
    pub ledger: Ledger,
    /// Seeds, rotation, rounds to check.
    pub fairness: Fairness,
    /// The slot.
    pub slot: Slot,
    /// Rock-paper-scissors.
    pub rps: Rps,
    /// The gacha.
    pub gacha: Gacha,
    /// Crash.
    pub crash: Crash,
    /// The catalogue, sessions, history, statistics and leaderboards.
    pub play: Play,
    /// Achievements and their rewards.
    pub achievements: Achievements,
    /// What members own and wear.
    pub inventory: Inventory,
    /// The shop.
    pub shop: Shop,
    /// What staff did, and what of their calls came to no service.
    pub audit: Audit,
    /// What staff see of a member and of a day, from all features.
    pub desk: Desk,
    /// The live channel.
    pub live: Live,
    /// The proofs of ledger, hands and audit log.
    pub proofs: Proofs,
    /// Rate limits.
    pub limits: Limits,
    core: Core,
}

impl Deref for Backend {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

impl Backend {
    /// Opens the club: connects, migrates, makes the keys of names anew if an earlier build made them,
    /// makes the services. Without a gateway, tokens are not sold.
    ///
    /// # Errors
    /// When an engine cannot be reached, or the database is read-only or newer than this build.
    pub async fn open(
        settings: Settings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        gateway: Option<Arc<dyn PaymentGateway>>,
    ) -> Result<Self> {
        let hub = live::Hub::new(settings.redis_url.is_some());
        let wake = Arc::new(hub.clone());
        let db = Db::open(&settings.database, clock.clone(), wake).await?;
        db.migrate().await?;
        accounts::make_keys_anew(&db).await?;
        audit::seal_earlier(&db, clock.as_ref(), entropy.as_ref()).await?;
        let limits = Limits::open(&settings).await?;
        let happened = happened::Happened::open(&db).await?;
        let core = Core::new(core::Parts {
            happened,
            ids: ids::Ids::default(),
            db,
            clock,
            entropy,
            settings,
            limits,
        });
        let croupiers = Croupiers::open(&core.db, &core.happened);
        let accounts = Accounts::new(core.clone())?;
        let ledger = Ledger::new(core.clone());
        let play = Play::new(core.clone());
        let shop = Shop::new(core.clone(), gateway);
        let live = Live::open(
            core.clone(),
            hub,
            accounts.clone(),
            ledger.clone(),
            play.clone(),
        )
        .await?;
        let asked = (
            accounts.clone(),
            ledger.clone(),
            play.clone(),
            shop.clone(),
            live.clone(),
        );
        Ok(Self(Arc::new(Services {
            inventory: Inventory::new(core.clone()),
            invites: Invites::new(core.clone()),
            fairness: Fairness::new(core.clone()),
            slot: Slot::new(core.clone(), croupiers.clone()),
            rps: Rps::new(core.clone(), croupiers),
            gacha: Gacha::new(core.clone()),
            crash: Crash::open(core.clone())?,
            achievements: Achievements::new(core.clone()),
            audit: Audit::new(core.clone()),
            desk: Desk::new(core.clone(), asked),
            proofs: Proofs::new(core.clone()),
            accounts,
            ledger,
            play,
            shop,
            live,
            limits: core.limits.clone(),
            core,
        })))
    }

    /// The database, for health checks, commands and tests.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.core.db
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.core.clock.as_ref()
    }
}
