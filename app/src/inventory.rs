//! What members own, and what of it they wear.

mod api;
mod choice;
mod item;
mod page;

pub use api::{EquipItem, TakeOff, load_inventory};
pub use page::InventoryPage;
