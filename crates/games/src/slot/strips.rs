//! The reels' strips, from stop 0 on. The last stop is followed by the first.
//!
//! Of the 28 paying stops of a reel there are 8 cherries (9 on the first reel), 7 lemons, 6
//! oranges, 4 grapes, 2 diamonds and 1 seven: 30 : 25 : 20 : 15 : 8 : 2 as far as whole stops
//! allow. Each reel has 2 scatters; the first has 1 wild, which keeps the jackpot rare, the
//! others have 2. Scatters stand so far apart that a reel never shows two of them.

use super::Symbol::{
    self, Cherry as C, Diamond as D, Grape as G, Lemon as L, Orange as O, Scatter as X, Seven as S,
    Wild as W,
};

/// How many stops a strip has.
const STOPS: usize = 32;

/// The strips of version 1.
pub(super) const FIRST: [[Symbol; STOPS]; 3] = [
    [
        D, L, C, O, G, S, C, L, O, C, X, L, O, C, W, C, G, L, C, O, D, L, C, L, X, O, G, C, L, O,
        G, C,
    ],
    [
        C, O, C, G, X, L, C, O, W, L, D, O, L, G, C, S, L, C, O, L, O, W, G, C, X, C, O, L, C, G,
        D, L,
    ],
    [
        G, C, D, L, O, L, W, O, X, C, L, C, G, O, L, C, L, D, O, W, L, X, O, L, C, G, O, C, G, C,
        S, C,
    ],
];
