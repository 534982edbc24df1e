//! Leaderboards: who stands where, by game, period and metric.

mod api;
mod choice;
mod page;

pub use page::LeaderboardPage;
