#![doc = include_str!("../README.md")]

pub mod crash;
pub mod fairness;
pub mod fraction;
pub mod gacha;
pub mod game;
pub mod result;
pub mod rps;
pub mod slot;
pub mod stake;
pub mod verify;

pub use fairness::{ClientSeed, Draws, ServerSeed};
pub use fraction::Fraction;
pub use game::{Game, Play};
pub use result::{HandResult, multiplier_hundredths};
