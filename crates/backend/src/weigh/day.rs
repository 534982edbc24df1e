//! What one member of staff did alone in one UTC day, and when that is enough.

use super::Weight;
use crate::settings::ApprovalSettings;

/// What one member of staff did alone in one UTC day. What somebody else granted is not among it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) members: i64,
    pub(super) tokens: i64,
}

impl Day {
    /// The same with what an act asks for.
    pub(super) fn with(self, weight: &Weight) -> Self {
        let (members, tokens) = weight.asked();
        Self {
            members: self.members.saturating_add(members),
            tokens: self.tokens.saturating_add(tokens.get()),
        }
    }

    /// Whether somebody else has to have seen it.
    pub(super) const fn is_beyond(self, limits: ApprovalSettings) -> bool {
        let ApprovalSettings {
            members_max,
            tokens_max,
        } = limits;
        (members_max > 0 && self.members > members_max)
            || (tokens_max > 0 && self.tokens > tokens_max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_either_limit_is_too_much_and_no_limit_is_none() {
        let beyond = |members, tokens, (members_max, tokens_max)| {
            let limits = ApprovalSettings {
                members_max,
                tokens_max,
            };
            Day { members, tokens }.is_beyond(limits)
        };
        assert!(!beyond(100, 100_000, (100, 100_000)));
        assert!(beyond(101, 0, (100, 100_000)) && beyond(1, 100_001, (100, 100_000)));
        assert!(!beyond(101, 0, (0, 100_000)) && !beyond(1, 100_001, (100, 0)));
        assert!(!beyond(i64::MAX, i64::MAX, (0, 0)));
    }
}
