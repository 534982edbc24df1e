#![doc = include_str!("../README.md")]
#![recursion_limit = "512"]
#![expect(
    unreachable_pub,
    reason = "`#[component]` writes a `pub` function into each component, however private"
)]

pub mod auth;
pub mod browser;
mod club;
pub mod crash;
mod document;
pub mod error;
pub mod fairness;
pub mod format;
pub mod frame;
pub mod gacha;
pub mod gallery;
pub mod games;
pub mod hands;
pub mod home;
pub mod inventory;
pub mod leaderboard;
pub mod live;
mod network;
mod play;
pub mod profile;
pub mod receipts;
pub mod rps;
pub mod session;
pub mod shop;
pub mod slot;
#[cfg(feature = "ssr")]
pub mod ssr;
mod task;
pub mod trouble;
pub mod ui;
mod wait;
pub mod words;

mod locales {
    #![expect(
        deprecated,
        reason = "the build-script form needs the ICU data sources, which these words do not use"
    )]
    leptos_i18n::load_locales!();
}

pub use club::App;
pub use document::shell;
pub use locales::i18n;
