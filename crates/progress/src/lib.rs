#![doc = include_str!("../README.md")]

pub mod achievement;
pub mod fact;
pub mod level;
pub mod listeners;
pub mod period;
pub mod sheet;
pub mod tally;
pub mod totals;

pub use fact::{Fact, Hand};
pub use period::Period;
pub use sheet::Sheet;
