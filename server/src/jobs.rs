//! What the club does by itself, one file each: idempotent, until it is told to stop.

pub(crate) mod crash;
pub(crate) mod live;
pub(crate) mod play;
pub(crate) mod shop;
