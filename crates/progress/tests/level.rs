//! What experience comes to.

use economy::Tokens;
use progress::level;

#[test]
fn one_xp_comes_with_ten_tokens_staked() {
    let experience =
        [0, 9, 10, 19, 10_000].map(|stake| level::experience_for(Tokens::from_u32(stake)));
    assert_eq!(experience, [0, 0, 1, 1, 1_000]);
}

#[test]
fn level_n_takes_1000_xp_and_100_more_for_each_level_before() {
    assert_eq!(
        [1, 2, 10].map(level::needed_for_next),
        [1_000, 1_100, 1_900]
    );
    let levels = [-5, 0, 999, 1_000, 2_099, 2_100, 3_299, 3_300].map(level::level_of);
    assert_eq!(levels, [1, 1, 1, 2, 2, 3, 3, 4]);
}

#[test]
fn levels_end_at_the_highest() {
    let total: i64 = (1..level::LEVEL_MAX).map(level::needed_for_next).sum();
    assert_eq!(level::level_of(total - 1), level::LEVEL_MAX - 1);
    assert_eq!(level::level_of(total), level::LEVEL_MAX);
    assert_eq!(level::level_of(i64::MAX), level::LEVEL_MAX);
    assert_eq!(level::needed_for_next(i64::MAX), i64::MAX, "saturates");
}
