//! Whoever runs the club; every change is kept, also a refused one.

mod audit;
mod members;
mod shop;
mod staff;
mod users;

use crate::state::Routes;

pub(crate) fn router() -> Routes {
    Routes::new()
        .merge(shop::router())
        .merge(members::router())
        .merge(users::router())
        .merge(staff::router())
        .merge(audit::router())
}
