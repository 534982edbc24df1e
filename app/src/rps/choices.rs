//! Scissors, rock, paper: a press throws.

use games::rps::Shape;
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    art,
    duel::{Duel, Phase},
    name,
    shape::ORDER,
};
use crate::{browser, tr, ui::Art, words::I18n};

/// The three choices; the arrow keys go from one to the next.
#[component]
pub(super) fn Choices(duel: Duel) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let on_key = move |event: KeyboardEvent| {
        let forward = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => true,
            "ArrowLeft" | "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        browser::focus_beside(event.target(), forward);
    };
    let choices = ORDER
        .into_iter()
        .enumerate()
        .map(|(at, shape)| view! { <Choice duel shape key=at + 1/> })
        .collect_view();
    view! {
        <div class="throws" role="group" aria-label=tr!(i18n, rps.choose) on:keydown=on_key>{choices}</div>
    }
    .into_any()
}

#[component]
fn Choice(duel: Duel, shape: Shape, key: usize) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_thrown = move || duel.phase.get() != Phase::Idle && duel.mine.get() == Some(shape);
    let is_other = move || duel.phase.get() != Phase::Idle && duel.mine.get() != Some(shape);
    view! {
        <button
            type="button"
            class="throw"
            class:throw-thrown=is_thrown
            class:throw-other=is_other
            class:beyond=move || duel.is_beyond()
            aria-disabled=move || duel.is_beyond().then_some("true")
            data-testid=format!("throw-{}", shape.as_str())
            aria-keyshortcuts=key.to_string()
            aria-busy=move || is_thrown().then_some("true")
            on:click=move |_| duel.choose(shape)
        >
            <Art name=art(shape) class="throw-art"/>
            <span class="throw-name">{move || name(i18n.get_locale(), shape)}</span>
            <kbd class="throw-key" aria-hidden="true">{key}</kbd>
        </button>
    }
    .into_any()
}
