#![doc = include_str!("../README.md")]
#![recursion_limit = "512"]
#![expect(
    unreachable_pub,
    reason = "`#[component]` writes a `pub` function into each component, however private"
)]

pub mod auth;
pub mod browser;
pub mod build;
mod clock;
mod club;
pub mod crash;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod document;
pub mod error;
pub mod fairness;
mod fonts;
pub mod format;
pub mod frame;
pub mod gacha;
pub mod gallery;
pub mod games;
mod gesture;
mod goods;
pub mod hands;
pub mod home;
pub mod i18n;
pub mod inventory;
pub mod jar;
pub mod keys;
pub mod leaderboard;
pub mod live;
mod network;
pub mod paths;
mod play;
pub mod preference;
pub mod profile;
pub mod protocol;
pub mod receipts;
pub mod rps;
pub mod session;
pub mod settings;
mod settle;
pub mod shop;
pub mod slot;
#[cfg(feature = "ssr")]
pub mod ssr;
mod task;
pub mod trouble;
pub mod ui;
mod wait;
mod wings;
pub mod words;

mod locales {
    #![expect(
        deprecated,
        reason = "the build-script form needs the ICU data sources, which these words do not use"
    )]
    leptos_i18n::load_locales!();

    /// The macro does not tell cargo what it read, and so a changed text alone would not be built.
    const _: [&str; 2] = [
        include_str!("../locales/ko.json"),
        include_str!("../locales/en.json"),
    ];
}

pub use club::App;
pub use document::shell;
