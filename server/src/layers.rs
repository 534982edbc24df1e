//! What happens to every request around its handler, one file each.

mod body;
mod bounds;
mod client;
mod headers;
mod observe;
mod origin;
mod owner;
mod refusals;
mod visitor;

pub(crate) use body::{leave_body, receive};
pub(crate) use bounds::{admit, limit_time};
pub(crate) use client::identify;
pub(crate) use headers::secure;
pub(crate) use observe::observe;
pub(crate) use origin::check_origin;
pub(crate) use owner::own;
pub(crate) use refusals::{panicked, render};
pub(crate) use visitor::recognise;
