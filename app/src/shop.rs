//! The shop: what is sold, and buying it.

mod api;
mod card;
mod checkout;
mod checkout_page;
mod choice;
mod lines;
mod names;
mod order;
mod outcome;
mod package;
mod page;
mod picture;
mod price;
mod products;
mod promo;
mod quantity;
mod shelf;
mod till;
mod ware;

pub use api::{Showcase, buy, load_checkout, load_packages, load_shop, price_of};
pub use checkout_page::CheckoutPage;
pub(crate) use lines::{ContentsLine, kind_name};
pub(crate) use names::{applied_name, ware_name_of};
pub use order::Order;
pub(crate) use outcome::CheckAgain;
pub use page::ShopPage;
pub(crate) use picture::Picture;
pub(crate) use price::{Cost, money};
