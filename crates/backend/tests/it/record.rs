//! The record of play: sittings, statistics, leaderboards, achievements, history.

mod achievements;
mod board;
mod history;
mod sessions;
mod stats;
mod verbs;
