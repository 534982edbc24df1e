//! What came so far: as small signs while capsules are opened, then as large as there is room.

use leptos::prelude::*;
use wire::gacha::PulledItem;

use super::{
    item::{Drawing, ItemArt},
    machine::{Machine, Phase},
};
use crate::{
    goods::{item_name, rarity_name},
    tr,
    ui::RarityFrame,
    words::{I18n, fill},
};

/// The pulls of the round in order; those that are not open yet are closed capsules.
#[component]
pub(super) fn Tray(machine: Machine) -> impl IntoView {
    let look = move || match (machine.pulls(), machine.phase.get()) {
        (1, Phase::Revealing) => "tray tray-hidden",
        (1, _) => "tray tray-one",
        (_, Phase::Revealing) => "tray tray-small",
        _ => "tray",
    };
    let places = move || {
        let place = |at| view! { <li class="tray-place"><Place machine at/></li> };
        (0..machine.pulls()).map(place).collect_view()
    };
    view! { <ol class=look>{places}</ol> }
}

#[component]
fn Place(machine: Machine, at: usize) -> impl IntoView {
    let is_open = Memo::new(move |_| machine.opened.get() > at);
    move || match machine.pulled(at).filter(|_| is_open.get()) {
        Some(item) => view! { <Pulled item/> }.into_any(),
        None => view! { <Drawing name="capsule" class="tray-capsule"/> }.into_any(),
    }
}

#[component]
fn Pulled(item: PulledItem) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (code, rarity, count) = (item.code.clone(), item.rarity, item.count);
    let drawing = view! { <ItemArt code=item.code.clone()/> };
    let label = move || item_name(i18n.get_locale(), &code);
    let how_many = move || {
        if count == 1 {
            return tr!(i18n, gacha.new)().to_owned();
        }
        fill(tr!(i18n, gacha.times)(), &[("count", &count.to_string())])
    };
    view! {
        <div class="pulled" data-testid="gacha-item" data-code=item.code data-rarity=rarity.as_str()>
            <RarityFrame rarity>{drawing}</RarityFrame>
            <p class="pulled-words">
                <span class="pulled-name">{label}</span>
                <span class="pulled-note">
                    <span class="pulled-rarity">{move || rarity_name(i18n.get_locale(), rarity)}</span>
                    <span class="pulled-count" class:pulled-new={count == 1}>{how_many}</span>
                </span>
            </p>
        </div>
    }
    .into_any()
}
