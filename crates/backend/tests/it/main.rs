//! Services and stores on real databases, each test on both engines.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

mod accounts;
mod append_only;
mod audit;
mod crash;
mod croupier;
mod db;
mod desk;
mod fairness;
mod features;
mod gacha;
mod gate;
mod invites;
mod ledger;
mod limits;
mod live;
mod lockout;
mod record;
mod refresh;
mod rps;
mod schema;
mod second_factor;
mod shop;
mod slot;
mod staff;
mod table;
mod weigh;
