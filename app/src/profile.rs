//! The member's own page.

mod achievements;
mod api;
mod balance_chart;
mod hands_card;
mod identity;
mod ledger;
mod live_status;
mod page;
mod record;
mod results;
mod statistics;
mod worn;

pub use page::ProfilePage;
pub use record::{ClaimAchievement, Record};
