//! What happens to every request around its handler, one file each.

mod bounds;
mod client;
mod headers;
mod observe;
mod origin;
mod owner;
mod refusals;
mod visitor;

pub(crate) use bounds::{admit, limit_body, limit_time};
pub(crate) use client::identify;
pub(crate) use headers::secure;
pub(crate) use observe::observe;
pub(crate) use origin::check_origin;
pub(crate) use owner::own;
pub(crate) use refusals::{panicked, render};
pub(crate) use visitor::recognise;
