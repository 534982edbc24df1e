//! Experience and levels: one XP per 10 tokens staked; level n takes 1,000 + 100 (n - 1) XP.

use economy::Tokens;

/// The highest level; a bound, so that the search below ends.
pub const LEVEL_MAX: i64 = 1_000;

/// The experience that a stake gives, in XP.
#[must_use]
pub fn experience_for(stake: Tokens) -> i64 {
    stake.get().checked_div(10).unwrap_or(0)
}

/// What it takes to get from `level` to the next one, in XP.
#[must_use]
pub fn needed_for_next(level: i64) -> i64 {
    level
        .saturating_sub(1)
        .saturating_mul(100)
        .saturating_add(1_000)
}

/// The level of a member with that much experience, from 1.
#[must_use]
pub fn level_of(experience: i64) -> i64 {
    let mut left = experience;
    let mut level = 1;
    while level < LEVEL_MAX && left >= needed_for_next(level) {
        left = left.saturating_sub(needed_for_next(level));
        level = level.saturating_add(1);
    }
    level
}
