//! How the sandbox answers.

use serde::{Deserialize, Serialize};
use wire::shop::GatewayState;

/// How the sandbox answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Every card is good.
    #[default]
    AlwaysSucceeds,
    /// No card is.
    AlwaysFails,
    /// Every charge is pending first.
    PendingThenSucceeds,
    /// Of ten charges six are held, two are pending, two are declined; which, the seed and the
    /// reference decide.
    Random(u64),
}

impl Mode {
    /// The mode of that text.
    ///
    /// # Errors
    /// What it may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let seed = |seed: &str| seed.parse().ok().map(Self::Random);
        let mode = match text {
            "always_succeeds" => Some(Self::AlwaysSucceeds),
            "always_fails" => Some(Self::AlwaysFails),
            "pending_then_succeeds" => Some(Self::PendingThenSucceeds),
            "random" => Some(Self::Random(0)),
            _ => text.strip_prefix("random:").and_then(seed),
        };
        let wanted = "is always_succeeds, always_fails, pending_then_succeeds or random:SEED";
        mode.ok_or_else(|| wanted.to_owned())
    }

    /// How a new charge stands.
    pub(super) fn first(self, reference: &str, method: Option<&str>) -> GatewayState {
        match method {
            Some("card_declined") => return GatewayState::Declined,
            Some("card_pending") => return GatewayState::Pending,
            Some("card_ok") => return GatewayState::Authorized,
            _ => {}
        }
        match self {
            Self::AlwaysSucceeds => GatewayState::Authorized,
            Self::AlwaysFails => GatewayState::Declined,
            Self::PendingThenSucceeds => GatewayState::Pending,
            Self::Random(seed) => match hash(seed, reference) % 10 {
                0..6 => GatewayState::Authorized,
                6 | 7 => GatewayState::Pending,
                _ => GatewayState::Declined,
            },
        }
    }
}

/// FNV-1a, which is enough to spread references.
fn hash(seed: u64, text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed;
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_read_back_and_the_method_decides_first() {
        assert_eq!(Mode::parse("random:7"), Ok(Mode::Random(7)));
        assert!(Mode::parse("sometimes").is_err() && Mode::parse("random:x").is_err());
        let first = |mode: Mode, method| mode.first("r", method);
        assert_eq!(
            first(Mode::AlwaysFails, Some("card_ok")),
            GatewayState::Authorized
        );
        assert_eq!(
            first(Mode::AlwaysSucceeds, Some("card_declined")),
            GatewayState::Declined
        );
        assert_eq!(first(Mode::AlwaysSucceeds, None), GatewayState::Authorized);
    }

    #[test]
    fn a_seed_gives_each_outcome_and_the_same_every_time() {
        let drawn = |seed| {
            let all = (0..100).map(|n| Mode::Random(seed).first(&format!("charge-{n}"), None));
            all.collect::<Vec<_>>()
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
        for state in [
            GatewayState::Authorized,
            GatewayState::Pending,
            GatewayState::Declined,
        ] {
            assert!(drawn(1).contains(&state), "{state:?}");
        }
    }
}
