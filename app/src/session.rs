//! Who is looking at the page, what they hold, and how their sign-in stays alive.

mod api;
mod call;
#[cfg(feature = "hydrate")]
mod renewal;
mod viewer;
mod wallet;

#[cfg(feature = "hydrate")]
pub(crate) use renewal::{ensure_fresh, renew_now};

pub use api::{SetLanguage, Viewer, load_viewer, set_language};
pub use call::{call, call_as_member, is_visitor};
pub use viewer::{Session, has_ended, provide_session, use_session};
pub use wallet::{Held, Wallet, provide_wallet, use_wallet};
