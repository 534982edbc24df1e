//! Choosing a stake: by step, half, double, most, or by hand.

use leptos::{
    ev::{Event, KeyboardEvent},
    prelude::*,
};
use wire::Tokens;

use super::Icon;
use crate::{tr, words::I18n};

/// The stakes that the buttons step through, in tokens.
const STEPS: [i64; 17] = [
    10, 20, 30, 50, 100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 30_000, 50_000,
    100_000,
];

/// What a stake must be: between two amounts, and a multiple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The smallest.
    pub min: Tokens,
    /// The largest.
    pub max: Tokens,
    /// What it divides by.
    pub multiple: i64,
}

impl Limits {
    /// The nearest stake that is allowed, preferring less.
    #[must_use]
    pub fn nearest(self, stake: i64) -> i64 {
        let multiple = self.multiple.max(1);
        let down = stake.clamp(self.min.get(), self.max.get()) / multiple * multiple;
        if down < self.min.get() {
            down + multiple
        } else {
            down
        }
    }

    fn step_up(self, stake: i64) -> i64 {
        let up = STEPS
            .into_iter()
            .map(|step| self.nearest(step))
            .find(|step| *step > stake);
        up.unwrap_or_else(|| self.nearest(self.max.get()))
    }

    fn step_down(self, stake: i64) -> i64 {
        let down = STEPS
            .into_iter()
            .rev()
            .map(|step| self.nearest(step))
            .find(|step| *step < stake);
        down.unwrap_or_else(|| self.nearest(self.min.get()))
    }
}

/// A stake within its limits.
#[component]
pub fn StakeInput(
    stake: RwSignal<i64>,
    #[prop(into)] limits: Signal<Limits>,
    /// The most that can be staked now; what "max" gives.
    #[prop(into)]
    affordable: Signal<i64>,
    #[prop(into)] disabled: Signal<bool>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let change = move |next: i64| stake.set(limits.get_untracked().nearest(next));
    let typed = move |event: Event| {
        let digits: String = event_target_value(&event)
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        change(digits.parse().unwrap_or(0));
        // What was typed may be the same stake in other words; show it as it is.
        stake.notify();
    };
    let up = move || change(limits.get_untracked().step_up(stake.get_untracked()));
    let down = move || change(limits.get_untracked().step_down(stake.get_untracked()));
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowUp" => {
            event.prevent_default();
            up();
        }
        "ArrowDown" => {
            event.prevent_default();
            down();
        }
        _ => {}
    };
    let quick = move |text: &'static str, label: TextOf, next: fn(i64) -> i64| {
        view! {
            <button
                type="button"
                class="stake-quick"
                aria-label=move || label(i18n)
                disabled=move || disabled.get()
                on:click=move |_| change(next(stake.get_untracked()))
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="stake" role="group" aria-label=tr!(i18n, slot.stake)>
            <button type="button" class="stake-step" aria-label=tr!(i18n, slot.less) disabled=move || disabled.get() on:click=move |_| down()>
                <Icon name="minus"/>
            </button>
            <input
                class="stake-value"
                data-testid="stake"
                inputmode="numeric"
                autocomplete="off"
                aria-label=tr!(i18n, slot.stake)
                disabled=move || disabled.get()
                value=stake.get_untracked().to_string()
                prop:value=move || stake.get().to_string()
                on:change=typed
                on:keydown=on_key
            />
            <button type="button" class="stake-step" aria-label=tr!(i18n, slot.more) disabled=move || disabled.get() on:click=move |_| up()>
                <Icon name="plus"/>
            </button>
            {quick("½", |i18n| tr!(i18n, slot.half)(), |stake| stake / 2)}
            {quick("×2", |i18n| tr!(i18n, slot.double)(), |stake| stake.saturating_mul(2))}
            <button
                type="button"
                class="stake-quick"
                disabled=move || disabled.get()
                on:click=move |_| change(affordable.get_untracked())
            >
                {tr!(i18n, slot.max)}
            </button>
        </div>
    }
    .into_any()
}

type TextOf = fn(I18n) -> &'static str;

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(multiple: i64) -> Limits {
        Limits {
            min: Tokens::from_u32(10),
            max: Tokens::from_u32(10_000),
            multiple,
        }
    }

    #[test]
    fn every_stake_offered_is_one_that_the_slot_takes() {
        for multiple in 1..=5 {
            let limits = limits(multiple);
            let lines = games::slot::Lines::new(multiple).unwrap();
            for wish in (-10..11_000).step_by(7) {
                let stake = limits.nearest(wish);
                for stake in [stake, limits.step_up(stake), limits.step_down(stake)] {
                    let tokens = Tokens::new(stake).unwrap();
                    assert!(
                        games::slot::Bet::new(tokens, lines).is_ok(),
                        "{stake} on {multiple} lines"
                    );
                }
            }
        }
    }

    #[test]
    fn steps_go_up_and_down_until_the_ends() {
        let limits = limits(3);
        assert_eq!(limits.step_up(12), 18);
        assert_eq!(limits.step_down(12), 12);
        assert_eq!(limits.step_up(9_999), 9_999);
    }
}
