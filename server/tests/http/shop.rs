//! The shop over REST, paid through the real sandbox over HTTP.

mod gateway;
mod kill;
mod member;
pub(crate) mod sandbox;
mod staff;
