//! What a purchase brings.

use leptos::prelude::*;
use wire::shop::Contents;

use super::item_name;
use crate::{
    tr,
    ui::Amount,
    words::{I18n, fill},
};

/// What a purchase brings, in words.
#[component]
pub(crate) fn ContentsLine(contents: Contents) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tokens = contents.tokens.get();
    let tokens = (tokens > 0).then(|| view! { <li><Amount amount=tokens/></li> });
    let items = contents.items.into_iter().map(|item| {
        let times = item.count.to_string();
        let text = move || {
            let name = item_name(i18n.get_locale(), &item.code);
            format!(
                "{name} {}",
                fill(tr!(i18n, shop.times)(), &[("count", &times)])
            )
        };
        view! { <li>{text}</li> }
    });
    view! { <ul class="contents">{tokens}{items.collect_view()}</ul> }.into_any()
}
