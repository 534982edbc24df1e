#![doc = include_str!("../README.md")]

pub mod account;
pub mod chain;
pub mod posting;
pub mod receipt;
pub mod shop;
pub mod time;
pub mod tokens;

pub use account::AccountId;
pub use chain::{Entry, Fault, Hash, Head};
pub use posting::{Kind, Leg, Posting};
pub use time::Timestamp;
pub use tokens::Tokens;
