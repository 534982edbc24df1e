//! Rock-paper-scissors.

mod api;
mod arena;
mod choices;
mod controls;
mod duel;
mod page;
mod play;
mod result;
mod rules;
mod shape;
mod sound;
mod strip;

pub use api::throw;
pub use page::RpsPage;
pub(crate) use shape::{art, name, verdict};
