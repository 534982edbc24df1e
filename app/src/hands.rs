//! Hands that were played.

mod api;
mod list;

pub use api::list_hands;
pub use list::HandRow;
#[cfg(feature = "ssr")]
pub(crate) use list::result_word;
