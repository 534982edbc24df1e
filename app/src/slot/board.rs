//! The reels and the lines over them.

use games::slot::{LINES, Symbol};
use leptos::prelude::*;

use super::{
    art,
    machine::{Machine, Phase, Reel},
};
use crate::{tr, ui::Art, words::I18n};

/// What runs past while a reel spins; a blur of every symbol.
const BLUR: [Symbol; 8] = [
    Symbol::Lemon,
    Symbol::Seven,
    Symbol::Cherry,
    Symbol::Grape,
    Symbol::Wild,
    Symbol::Orange,
    Symbol::Diamond,
    Symbol::Scatter,
];

/// Three reels in their frame; a tap shows the result at once.
#[component]
pub(super) fn Board(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tap = move |_| {
        if machine.phase.try_get_untracked() != Some(Phase::Idle) {
            machine.table.skip.set(true);
        }
    };
    let reels = machine
        .reels
        .into_iter()
        .enumerate()
        .map(|(at, reel)| view! { <ReelView machine reel at/> })
        .collect_view();
    view! {
        <div
            class="reels"
            class:reels-won=move || machine.phase.get() != Phase::Spinning && !machine.lit.get().is_empty()
            data-testid="reels"
            data-state=move || machine.phase.get().as_str()
            aria-label=tr!(i18n, slot.reels)
            role="img"
            on:click=tap
        >
            {reels}
            <LitLines machine/>
        </div>
    }
    .into_any()
}

#[component]
fn ReelView(machine: Machine, reel: Reel, at: usize) -> impl IntoView {
    let cell = move |row: usize| {
        let symbol = Signal::derive(move || art(reel.symbols.get()[row]));
        let is_lit = move || {
            machine.lit.get().iter().any(|line| {
                let rows = LINES.get(usize::from(line.line).saturating_sub(1));
                at < usize::from(line.count) && rows.is_some_and(|rows| rows[at] == row)
            })
        };
        view! { <div class="cell" class:cell-lit=is_lit><Art name=symbol class="symbol"/></div> }
    };
    let blur = BLUR
        .iter()
        .chain(&BLUR)
        .map(|symbol| view! { <div class="cell"><Art name=art(*symbol) class="symbol"/></div> })
        .collect_view();
    view! {
        <div class="reel" class:reel-runs=move || reel.runs.get()>
            <div class="reel-still">{(0..3).map(cell).collect_view()}</div>
            <div class="reel-blur">{blur}</div>
        </div>
    }
    .into_any()
}

/// The lines that pay, drawn over the reels on a grid of 300.
#[component]
fn LitLines(machine: Machine) -> impl IntoView {
    let path = |line: u8| {
        let rows = LINES
            .get(usize::from(line).saturating_sub(1))
            .copied()
            .unwrap_or([1, 1, 1]);
        let [first, second, third] = rows.map(|row| 50 + 100 * row);
        format!("M14 {first}H50L150 {second}L250 {third}H286")
    };
    let lines = move || {
        machine
            .lit
            .get()
            .into_iter()
            .map(|line| view! { <path class="lit-line" d=path(line.line)></path> })
            .collect_view()
    };
    view! { <svg class="lit-lines" viewBox="0 0 300 300" preserveAspectRatio="none" aria-hidden="true">{lines}</svg> }
}
