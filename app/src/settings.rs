//! What a member or a visitor sets: the account, how the club looks and sounds, who is signed in.

mod account;
mod api;
mod code_field;
mod devices;
mod page;
mod preferences;

pub use api::{
    Account, ChangeNickname, ChangePassword, ChangePhone, EndSession, SetMotion, SetSound,
};
pub use page::SettingsPage;
