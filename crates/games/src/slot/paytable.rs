//! What a line pays.

use serde::{Deserialize, Serialize};

use super::Symbol;

/// One row of the paytable: that many of the symbol from the left pay the multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// What must stand on the line; a wild stands for it.
    pub symbol: Symbol,
    /// How many of it, from the left: 2 or 3.
    pub count: u8,
    /// What it pays, in whole stakes of the line.
    pub multiplier: u32,
}

const fn pay(symbol: Symbol, count: u8, multiplier: u32) -> Pay {
    Pay {
        symbol,
        count,
        multiplier,
    }
}

/// The paytable of version 1.
///
/// The dearest comes first, because a line pays the first row that it meets. Whole multipliers
/// make the return the same for every stake.
pub(super) const FIRST: [Pay; 8] = [
    pay(Symbol::Seven, 3, 300),
    pay(Symbol::Diamond, 3, 75),
    pay(Symbol::Grape, 3, 20),
    pay(Symbol::Orange, 3, 12),
    pay(Symbol::Seven, 2, 10),
    pay(Symbol::Lemon, 3, 8),
    pay(Symbol::Cherry, 3, 5),
    pay(Symbol::Diamond, 2, 4),
];

impl Pay {
    /// Whether a line meets this row.
    pub(super) fn meets(self, line: &[Symbol; 3]) -> bool {
        line.iter()
            .take(usize::from(self.count))
            .all(|symbol| symbol.stands_for(self.symbol))
    }

    /// Whether it is three sevens.
    pub(super) fn is_jackpot(self) -> bool {
        self.symbol == Symbol::Seven && self.count == 3
    }
}
