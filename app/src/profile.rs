//! The member's own page.

mod api;
mod devices;
mod edit;
mod hands_card;
mod identity;
mod ledger;
mod page;
mod statistics;

pub use api::{ChangeNickname, ChangePassword, ChangePhone, EndSession, Profile};
pub use page::ProfilePage;
