//! What whoever runs the club can change in the shop, and see.

use economy::shop::{Price, Reduction, Window};
use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use super::{Contents, ProductKind, PurchaseKind, Status};
use crate::UserId;

/// Makes a product, or changes all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpsertProduct {
    /// 1 to 64 of `a-z`, `0-9` and `_`.
    pub product_id: String,
    /// What it is paid with.
    pub kind: ProductKind,
    /// The tokens that one brings; for tokens only.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub tokens: Tokens,
    /// The code of the item that one is; for items only.
    #[serde(default)]
    pub item: Option<String>,
    /// For tokens in `KRW` and perhaps `USD`; for an item in `TOKENS`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub prices: Vec<Price>,
    /// Where it stands in the list.
    #[serde(default)]
    pub place: i64,
    /// Whether it is sold.
    pub is_active: bool,
}

/// Makes a discount, or changes all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpsertDiscount {
    /// 1 to 64 of `a-z`, `0-9` and `_`.
    pub code: String,
    /// Of which product.
    pub product_id: String,
    /// What it takes off: `{"kind": "percent", "percent": 20}` or
    /// `{"kind": "flat", "amount": 100, "currency": "TOKENS"}`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub reduction: Reduction,
    /// When: `{"from": .., "until": ..}`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub window: Window,
    /// Whether it counts.
    pub is_active: bool,
}

/// Makes a limited package, or changes all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpsertPackage {
    /// 1 to 64 of `a-z`, `0-9` and `_`.
    pub package_id: String,
    /// What it costs, in tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub price: Tokens,
    /// What it brings.
    pub contents: Contents,
    /// How many there are in all, those that are sold included.
    pub stock: i64,
    /// How many a member may have.
    pub member_limit: i64,
    /// When it is sold.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub window: Window,
    /// Where it stands in the list.
    #[serde(default)]
    pub place: i64,
    /// Whether it is sold.
    pub is_active: bool,
}

/// Makes a promo code, or changes all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpsertPromo {
    /// 3 to 32 letters, digits, `_` and `-`; kept in upper case.
    pub code: String,
    /// What it takes off.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub reduction: Reduction,
    /// The one package that it is for; anything when left out.
    #[serde(default)]
    pub package_id: Option<String>,
    /// When it can be used.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub window: Window,
    /// How often it can be used; any number when left out.
    #[serde(default)]
    pub max_uses: Option<i64>,
    /// Whether it can be used.
    pub is_active: bool,
}

/// Something that was switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disabled {
    /// Its code.
    pub id: String,
    /// False.
    pub is_active: bool,
}

/// The order of purchases in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseSort {
    /// What was asked for last comes first.
    #[default]
    Newest,
    /// What was asked for first comes first.
    Oldest,
}

/// Which purchases, of anyone, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct StaffTransactions {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
    /// Only of this member.
    #[cfg_attr(feature = "openapi", param(value_type = Option<i64>))]
    pub user_id: Option<UserId>,
    /// Only those that stand like this.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub status: Option<Status>,
    /// Only `tokens`, `item` or `package`.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub kind: Option<PurchaseKind>,
    /// Only of this product or package.
    pub product_id: Option<String>,
    /// Only with this promo code.
    pub promo_code: Option<String>,
    /// Only those from then on.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub since: Option<Timestamp>,
    /// Only those before then.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
    /// Only those for which the gateway still has to give money back, or only the others.
    pub refund_due: Option<bool>,
    /// `newest` or `oldest`; `newest` when left out.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<PurchaseSort>,
}
