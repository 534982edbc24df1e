//! What is sold.

use economy::shop::{Applied, Currency, Discount, Price, Quote, Unavailable, Window};
use economy::{Timestamp, Tokens};
use games::gacha::Rarity;
use serde::{Deserialize, Serialize};

use super::ItemKind;

/// What a product is paid with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// Tokens, bought with money through the payment gateway.
    Tokens,
    /// An item, bought with tokens.
    Item,
}

impl ProductKind {
    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Item => "item",
        }
    }

    /// The kind of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Tokens, Self::Item]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// An item that can be owned. Its name is the page's, by its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopItem {
    /// Its code.
    pub code: String,
    /// What it is for.
    pub kind: ItemKind,
    /// How rare it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rarity: Rarity,
}

/// So many of an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemCount {
    /// Its code.
    pub code: String,
    /// How many.
    pub count: i64,
}

/// What a purchase brings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contents {
    /// Tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub tokens: Tokens,
    /// Items.
    pub items: Vec<ItemCount>,
}

/// Something that is always sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Its code; the page names it by this.
    pub product_id: String,
    /// What it is paid with.
    pub kind: ProductKind,
    /// The tokens that one brings; zero for an item.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub tokens: Tokens,
    /// The item that one is.
    pub item: Option<ShopItem>,
    /// What one costs without any reduction, in each currency it can be paid in, won first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub prices: Vec<Price>,
    /// The discounts that run or will, for the badge and the page's own quotes.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub discounts: Vec<Discount>,
    /// What one costs now, in the order of `prices`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub offers: Vec<Quote>,
    /// Where it stands in the list.
    pub place: i64,
    /// Whether it is sold; others are shown to staff only.
    pub is_active: bool,
}

/// Everything that is always sold, in the club's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopCatalogue {
    /// Each once.
    #[serde(rename = "items")]
    pub products: Vec<Product>,
    /// Whether there is a payment gateway, so that tokens can be bought.
    pub sells_tokens: bool,
    /// The club's time, to run countdowns by.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub now: Timestamp,
}

/// How a limited package stands for the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PackageState {
    /// It can be had.
    Available,
    /// Staff stopped it.
    Stopped,
    /// Its window has not begun.
    NotStarted,
    /// Its window is over.
    Expired,
    /// None is left.
    OutOfStock,
    /// The member has as many as a member may.
    MemberLimit,
}

impl From<Result<(), Unavailable>> for PackageState {
    fn from(checked: Result<(), Unavailable>) -> Self {
        match checked {
            Ok(()) => Self::Available,
            Err(Unavailable::Stopped) => Self::Stopped,
            Err(Unavailable::NotStarted) => Self::NotStarted,
            Err(Unavailable::Expired) => Self::Expired,
            Err(Unavailable::OutOfStock) => Self::OutOfStock,
            Err(Unavailable::MemberLimit) => Self::MemberLimit,
        }
    }
}

/// Something of which there are only so many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LimitedPackage {
    /// Its code; the page names it by this.
    pub package_id: String,
    /// What it costs, in tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub price: Tokens,
    /// What it brings.
    pub contents: Contents,
    /// How many there were.
    pub stock: i64,
    /// How many are left.
    pub remaining: i64,
    /// How many a member may have.
    pub member_limit: i64,
    /// How many the one who asks has; zero for visitors.
    pub owned: i64,
    /// When it is sold.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub window: Window,
    /// Whether it can be had, and why not.
    pub state: PackageState,
    /// Where it stands in the list.
    pub place: i64,
}

/// The limited packages that are not stopped, in the club's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LimitedPackages {
    /// Each once.
    #[serde(rename = "items")]
    pub packages: Vec<LimitedPackage>,
    /// The club's time, to run countdowns by.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub now: Timestamp,
}

/// Asks what something would cost now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct PriceRequest {
    /// How many, 1 to 99; one when left out, and always one of a package.
    pub quantity: Option<i64>,
    /// `KRW`, `USD` or `TOKENS`; what the product is priced in first when left out.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub currency: Option<Currency>,
    /// A promo code; trimmed, in any case.
    pub promo_code: Option<String>,
}

/// What something costs now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceAnswer {
    /// The product or the package.
    pub product_id: String,
    /// How many.
    pub quantity: i64,
    /// Without any reduction.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub list_total: Price,
    /// What was taken off, in order; together the difference of the totals.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub applied: Vec<Applied>,
    /// What would be paid.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub total: Price,
}
