#![doc = include_str!("../README.md")]
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up fails"
)]

pub mod authenticator;
pub mod club;
pub mod database;
pub mod gateway;
pub mod graph;
pub mod inputs;
pub mod redis;
pub mod source;
mod template;

pub use authenticator::Authenticator;
pub use club::{Club, Player, block_on, run, within};
pub use database::{Engine, TestDatabase};
pub use gateway::{Behaviour, FakeGateway};
pub use inputs::{FakeClock, SeededEntropy};
pub use macro_rules_attribute::apply;

/// Makes one test on SQLite and one on PostgreSQL of a function, `#[apply(both_engines)] async fn
/// name(club: Club) { .. }`. One that needs other settings, or a process of its own, takes the engine
/// instead, `(engine: Engine)`, and opens what it needs there.
#[macro_export]
macro_rules! both_engines {
    ($(#[$doc:meta])* async fn $name:ident($club:ident: Club $(,)?) $body:block) => {
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "each body uses what it needs")]
            use super::*;

            async fn body($club: $crate::Club) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, body);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, body);
            }
        }
    };
    ($(#[$doc:meta])* async fn $name:ident($engine:ident: Engine $(,)?) $body:block) => {
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "each body uses what it needs")]
            use super::*;

            async fn body($engine: $crate::Engine) $body

            #[test]
            fn sqlite() {
                $crate::block_on(body($crate::Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                $crate::block_on(body($crate::Engine::Postgres));
            }
        }
    };
}
