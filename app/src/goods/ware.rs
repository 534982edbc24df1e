//! What products and packages are called, by their codes.

use wire::shop::{Contents, ReceiptLine};

use super::item_name;
use crate::{
    format,
    i18n::{Locale, td_string},
    words::fill,
};

/// The name of a product or a package; `contents` names one whose code this build does not know.
pub(crate) fn ware_name(locale: Locale, code: &str, contents: &Contents) -> String {
    let known = match code {
        "tokens_1000" => td_string!(locale, ware.tokens_1000),
        "tokens_5500" => td_string!(locale, ware.tokens_5500),
        "tokens_12000" => td_string!(locale, ware.tokens_12000),
        "tokens_65000" => td_string!(locale, ware.tokens_65000),
        "welcome_bundle" => td_string!(locale, ware.welcome_bundle),
        "lantern_festival" => td_string!(locale, ware.lantern_festival),
        "grand_opening" => td_string!(locale, ware.grand_opening),
        _ => return by_contents(locale, contents),
    };
    known.to_owned()
}

/// One item is called by its own name, tokens by their number, and a package what it is.
fn by_contents(locale: Locale, contents: &Contents) -> String {
    match contents.items.as_slice() {
        [item] if contents.tokens.get() == 0 => item_name(locale, &item.code).to_owned(),
        [] => {
            let amount = format::group(contents.tokens.get());
            fill(td_string!(locale, shop.tokens_name), &[("amount", &amount)])
        }
        _ => td_string!(locale, shop.package).to_owned(),
    }
}

/// The name of what a line of a receipt is about.
pub(crate) fn ware_name_of(locale: Locale, line: &ReceiptLine) -> String {
    ware_name(locale, &line.product_id, &line.contents)
}

/// What a package is about, for those that this build knows.
pub(crate) fn package_text(locale: Locale, code: &str) -> &'static str {
    match code {
        "welcome_bundle" => td_string!(locale, ware.welcome_bundle_text),
        "lantern_festival" => td_string!(locale, ware.lantern_festival_text),
        "grand_opening" => td_string!(locale, ware.grand_opening_text),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use wire::{Tokens, shop::ItemCount};

    use super::*;
    use crate::goods::picture::DRAWN;

    #[test]
    fn everything_that_is_drawn_has_a_name_in_both_languages() {
        for code in DRAWN {
            let item = ItemCount {
                code: code.to_owned(),
                count: 1,
            };
            let contents = Contents {
                tokens: Tokens::ZERO,
                items: vec![item],
            };
            for locale in [Locale::ko, Locale::en] {
                let name = ware_name(locale, code, &contents);
                assert_ne!(name, item_name(locale, ""), "{code}");
            }
        }
    }
}
