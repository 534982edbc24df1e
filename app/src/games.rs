//! The lobby: the games of the club, each as a card.

mod card;
mod face;
mod page;

pub(crate) use card::GameCards;
pub(crate) use face::{face, name};
pub use page::GamesPage;
