//! What is shown when a page is missing or its data is refused.

mod missing;
mod refused;

pub use missing::MissingPage;
pub use refused::refused;
