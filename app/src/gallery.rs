//! Every primitive on one page, in development only.

mod page;

pub use page::GalleryPage;
