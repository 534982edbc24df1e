#![doc = include_str!("../README.md")]

pub mod achievements;
pub mod auth;
pub mod crash;
pub mod desk;
pub mod error;
pub mod fairness;
pub mod gacha;
pub mod health;
pub mod ids;
pub mod invite;
pub mod live;
pub mod page;
pub mod play;
#[cfg(feature = "read")]
pub mod read;
pub mod rps;
pub mod secret;
pub mod shop;
pub mod slot;
pub mod staff;
pub mod stats;
pub mod user;

pub use economy::{Timestamp, Tokens};
pub use error::{AppError, Code, Problem};
pub use ids::{GameId, HandId, PairId, PlaySessionId, ReceiptCode, SessionId, UserId};
pub use page::Page;
pub use progress::Period;
pub use secret::Secret;
