//! The page that checks the house.

mod all;
mod api;
mod checker;
mod crash_round;
mod gacha_round;
mod one;
mod page;
mod pairs;
mod promise;
mod round_view;
mod rps_round;
mod seeds_view;
mod slot_round;
mod start;

pub use api::{Rotate, SetClientSeed};
pub use page::FairnessPage;
pub use promise::Promise;
