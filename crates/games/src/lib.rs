#![doc = include_str!("../README.md")]

pub mod fairness;
pub mod game;
pub mod slot;
pub mod verify;

pub use fairness::{ClientSeed, Draws, ServerSeed};
pub use game::{Game, HandResult, Play, multiplier_hundredths};
