//! The frame around a collectible, in the colour of its rarity. A word beside it says the rarity too.

use games::gacha::Rarity;
use leptos::prelude::*;

/// The class that gives things the colour of a rarity.
#[must_use]
pub fn tint(rarity: Rarity) -> &'static str {
    match rarity {
        Rarity::Common => "tint-common",
        Rarity::Rare => "tint-rare",
        Rarity::Epic => "tint-epic",
        Rarity::Legendary => "tint-legendary",
    }
}

/// A frame; what is not owned yet is a silhouette in it.
#[component]
pub fn RarityFrame(
    rarity: Rarity,
    /// Whether only the outline is to be seen.
    #[prop(optional, into)]
    is_missing: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <span class=format!("rarity-frame {}", tint(rarity)) class:rarity-missing=move || is_missing.get()>
            {children()}
        </span>
    }
    .into_any()
}
