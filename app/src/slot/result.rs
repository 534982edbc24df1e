//! What came of the spin: as a number, and as a sentence.

use games::slot::Animation;
use leptos::prelude::*;
use wire::{Tokens, slot::SpinResult};

use super::{
    machine::{Machine, Said},
    name, reels_text,
};
use crate::{
    format,
    i18n::{Locale, td_string},
    ui::Art,
    words::{I18n, fill},
};

/// The counter under the reels and the sentence beside it; the sentence is also read out.
#[component]
pub(super) fn ResultLine(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let mood = move || match machine.said.get() {
        Said::Settled { result, stake } if result.win_amount > stake => match result.animation {
            Animation::Jackpot => "result result-won result-jackpot",
            Animation::BigWin => "result result-won result-big",
            _ => "result result-won",
        },
        _ => "result",
    };
    let spoken = move || match machine.said.get() {
        Said::Settled { result, stake } => twin(i18n.get_locale(), &result, stake),
        Said::Ready | Said::Running | Said::Free(..) => String::new(),
    };
    view! {
        <div class=mood>
            <p class="result-amount" aria-hidden="true">
                <Show when=move || machine.win.get() != 0 fallback=|| ()>
                    <Art name="token" class="coin"/>
                    <span>{move || format::group(machine.win.get())}</span>
                </Show>
            </p>
            <p class="result-text" aria-hidden="true">{move || short(i18n.get_locale(), &machine.said.get())}</p>
            <p class="sr-only" role="status" aria-live="polite" data-testid="slot-result">{spoken}</p>
        </div>
    }
    .into_any()
}

/// What fits under the reels.
fn short(locale: Locale, said: &Said) -> String {
    match said {
        Said::Ready => td_string!(locale, slot.ready).to_owned(),
        Said::Running => td_string!(locale, slot.spinning).to_owned(),
        Said::Free(now, all) => fill(
            td_string!(locale, slot.free_now),
            &[("now", &now.to_string()), ("all", &all.to_string())],
        ),
        Said::Settled { result, stake } => verdict(locale, result, *stake),
    }
}

/// What came of it, in a sentence; a return at or below the stake is no win.
fn verdict(locale: Locale, result: &SpinResult, stake: Tokens) -> String {
    let amount = format::group(result.win_amount.get());
    let phrase = match result.animation {
        _ if result.win_amount.is_zero() => td_string!(locale, slot.nothing),
        _ if result.win_amount <= stake => td_string!(locale, slot.returned),
        Animation::Jackpot => td_string!(locale, slot.jackpot),
        Animation::BigWin => td_string!(locale, slot.big),
        _ => td_string!(locale, slot.won),
    };
    fill(phrase, &[("amount", &amount)])
}

/// All that the reels showed, for those who do not see them.
fn twin(locale: Locale, result: &SpinResult, stake: Tokens) -> String {
    let mut sentences = vec![reels_text(locale, &result.reels)];
    sentences.extend(result.win_lines.iter().map(|line| {
        let symbol = name(locale, line.symbol);
        let (number, count) = (line.line.to_string(), line.count.to_string());
        fill(
            td_string!(locale, slot.line_pays),
            &[("number", &number), ("symbol", symbol), ("count", &count)],
        ) + "."
    }));
    if !result.free_spins.is_empty() {
        let count = result.free_spins.len().to_string();
        sentences.push(fill(td_string!(locale, slot.free_given), &[("count", &count)]) + ".");
    }
    sentences.push(verdict(locale, result, stake));
    sentences.join(" ")
}
