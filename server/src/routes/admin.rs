//! Whoever runs the club; every change is kept, also a refused one.

mod approvals;
mod audit;
mod dashboard;
mod members;
mod rewards;
mod shop;
mod staff;
mod users;
mod weighed;

use crate::state::Routes;

pub(crate) fn router() -> Routes {
    Routes::new()
        .merge(dashboard::router())
        .merge(shop::router())
        .merge(members::router())
        .merge(users::router())
        .merge(staff::router())
        .merge(audit::router())
        .merge(rewards::router())
        .merge(approvals::router())
}
