//! What is sold and owned: names, drawings, prices.

mod contents;
mod item;
mod picture;
mod price;
mod ware;

pub(crate) use contents::ContentsLine;
pub(crate) use item::{item_name, kind_name, rarity_name};
pub(crate) use picture::{Picture, ware_picture};
pub(crate) use price::{Cost, applied_name, money};
pub(crate) use ware::{package_text, ware_name, ware_name_of};
