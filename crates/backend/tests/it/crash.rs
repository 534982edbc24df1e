//! Crash: a stake waits in escrow, a click or the clock ends a round once, and everything checks.

mod ended;
mod ends;
mod races;
mod redis;
mod refusals;
pub(crate) mod verbs;
