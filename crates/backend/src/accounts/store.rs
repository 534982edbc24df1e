//! The rows of members, sessions and sign-in attempts: one statement a function.

pub(crate) mod attempts;
pub(crate) mod joined;
pub(crate) mod members;
pub(crate) mod names;
pub(crate) mod notes;
pub(crate) mod phone_tries;
pub(crate) mod recovery_codes;
pub(crate) mod second_factors;
pub(crate) mod sessions;
pub(crate) mod staff;
pub(crate) mod staff_sessions;
pub(crate) mod stands;
pub(crate) mod tokens;
pub(crate) mod users;
