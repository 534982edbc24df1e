//! The page that checks the house.

mod all;
mod api;
mod checker;
mod one;
mod page;
mod pairs;
mod promise;
mod round_view;
mod seeds_view;

pub use api::{Rotate, SetClientSeed};
pub use page::FairnessPage;
pub use promise::Promise;
