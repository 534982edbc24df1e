//! The slot.

mod api;
mod auto;
mod board;
mod controls;
mod lines;
mod machine;
mod page;
mod play;
mod result;
mod rules;
mod show;
mod sound;
mod symbol;

pub use api::spin;
pub use page::SlotPage;
pub use symbol::art;
pub(crate) use symbol::{name, reels_text};
