//! Amounts of tokens.

use leptos::prelude::*;

use super::{Art, use_calm};
use crate::{
    browser, format,
    task::spawn_owned,
    tr,
    words::{self, I18n},
};

/// How long a count takes, in milliseconds, and in how many steps.
const COUNT_MS: i32 = 420;
const COUNT_STEPS: i32 = 14;

/// An amount that stands still, with its coin.
#[component]
pub fn Amount(amount: i64) -> impl IntoView {
    view! { <span class="tokens"><Art name="token" class="coin"/>{format::group(amount)}</span> }
}

/// An amount that counts up and down to its value, and is read out once it is there.
#[component]
pub fn TokenAmount(
    #[prop(into)] value: Signal<i64>,
    /// Whether a screen reader hears each new value.
    #[prop(optional)]
    announced: bool,
    #[prop(optional)] testid: Option<&'static str>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let shown = RwSignal::new(value.try_get_untracked().unwrap_or_default());
    let calm = use_calm();
    // While a page makes room for another, its signals are gone a moment before its view: hence `try_get`.
    let target = move || value.try_get();
    // A newer value ends the count to an older one, which belongs to its run of the effect.
    Effect::new(move || {
        if let Some(target) = target() {
            count_to(target, shown, calm);
        }
    });
    let spoken = move || {
        let amount = target().filter(|_| announced)?;
        Some(words::fill(
            tr!(i18n, ui.tokens)(),
            &[("amount", &format::group(amount))],
        ))
    };
    view! {
        <span class="tokens" data-testid=testid data-value=move || shown.try_get().map(|amount| amount.to_string())>
            <Art name="token" class="coin"/>
            <span aria-hidden=announced.then_some("true")>{move || shown.try_get().map(format::group)}</span>
            <span class="sr-only" aria-live="polite">{spoken}</span>
        </span>
    }
    .into_any()
}

/// Moves `shown` to `target` in steps.
fn count_to(target: i64, shown: RwSignal<i64>, calm: Signal<bool>) {
    let Some(start) = shown.try_get_untracked() else {
        return;
    };
    if start == target {
        return;
    }
    if calm.try_get_untracked().unwrap_or_default() {
        shown.set(target);
        return;
    }
    spawn_owned(async move {
        for step in 1..=COUNT_STEPS {
            browser::sleep(COUNT_MS / COUNT_STEPS).await;
            shown.set(start + eased(target - start, step));
        }
    });
}

/// How far a count is after so many steps: fast at first, exact at the end.
fn eased(distance: i64, step: i32) -> i64 {
    let (all, left) = (i64::from(COUNT_STEPS), i64::from(COUNT_STEPS - step));
    let missing = i128::from(distance) * i128::from(left * left) / i128::from(all * all);
    distance - i64::try_from(missing).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_ends_exactly_and_never_overshoots() {
        for distance in [0, 1, 7, 1_000, -35, 9_007_199_254_740_991] {
            assert_eq!(eased(distance, COUNT_STEPS), distance);
            assert!((1..=COUNT_STEPS).all(|step| eased(distance, step).abs() <= distance.abs()));
        }
    }
}
