//! What a member has played, as achievements ask for it.

/// All that a member has played, of one game or of all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Hands settled.
    pub hands: i64,
    /// Hands won.
    pub wins: i64,
    /// The longest row of wins.
    pub streak_max: i64,
    /// The best multiplier, in hundredths.
    pub multiplier_max_hundredths: i64,
    /// The largest payout, in tokens.
    pub largest_win: i64,
    /// Different games played.
    pub games: i64,
    /// Different items collected.
    pub items: i64,
    /// Legendary items pulled.
    pub legendaries: i64,
}
