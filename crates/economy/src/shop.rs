//! What things cost: list prices, discounts, promo codes, and whether a limited package can be had.
//!
//! The page calls the same functions as the server, so that a price is known before it is paid.

mod package;
mod payment;
mod price;
mod quote;
mod reduction;

pub use package::{Offer, Unavailable};
pub use payment::{GatewayState, News, Payment, Status, Step};
pub use price::{BadPrice, Currency, Price};
pub use quote::{Applied, ApplyKind, Line, QUANTITY_MAX, Quote, Refusal, quote};
pub use reduction::{BadReduction, Discount, Promo, Reduction, Window};
