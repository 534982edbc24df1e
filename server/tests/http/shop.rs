//! The shop over REST, paid through the real sandbox over HTTP.

mod gateway;
mod kill;
mod member;
mod sandbox;
mod staff;
