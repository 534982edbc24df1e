//! What the page of every game has: a table to sit at, and what stands around it.

mod ask;
mod doorman;
mod felt;
mod free;
mod mute;
mod newest;
mod panel;
mod recent;
mod rules_link;
mod side;
mod sound;
mod stake_panel;
mod streak;
mod table;
mod tools;

pub(crate) use doorman::Doorman;
pub(crate) use felt::Felt;
pub(crate) use free::Free;
pub(crate) use newest::{Earlier, RECENT, earlier_hands, newest};
pub(crate) use panel::Panel;
pub(crate) use recent::Recent;
pub(crate) use rules_link::{RULES, RulesLink, open_rules};
pub(crate) use side::side;
pub(crate) use sound::Tone;
pub(crate) use stake_panel::StakePanel;
pub(crate) use streak::Streak;
pub(crate) use table::Table;
pub(crate) use tools::Tools;
