//! The front page.

mod api;
mod inside;
mod outside;
mod page;

pub use api::{Evening, load_evening};
pub use page::HomePage;
