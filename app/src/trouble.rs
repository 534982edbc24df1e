//! What is shown when a page is missing, did not come, or data of it is refused.

mod lost;
mod missing;
mod refused;

pub use lost::LostPage;
pub use missing::MissingPage;
pub use refused::{PartTrouble, refused};
