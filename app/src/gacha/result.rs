//! What is said to a round.

use games::gacha::{Message, Rarity};
use leptos::prelude::*;
use wire::gacha::PullResult;

use super::machine::{Machine, Phase};
use crate::{
    goods::{item_name, rarity_name},
    i18n::{Locale, td_string},
    tr,
    words::{I18n, fill},
};

/// A kind sentence below the stage; read out with everything that came.
#[component]
pub(super) fn ResultLine(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let mood = move || match machine.settled() {
        Some(result) if has_epic(&result) => "result gacha-result gacha-result-great",
        _ => "result gacha-result",
    };
    let short = move || match (machine.settled(), machine.phase.get()) {
        (Some(result), _) => message(i18n.get_locale(), result.psychological_message),
        (None, Phase::Idle) => tr!(i18n, gacha.ready)(),
        (None, Phase::Asking) => tr!(i18n, gacha.turning)(),
        (None, Phase::Revealing) => tr!(i18n, gacha.opening)(),
    };
    let spoken = move || {
        let settled = machine.settled();
        settled.map(|result| twin(i18n.get_locale(), &result))
    };
    view! {
        <div class=mood>
            <p class="result-text" aria-hidden="true">{short}</p>
            <p class="sr-only" role="status" aria-live="polite" data-testid="gacha-result">{spoken}</p>
        </div>
    }
    .into_any()
}

fn has_epic(result: &PullResult) -> bool {
    result.items.iter().any(|item| item.rarity >= Rarity::Epic)
}

/// The sentence of each message.
fn message(locale: Locale, message: Message) -> &'static str {
    match message {
        Message::Calm => td_string!(locale, gacha.said_calm),
        Message::Rare => td_string!(locale, gacha.said_rare),
        Message::NearMiss => td_string!(locale, gacha.said_near_miss),
        Message::Epic => td_string!(locale, gacha.said_epic),
        Message::PityPaid => td_string!(locale, gacha.said_pity_paid),
        Message::Legendary => td_string!(locale, gacha.said_legendary),
    }
}

/// Everything that came, for those who do not see it.
fn twin(locale: Locale, result: &PullResult) -> String {
    let items: Vec<String> = result
        .items
        .iter()
        .map(|item| {
            let words = [
                ("name", item_name(locale, &item.code)),
                ("rarity", rarity_name(locale, item.rarity)),
            ];
            fill(td_string!(locale, gacha.twin), &words)
        })
        .collect();
    let said = message(locale, result.psychological_message);
    format!("{}. {said}", items.join(", "))
}
