//! What a member wears, where others look at them.

use games::gacha::{Rarity, Tables};
use leptos::prelude::*;
use wire::shop::Equipment;

use crate::{
    goods::{Picture, item_name},
    ui::tint,
    words::I18n,
};

/// The first letter of a name in a circle, with the frame that is worn around it.
#[component]
pub(super) fn Portrait(#[prop(into)] initial: String, worn: Equipment) -> impl IntoView {
    let frame = worn.frame.map(|code| {
        let shown = code.clone();
        view! {
            <span class="portrait-frame" data-testid="worn-frame" data-code=shown>
                <Picture code class="portrait-art"/>
            </span>
        }
    });
    let is_framed = frame.is_some();
    view! {
        <span class="portrait" class:portrait-framed=is_framed aria-hidden="true">
            {frame}
            <span class="avatar" class:avatar-large=!is_framed>{initial}</span>
        </span>
    }
    .into_any()
}

/// The title and the badge that are worn, to stand beside a name.
#[component]
pub(super) fn WornTitle(worn: Equipment) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let title = worn.title.map(|code| {
        let (shown, class) = (code.clone(), format!("worn-title {}", tint_of(&code)));
        view! {
            <span class=class data-testid="worn-title" data-code=shown>
                {move || item_name(i18n.get_locale(), &code)}
            </span>
        }
    });
    let badge = worn.badge.map(|code| {
        let (shown, named) = (code.clone(), code.clone());
        let class = format!("worn-badge {}", tint_of(&code));
        view! {
            <span
                class=class
                role="img"
                aria-label=move || item_name(i18n.get_locale(), &named)
                data-testid="worn-badge"
                data-code=shown
            >
                <Picture code class="worn-badge-art"/>
            </span>
        }
    });
    view! { {title} {badge} }.into_any()
}

/// The colour of an item: of its rarity in the gacha, and that of the shop's best for the others.
fn tint_of(code: &str) -> &'static str {
    let rarity = Tables::current().item(code).map(|item| item.rarity);
    tint(rarity.unwrap_or(Rarity::Epic))
}
