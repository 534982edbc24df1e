//! What takes something off a price, and when it does.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Currency, Price};
use crate::Timestamp;

/// A reduction that takes nothing, or more than there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReduction {
    /// Percent are 1 to 100.
    #[error("percent are 1 to 100")]
    Percent,
    /// A flat amount is above zero.
    #[error("a flat amount is above zero")]
    Flat,
}

/// What is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reduction {
    /// A part of the price.
    Percent {
        /// 1 to 100.
        percent: u8,
    },
    /// An amount; it fits only prices of its currency.
    Flat(Price),
}

impl Reduction {
    /// The same, if it takes something off and no more than there is.
    ///
    /// # Errors
    /// [`BadReduction`].
    pub const fn checked(self) -> Result<Self, BadReduction> {
        match self {
            Self::Percent { percent: 1..=100 } => Ok(self),
            Self::Percent { .. } => Err(BadReduction::Percent),
            Self::Flat(price) if price.amount() > 0 => Ok(self),
            Self::Flat(_) => Err(BadReduction::Flat),
        }
    }

    /// Whether it says something about prices like this one.
    #[must_use]
    pub fn fits(self, price: Price) -> bool {
        match self {
            Self::Percent { .. } => true,
            Self::Flat(flat) => flat.currency() == price.currency(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Percent,
    Flat,
}

/// Every field that a reduction may have.
#[derive(Deserialize)]
struct Fields {
    kind: Kind,
    percent: Option<u8>,
    amount: Option<i64>,
    currency: Option<Currency>,
}

/// By way of one struct: what serde derives for a tagged shape takes a list for it.
impl<'de> Deserialize<'de> for Reduction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::deserialize(deserializer)?;
        match fields.kind {
            Kind::Percent => {
                let percent = there(fields.percent, "percent")?;
                Ok(Self::Percent { percent })
            }
            Kind::Flat => {
                let amount = there(fields.amount, "amount")?;
                let currency = there(fields.currency, "currency")?;
                let price = Price::new(amount, currency).map_err(D::Error::custom)?;
                Ok(Self::Flat(price))
            }
        }
    }
}

fn there<T, E: Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
    field.ok_or_else(|| E::missing_field(name))
}

/// From when until when; open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first instant of it.
    pub from: Option<Timestamp>,
    /// The first instant after it.
    pub until: Option<Timestamp>,
}

impl Window {
    /// Whether it has not begun.
    #[must_use]
    pub fn is_ahead(self, now: Timestamp) -> bool {
        self.from.is_some_and(|from| now < from)
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_over(self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| now >= until)
    }

    /// Whether that instant is in it.
    #[must_use]
    pub fn is_open(self, now: Timestamp) -> bool {
        !self.is_ahead(now) && !self.is_over(now)
    }

    /// Whether it ends after it begins.
    #[must_use]
    pub fn is_possible(self) -> bool {
        match (self.from, self.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        }
    }
}

/// A reduction that needs no code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Discount {
    /// Its name.
    pub code: String,
    /// What it takes off.
    pub reduction: Reduction,
    /// When.
    pub window: Window,
}

/// A promo code as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Promo {
    /// What is typed in.
    pub code: String,
    /// What it takes off.
    pub reduction: Reduction,
    /// When.
    pub window: Window,
    /// The one package that it is for; anything when it names none.
    pub package: Option<String>,
    /// Whether staff let it be used.
    pub is_active: bool,
    /// How often it was used.
    pub uses: i64,
    /// How often it may be used; any number when it names none.
    pub uses_max: Option<i64>,
}

impl Promo {
    /// Whether it can be used for this price, of this package if it is one.
    #[must_use]
    pub fn is_valid(&self, price: Price, package: Option<&str>, now: Timestamp) -> bool {
        let is_for_this = match &self.package {
            Some(wanted) => package == Some(wanted.as_str()),
            None => true,
        };
        self.is_active
            && is_for_this
            && self.window.is_open(now)
            && self.uses_max.is_none_or(|most| self.uses < most)
            && self.reduction.fits(price)
    }
}
