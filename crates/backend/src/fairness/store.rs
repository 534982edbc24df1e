//! The rows of seed pairs, and of hands as a verifier needs them: one statement a function.

pub(super) mod pairs;
pub(super) mod rounds;
pub(super) mod streams;
