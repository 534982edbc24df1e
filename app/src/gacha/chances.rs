//! The exact odds of the next pull, before anything is paid.

use games::gacha::{PARTS, Rarity, next_odds};
use leptos::prelude::*;

use super::machine::Machine;
use crate::{goods::rarity_name, tr, ui::tint, words::I18n};

/// What the next pull delivers, by rarity.
#[component]
pub(super) fn NextOdds(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let odds = Memo::new(move |_| machine.state.with(next_odds));
    let chance = move |rarity: Rarity| {
        view! {
            <div class=format!("chance {}", tint(rarity))>
                <dt>{move || rarity_name(i18n.get_locale(), rarity)}</dt>
                <dd data-odds=rarity.as_str()>{move || exact(odds.get().of(rarity))}</dd>
            </div>
        }
    };
    let chances = Rarity::ALL.map(chance).collect_view();
    view! {
        <section class="chances" aria-label=tr!(i18n, gacha.next_odds) data-testid="next-odds">
            <h2 class="controls-name">{tr!(i18n, gacha.next_odds)}</h2>
            <dl class="chances-row">{chances}</dl>
        </section>
    }
    .into_any()
}

/// Parts of 100,000 as a percentage, to the last digit.
pub(super) fn exact(parts: u32) -> String {
    let per_cent = PARTS / 100;
    format!("{}.{:03}%", parts / per_cent, parts % per_cent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_lose_no_digit() {
        assert_eq!(exact(200), "0.200%");
        assert_eq!(exact(32_301), "32.301%");
        assert_eq!(exact(100_000), "100.000%");
    }
}
