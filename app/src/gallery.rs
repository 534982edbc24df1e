//! The primitives on one page, while developing: a release does not carry it.

#[cfg(debug_assertions)]
mod page;

#[cfg(not(debug_assertions))]
pub use crate::trouble::MissingPage as GalleryPage;
#[cfg(debug_assertions)]
pub use page::GalleryPage;
