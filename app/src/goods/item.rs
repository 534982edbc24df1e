//! What items are called, and what is said of them.

use games::gacha::Rarity;
use wire::shop::ItemKind;

use crate::i18n::{Locale, td_string};

/// The name of an item.
#[rustfmt::skip]
pub(crate) fn item_name(locale: Locale, code: &str) -> &'static str {
    match code {
        "frame_walnut" => td_string!(locale, item.frame_walnut),
        "frame_brass" => td_string!(locale, item.frame_brass),
        "frame_slate" => td_string!(locale, item.frame_slate),
        "title_newcomer" => td_string!(locale, item.title_newcomer),
        "title_regular" => td_string!(locale, item.title_regular),
        "title_night_owl" => td_string!(locale, item.title_night_owl),
        "badge_clover" => td_string!(locale, item.badge_clover),
        "badge_paper_crane" => td_string!(locale, item.badge_paper_crane),
        "felt_moss" => td_string!(locale, item.felt_moss),
        "felt_navy" => td_string!(locale, item.felt_navy),
        "frame_moonlit" => td_string!(locale, item.frame_moonlit),
        "frame_coral" => td_string!(locale, item.frame_coral),
        "title_lamplighter" => td_string!(locale, item.title_lamplighter),
        "title_quick_wit" => td_string!(locale, item.title_quick_wit),
        "badge_fox" => td_string!(locale, item.badge_fox),
        "badge_comet" => td_string!(locale, item.badge_comet),
        "felt_plum_velvet" => td_string!(locale, item.felt_plum_velvet),
        "felt_rainy_night" => td_string!(locale, item.felt_rainy_night),
        "frame_aurora" => td_string!(locale, item.frame_aurora),
        "frame_clockwork" => td_string!(locale, item.frame_clockwork),
        "title_star_reader" => td_string!(locale, item.title_star_reader),
        "title_moon_rabbit" => td_string!(locale, item.title_moon_rabbit),
        "badge_phoenix" => td_string!(locale, item.badge_phoenix),
        "felt_milky_way" => td_string!(locale, item.felt_milky_way),
        "frame_sun_and_moon" => td_string!(locale, item.frame_sun_and_moon),
        "title_keeper_of_dawn" => td_string!(locale, item.title_keeper_of_dawn),
        "badge_golden_haetae" => td_string!(locale, item.badge_golden_haetae),
        "felt_dragon" => td_string!(locale, item.felt_dragon),
        "frame_neon" => td_string!(locale, item.frame_neon),
        "frame_cherry_blossom" => td_string!(locale, item.frame_cherry_blossom),
        "frame_founder" => td_string!(locale, item.frame_founder),
        "title_high_roller" => td_string!(locale, item.title_high_roller),
        "title_lucky_star" => td_string!(locale, item.title_lucky_star),
        "title_grand_opening" => td_string!(locale, item.title_grand_opening),
        "badge_diamond" => td_string!(locale, item.badge_diamond),
        "badge_rocket" => td_string!(locale, item.badge_rocket),
        "badge_lantern_festival" => td_string!(locale, item.badge_lantern_festival),
        "felt_midnight" => td_string!(locale, item.felt_midnight),
        "felt_ruby" => td_string!(locale, item.felt_ruby),
        "consumable_fortune_cookie" => td_string!(locale, item.consumable_fortune_cookie),
        "consumable_training_scroll" => td_string!(locale, item.consumable_training_scroll),
        _ => td_string!(locale, item.unknown),
    }
}

/// The name of a rarity.
pub(crate) fn rarity_name(locale: Locale, rarity: Rarity) -> &'static str {
    match rarity {
        Rarity::Common => td_string!(locale, gacha.common),
        Rarity::Rare => td_string!(locale, gacha.rare),
        Rarity::Epic => td_string!(locale, gacha.epic),
        Rarity::Legendary => td_string!(locale, gacha.legendary),
    }
}

/// What an item is for.
pub(crate) fn kind_name(locale: Locale, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Frame => td_string!(locale, gacha.kind_frame),
        ItemKind::Title => td_string!(locale, gacha.kind_title),
        ItemKind::Badge => td_string!(locale, gacha.kind_badge),
        ItemKind::Felt => td_string!(locale, gacha.kind_felt),
        ItemKind::Consumable => td_string!(locale, gacha.kind_consumable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_a_name_and_a_drawing() {
        let sheet = include_str!("../../../public/art/gacha.svg");
        for item in games::gacha::items() {
            for locale in [Locale::ko, Locale::en] {
                assert_ne!(
                    item_name(locale, item.code),
                    item_name(locale, ""),
                    "{}",
                    item.code
                );
            }
            let drawing = format!("id=\"{}\"", item.code);
            assert!(sheet.contains(&drawing), "no drawing of {}", item.code);
        }
    }
}
