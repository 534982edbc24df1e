//! The REST interface: one file and one tag per feature. Handlers hold no rule.

pub(crate) mod achievements;
pub(crate) mod admin;
pub(crate) mod auth;
pub(crate) mod crash;
pub(crate) mod fairness;
pub(crate) mod gacha;
pub(crate) mod games;
pub(crate) mod health;
pub(crate) mod invite;
pub(crate) mod live;
pub(crate) mod notifications;
pub(crate) mod play;
pub(crate) mod rbac;
pub(crate) mod rps;
pub(crate) mod shop;
pub(crate) mod slot;
pub(crate) mod test;
pub(crate) mod users;

use crate::state::Routes;

/// Everything that the document names, but for the system's own.
pub(crate) fn api() -> Routes {
    Routes::new()
        .merge(auth::router())
        .merge(invite::router())
        .merge(rbac::router())
        .merge(users::router())
        .merge(fairness::router())
        .merge(games::router())
        .merge(play::router())
        .merge(achievements::router())
        .merge(slot::router())
        .merge(rps::router())
        .merge(gacha::router())
        .merge(crash::router())
        .merge(shop::router())
        .merge(admin::router())
        .merge(live::router())
        .merge(notifications::router())
}
