//! The shop: what is sold, and buying it.

mod api;
mod card;
mod checkout;
mod checkout_page;
mod choice;
mod lines;
mod order;
mod outcome;
mod package;
mod page;
mod price;
mod products;
mod promo;
mod quantity;
mod shelf;
mod till;
mod ware;

pub use api::{Showcase, buy, load_checkout, load_packages, load_shop, price_of};
pub use checkout_page::CheckoutPage;
pub use order::Order;
pub use page::ShopPage;
