//! What the page of every game has: a table to sit at, and what stands around it.

mod ask;
mod doorman;
mod mute;
mod newest;
mod recent;
mod sound;
mod stake_panel;
mod streak;
mod table;
mod tools;

pub(crate) use doorman::Doorman;
pub(crate) use newest::{Earlier, RECENT, earlier_hands, newest};
pub(crate) use recent::Recent;
pub(crate) use sound::Tone;
pub(crate) use stake_panel::StakePanel;
pub(crate) use streak::Streak;
pub(crate) use table::Table;
pub(crate) use tools::Tools;
