//! Amounts with the currency they are in.

use serde::{Deserialize, Serialize};

use crate::Tokens;

/// What a price is in. Money is in its minor unit: won, cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// South Korean won, which has no smaller unit.
    Krw,
    /// US cents.
    Usd,
    /// Cyber tokens.
    Tokens,
}

impl Currency {
    /// Every currency, in the order in which prices are shown.
    pub const ALL: [Self; 3] = [Self::Krw, Self::Usd, Self::Tokens];

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Krw => "KRW",
            Self::Usd => "USD",
            Self::Tokens => "TOKENS",
        }
    }

    /// The currency of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// Whether a payment gateway takes it.
    #[must_use]
    pub const fn is_money(self) -> bool {
        !matches!(self, Self::Tokens)
    }
}

/// The amount is negative or above 2^53 - 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount is between 0 and {}", Price::MAX)]
pub struct BadPrice;

/// An amount of one currency, from 0 to 2^53 - 1 minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Price {
    amount: i64,
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
struct Written {
    amount: i64,
    currency: Currency,
}

impl Price {
    /// The largest amount, in minor units; the same bound as of tokens.
    pub const MAX: i64 = Tokens::MAX.get();

    /// A price, in minor units.
    ///
    /// # Errors
    /// [`BadPrice`] below 0 or above [`Price::MAX`].
    pub const fn new(amount: i64, currency: Currency) -> Result<Self, BadPrice> {
        if amount < 0 || amount > Self::MAX {
            return Err(BadPrice);
        }
        Ok(Self { amount, currency })
    }

    /// A price in tokens.
    #[must_use]
    pub const fn of_tokens(tokens: Tokens) -> Self {
        Self {
            amount: tokens.get(),
            currency: Currency::Tokens,
        }
    }

    /// How many minor units.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// Of what.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount, if it is in tokens.
    #[must_use]
    pub fn tokens(self) -> Option<Tokens> {
        match self.currency {
            Currency::Tokens => Tokens::new(self.amount).ok(),
            Currency::Krw | Currency::Usd => None,
        }
    }
}

impl TryFrom<Written> for Price {
    type Error = BadPrice;
    fn try_from(written: Written) -> Result<Self, BadPrice> {
        Self::new(written.amount, written.currency)
    }
}

impl From<Price> for Written {
    fn from(price: Price) -> Self {
        Self {
            amount: price.amount,
            currency: price.currency,
        }
    }
}
