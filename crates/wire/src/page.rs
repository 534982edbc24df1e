//! Lists: a bounded page and where the next one starts.

use serde::{Deserialize, Serialize};

/// The most items of one page.
pub const LIMIT_MAX: i64 = 200;
/// The items of a page when nothing is said.
pub const LIMIT_DEFAULT: i64 = 50;

/// One page of a list, newest first unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// At most [`LIMIT_MAX`] of them.
    pub items: Vec<T>,
    /// Pass it as `cursor` to get what follows; null at the end.
    pub next_cursor: Option<String>,
}

/// Which page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct PageRequest {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
}
