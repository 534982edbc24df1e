//! The gacha.

mod api;
mod cabinet;
mod chances;
mod collection;
mod controls;
mod history;
mod item;
mod machine;
mod odds;
mod page;
mod play;
mod result;
mod room;
mod show;
mod sound;
mod spotlight;
mod stage;
mod tray;

pub use api::{gacha_history, gacha_stats, pull};
pub(crate) use item::{ItemArt, entry_name};
pub use page::GachaPage;
