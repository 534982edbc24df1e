//! Whoever runs the club; every call is kept, also a refused one.

mod shop;

use crate::state::Routes;

pub(crate) fn router() -> Routes {
    Routes::new().merge(shop::router())
}
