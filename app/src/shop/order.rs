//! An order, as a form sends it.

use serde::{Deserialize, Serialize};

/// What a form asks to buy. All of it is text: a form's fields are, also without JavaScript.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// `package` for a limited package; anything else is a product.
    pub kind: String,
    /// The product or the package.
    pub product_id: String,
    /// How many; one when left out.
    pub quantity: String,
    /// What to pay in.
    pub currency: String,
    /// How to pay.
    pub payment_method: String,
    /// A promo code, or nothing.
    pub promo_code: String,
    /// The most that may be charged, in minor units: what was shown. A form without JavaScript does
    /// not say.
    pub total_max: String,
    /// The key of the gesture.
    pub key: String,
}

/// The kind of an order for a limited package.
pub(super) const PACKAGE: &str = "package";

#[cfg(feature = "ssr")]
mod place {
    use backend::{Backend, Member, shop::uninterrupted};
    use economy::shop::Currency;
    use wire::{
        AppError, Code,
        shop::{BuyLimitedRequest, BuyRequest, PurchaseResult},
    };

    use super::{Order, PACKAGE};

    impl Order {
        /// Where it was filled in: the way back for a form that is refused.
        pub(in crate::shop) fn path(&self) -> String {
            let is_plain = |text: &&String| {
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            };
            let kept = [
                ("product_id", &self.product_id),
                ("quantity", &self.quantity),
                ("currency", &self.currency),
            ];
            let kept = kept.iter().filter(|(_, text)| is_plain(text));
            let pairs: Vec<_> = kept.map(|(name, text)| format!("{name}={text}")).collect();
            format!("/shop/checkout?{}", pairs.join("&"))
        }

        /// What is to stand in the form again.
        pub(in crate::shop) fn typed(&self) -> [(&'static str, &str); 2] {
            [
                ("promo_code", self.promo_code.as_str()),
                ("payment_method", self.payment_method.as_str()),
            ]
        }

        /// Buys it, once per key.
        pub(in crate::shop) async fn place(
            &self,
            backend: &Backend,
            member: &Member,
        ) -> Result<PurchaseResult, backend::Error> {
            let key = Some(backend::IdempotencyKey::parse(&self.key)?);
            let user = member.user_id;
            if self.kind == PACKAGE {
                let request = BuyLimitedRequest {
                    package_id: self.product_id.clone(),
                    promo_code: given(&self.promo_code),
                    total_max: total_max(&self.total_max)?,
                };
                return backend.shop.buy_limited(user, request, key).await;
            }
            let (shop, request) = (backend.shop.clone(), self.request()?);
            uninterrupted(async move { shop.buy(user, request, key).await }).await
        }

        fn request(&self) -> Result<BuyRequest, backend::Error> {
            Ok(BuyRequest {
                product_id: self.product_id.clone(),
                quantity: quantity(&self.quantity)?,
                currency: currency(&self.currency)?,
                payment_method: given(&self.payment_method),
                promo_code: given(&self.promo_code),
                total_max: total_max(&self.total_max)?,
            })
        }
    }

    /// What stands in a field, if anything does.
    pub(in crate::shop) fn given(text: &str) -> Option<String> {
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn quantity(text: &str) -> Result<i64, AppError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(1);
        }
        text.parse()
            .map_err(|_| AppError::field("quantity", "type", "not a number"))
    }

    fn total_max(text: &str) -> Result<Option<i64>, AppError> {
        let read = given(text).map(|text| text.parse()).transpose();
        read.map_err(|_| AppError::field("total_max", "type", "not a number"))
    }

    /// The currency of that name, or the first one where none is named.
    pub(in crate::shop) fn currency(text: &str) -> Result<Option<Currency>, AppError> {
        if text.is_empty() {
            return Ok(None);
        }
        let known = Currency::parse(text);
        known.map(Some).ok_or_else(|| Code::Invalid.into())
    }
}

#[cfg(feature = "ssr")]
pub(super) use place::{currency, given};
