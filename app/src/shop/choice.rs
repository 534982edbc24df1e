//! Which part of the shop the address names.

use economy::shop::Currency;
use leptos_router::params::ParamsMap;

use crate::ui::filtered;

/// A part of the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Category {
    /// Tokens for money.
    #[default]
    Tokens,
    /// Items for tokens.
    Items,
    /// What there is only so much of.
    Packages,
}

impl Category {
    pub(super) const ALL: [Self; 3] = [Self::Tokens, Self::Items, Self::Packages];

    fn as_str(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Items => "items",
            Self::Packages => "packages",
        }
    }
}

/// A part of the shop, and the currency that tokens are priced in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) category: Category,
    pub(super) currency: Currency,
}

impl Choice {
    /// What an address chose; anything unknown is left at where the page opens.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let category = query.get("category").unwrap_or_default();
        let category = Category::ALL.into_iter().find(|it| it.as_str() == category);
        Self {
            category: category.unwrap_or_default(),
            currency: currency_of(query.get("currency").as_deref()),
        }
    }

    /// Its address.
    pub(super) fn href(self) -> String {
        let category = ("category", Some(self.category.as_str()));
        let currency = ("currency", Some(self.currency.as_str()));
        filtered("/shop", &[category, currency])
    }
}

/// The money that was named, else won.
pub(super) fn currency_of(text: Option<&str>) -> Currency {
    let named = text.and_then(Currency::parse);
    named
        .filter(|currency| currency.is_money())
        .unwrap_or(Currency::Krw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back() {
        for category in Category::ALL {
            for currency in [Currency::Krw, Currency::Usd] {
                let choice = Choice { category, currency };
                assert_eq!(Choice::of(&query_of(&choice.href())), choice);
            }
        }
        assert_eq!(currency_of(Some("TOKENS")), Currency::Krw);
    }
}
