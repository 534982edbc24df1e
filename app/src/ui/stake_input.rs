//! Choosing a stake: by step, half, double, most, or by hand.

use leptos::{ev::KeyboardEvent, html::Input, prelude::*};
use wire::Tokens;

use super::Icon;
use crate::{
    format, tr,
    words::{I18n, fill},
};

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

    /// The least stake that is allowed.
    #[must_use]
    pub fn least(self) -> i64 {
        self.nearest(self.min.get())
    }

    /// The most that this balance can stake, if it can stake anything.
    #[must_use]
    pub fn most(self, balance: i64) -> Option<i64> {
        let most = self.nearest(balance);
        (most <= balance).then_some(most)
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
        down.unwrap_or_else(|| self.least())
    }
}

/// The stake that is chosen. A press may come a moment after its page has gone.
#[derive(Clone, Copy)]
struct Choice {
    stake: RwSignal<i64>,
    limits: Signal<Limits>,
}

impl Choice {
    /// The stake next to what is asked for.
    fn take(self, next: i64) {
        if let Some(limits) = self.limits.try_get_untracked() {
            self.stake.set(limits.nearest(next));
        }
    }

    fn step(self, by: fn(Limits, i64) -> i64) {
        let limits = self.limits.try_get_untracked();
        if let Some((limits, stake)) = limits.zip(self.stake.try_get_untracked()) {
            self.take(by(limits, stake));
        }
    }

    fn type_in(self, text: &str) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        self.take(digits.parse().unwrap_or(0));
        // What was typed may be the same stake in other words; show it as it is.
        self.stake.notify();
    }
}

/// A stake within its limits. One that the balance does not cover is marked, and brought to the most
/// that it does by one tap.
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
    let field = NodeRef::<Input>::new();
    let choice = Choice { stake, limits };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowUp" => {
            event.prevent_default();
            choice.step(Limits::step_up);
        }
        "ArrowDown" => {
            event.prevent_default();
            choice.step(Limits::step_down);
        }
        _ => {}
    };
    // While a hand runs its stake is paid already.
    let is_beyond = Memo::new(move |_| !disabled.get() && stake.get() > affordable.get());
    let most = Memo::new(move |_| {
        let most = limits.get().most(affordable.get());
        most.filter(|_| is_beyond.get())
    });
    let take_most = Callback::new(move |most| {
        choice.take(most);
        // The button goes, the focus stays where it was about.
        if let Some(field) = field.try_get_untracked().flatten() {
            _ = field.focus();
        }
    });
    let quick = move || match most.get() {
        Some(most) => view! { <Most most take=take_most/> }.into_any(),
        None => view! { <Quick choice affordable disabled/> }.into_any(),
    };
    view! {
        <div class="stake" role="group" aria-label=tr!(i18n, slot.stake)>
            <button type="button" class="stake-step" aria-label=tr!(i18n, slot.less) disabled=move || disabled.get() on:click=move |_| choice.step(Limits::step_down)>
                <Icon name="minus"/>
            </button>
            <input
                node_ref=field
                class="stake-value"
                data-testid="stake"
                inputmode="numeric"
                autocomplete="off"
                aria-label=tr!(i18n, slot.stake)
                aria-invalid=move || is_beyond.get().then_some("true")
                aria-describedby="stake-most"
                disabled=move || disabled.get()
                value=stake.try_get_untracked().unwrap_or_default().to_string()
                prop:value=move || stake.get().to_string()
                on:change=move |event| choice.type_in(&event_target_value(&event))
                on:keydown=on_key
            />
            <button type="button" class="stake-step" aria-label=tr!(i18n, slot.more) disabled=move || disabled.get() on:click=move |_| choice.step(Limits::step_up)>
                <Icon name="plus"/>
            </button>
            {quick}
            <span id="stake-most" class="sr-only" role="status">
                {move || most.get().map(|most| with_amount(tr!(i18n, slot.at_most_text)(), most))}
            </span>
        </div>
    }
    .into_any()
}

/// Half, double and most.
#[component]
fn Quick(choice: Choice, affordable: Signal<i64>, disabled: Signal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let quick = move |text: &'static str, label: TextOf, next: fn(i64) -> i64| {
        let press = move |_| {
            if let Some(stake) = choice.stake.try_get_untracked() {
                choice.take(next(stake));
            }
        };
        view! {
            <button
                type="button"
                class="stake-quick"
                aria-label=move || label(i18n)
                disabled=move || disabled.get()
                on:click=press
            >
                {text}
            </button>
        }
    };
    let take_most = move |_| {
        if let Some(most) = affordable.try_get_untracked() {
            choice.take(most);
        }
    };
    view! {
        {quick("½", |i18n| tr!(i18n, slot.half)(), |stake| stake / 2)}
        {quick("×2", |i18n| tr!(i18n, slot.double)(), |stake| stake.saturating_mul(2))}
        <button
            type="button"
            class="stake-quick"
            disabled=move || disabled.get()
            on:click=take_most
        >
            {tr!(i18n, slot.max)}
        </button>
    }
    .into_any()
}

/// The most that the balance covers, in the place of what goes further; a tap stakes it.
#[component]
fn Most(most: i64, take: Callback<i64>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || with_amount(tr!(i18n, slot.at_most)(), most);
    let press = move |_| {
        _ = take.try_run(most);
    };
    view! {
        <button type="button" class="stake-quick stake-most" data-testid="stake-most" on:click=press>
            {text}
        </button>
    }
    .into_any()
}

fn with_amount(phrase: &str, amount: i64) -> String {
    fill(phrase, &[("amount", &format::group(amount))])
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
    fn the_most_is_within_the_balance_and_below_the_least_there_is_none() {
        assert_eq!(limits(3).most(50), Some(48));
        assert_eq!(limits(3).most(20_000), Some(9_999));
        assert_eq!(limits(3).most(12), Some(12));
        assert_eq!(limits(3).most(11), None);
        assert_eq!(limits(1).most(0), None);
        assert_eq!((limits(1).least(), limits(3).least()), (10, 12));
    }

    #[test]
    fn steps_go_up_and_down_until_the_ends() {
        let limits = limits(3);
        assert_eq!(limits.step_up(12), 18);
        assert_eq!(limits.step_down(12), 12);
        assert_eq!(limits.step_up(9_999), 9_999);
    }
}
