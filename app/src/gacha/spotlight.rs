//! One capsule in the light.

use games::gacha::{Animation, Rarity};
use leptos::prelude::*;
use wire::gacha::PulledItem;

use super::{
    item::{Drawing, ItemArt},
    machine::Machine,
};
use crate::{
    goods::{item_name, rarity_name},
    tr,
    ui::tint,
    words::I18n,
};

/// The capsule that is being opened, if one is.
#[component]
pub(super) fn Spotlight(machine: Machine) -> impl IntoView {
    let capsule = move || {
        let at = machine.spot.get()?;
        let item = machine.pulled(at)?;
        Some(view! { <Capsule machine item/> })
    };
    // The result line says what came; this is for the eyes alone.
    view! { <div class="spot-room" aria-hidden="true">{capsule}</div> }
}

#[component]
fn Capsule(machine: Machine, item: PulledItem) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let code = item.code.clone();
    let label = move || item_name(i18n.get_locale(), &code);
    let (rarity, animation) = (item.rarity, item.animation);
    let rarity_word = move || match animation {
        Animation::Pity => tr!(i18n, gacha.promised)(),
        _ => rarity_name(i18n.get_locale(), rarity),
    };
    let party = (rarity >= Rarity::Epic).then(|| {
        view! {
            <Drawing name="rays" class="spot-rays"/>
            <Drawing name="sparks" class="spot-sparks"/>
        }
    });
    view! {
        <div class=format!("spot {} {}", mood(animation), tint(rarity)) class:spot-open=move || machine.is_open.get()>
            {party}
            <div class="spot-capsule">
                <Drawing name="capsule-bottom" class="spot-bottom"/>
                <Drawing name="capsule-top" class="spot-top"/>
                <ItemArt code=item.code class="spot-item"/>
            </div>
            <p class="spot-words">
                <span class="spot-rarity">{rarity_word}</span>
                <span class="spot-name">{label}</span>
            </p>
        </div>
    }
    .into_any()
}

/// How a capsule behaves before it opens.
fn mood(animation: Animation) -> &'static str {
    match animation {
        Animation::Normal => "spot-normal",
        Animation::NearMiss => "spot-near",
        Animation::Epic => "spot-epic",
        Animation::Pity => "spot-epic spot-pity",
        Animation::Legendary => "spot-legendary",
    }
}
