//! Crash: a curve that climbs until it breaks off.

mod api;
mod auto;
mod button;
mod clock;
mod controls;
mod delay;
mod ended;
mod flight;
mod follow;
mod page;
mod paint;
mod play;
mod points;
mod remembered;
mod room;
mod rules;
mod scale;
mod sound;
mod stage;
mod twin;
mod verdict;

pub use api::{cash_out, current_crash, how_it_ended, past_points, place_bet};
pub use page::CrashPage;
