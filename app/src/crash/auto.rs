//! Where a round is to be cashed out by itself.

use games::crash::{AutoCashout, BadMultiplier, Multiplier};
use leptos::prelude::*;

use super::flight::Flight;
use crate::{
    i18n::{Locale, td_string},
    tr,
    words::{I18n, fill},
};

impl Flight {
    /// The auto cash-out that stands in its field, or none where it is empty.
    pub(super) fn auto_cashout(self) -> Result<Option<AutoCashout>, BadMultiplier> {
        let text = self.auto.get();
        match text.trim() {
            "" => Ok(None),
            text => AutoCashout::parse(text).map(Some),
        }
    }
}

/// The field; what is wrong with it is said once it was left, or once a bet was tried.
#[component]
pub(super) fn AutoField(flight: Flight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let fault = Memo::new(move |_| {
        let fault = flight.auto_cashout().err();
        fault.filter(|_| flight.is_auto_typed.get())
    });
    let message = move || {
        fault
            .get()
            .map(|fault| fault_text(i18n.get_locale(), fault))
    };
    let typed = move |event| {
        flight.is_auto_typed.set(false);
        flight.auto.set(event_target_value(&event));
    };
    view! {
        <div class="auto-out">
            <label class="controls-name" for="crash-auto">{tr!(i18n, crash.auto)}</label>
            <span class="auto-out-box">
                <input
                    id="crash-auto"
                    class="auto-out-value"
                    name="auto_cashout"
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="7"
                    placeholder=tr!(i18n, crash.auto_none)
                    data-testid="crash-auto"
                    disabled=move || !flight.is_idle()
                    value=flight.auto.try_get_untracked().unwrap_or_default()
                    prop:value=move || flight.auto.get()
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby="crash-auto-fault crash-auto-hint"
                    on:input=typed
                    on:change=move |_| flight.is_auto_typed.set(true)
                />
                <span class="auto-out-sign" aria-hidden="true">"×"</span>
            </span>
            <p id="crash-auto-fault" class="field-error" role="alert" data-testid="crash-auto-fault">{message}</p>
            <p id="crash-auto-hint" class="field-hint">{move || range(tr!(i18n, crash.auto_hint)())}</p>
        </div>
    }
    .into_any()
}

/// What is wrong with it, and what would be right.
fn fault_text(locale: Locale, fault: BadMultiplier) -> String {
    range(match fault {
        BadMultiplier::Malformed => td_string!(locale, crash.auto_malformed),
        BadMultiplier::TooLow => td_string!(locale, crash.auto_low),
        BadMultiplier::TooHigh => td_string!(locale, crash.auto_high),
    })
}

fn range(phrase: &str) -> String {
    let (min, max) = (
        Multiplier::CASH_OUT_MIN.to_string(),
        crate::format::hundredths(Multiplier::MAX.hundredths()),
    );
    fill(phrase, &[("min", &min), ("max", &max)])
}
