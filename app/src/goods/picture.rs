//! The drawings of what is sold and owned.

use games::gacha::Tables;
use leptos::prelude::*;

/// What of the shop's own sheet there is; anything else of it is drawn as a parcel.
pub(super) const DRAWN: [&str; 20] = [
    "tokens_1000",
    "tokens_5500",
    "tokens_12000",
    "tokens_65000",
    "welcome_bundle",
    "lantern_festival",
    "grand_opening",
    "frame_neon",
    "frame_cherry_blossom",
    "frame_founder",
    "title_high_roller",
    "title_lucky_star",
    "title_grand_opening",
    "badge_diamond",
    "badge_rocket",
    "badge_lantern_festival",
    "felt_midnight",
    "felt_ruby",
    "consumable_fortune_cookie",
    "consumable_training_scroll",
];

/// The drawing of an item, a product or a package, in the tint of what is around it.
#[component]
pub(crate) fn Picture(
    #[prop(into)] code: String,
    #[prop(default = "item-art")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true" focusable="false">
            <use href=address(&code)></use>
        </svg>
    }
    .into_any()
}

/// Which drawing shows a product or a package: its own, or that of the item that it is.
pub(crate) fn ware_picture(code: &str, item: Option<&str>) -> String {
    if DRAWN.contains(&code) {
        return code.to_owned();
    }
    item.unwrap_or(code).to_owned()
}

fn address(code: &str) -> String {
    if Tables::current().item(code).is_some() {
        format!("/art/gacha.svg#{code}")
    } else if DRAWN.contains(&code) {
        format!("/art/shop.svg#{code}")
    } else {
        "/art/shop.svg#parcel".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_named_is_drawn() {
        let sheet = include_str!("../../../public/art/shop.svg");
        for name in DRAWN.into_iter().chain(["parcel"]) {
            assert!(
                sheet.contains(&format!("id=\"{name}\"")),
                "no drawing of {name}"
            );
        }
    }
}
