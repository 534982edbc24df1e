//! A promo code, and what it does to the price before anything is paid.

use leptos::{ev::MouseEvent, prelude::*};

use super::till::Till;
use crate::tr;

/// The most characters of a promo code.
const CHARS_MAX: &str = "32";

/// The field; its button asks for the new price, also without JavaScript.
#[component]
pub(super) fn PromoField(till: Till) -> impl IntoView {
    let i18n = till.i18n;
    let apply = move |event: MouseEvent| {
        event.prevent_default();
        till.ask();
    };
    view! {
        <div class="field promo-field">
            <label class="field-label" for="field-promo_code">{tr!(i18n, checkout.promo)}</label>
            <div class="promo">
                <input
                    id="field-promo_code"
                    class="input promo-input"
                    name="promo_code"
                    maxlength=CHARS_MAX
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    data-testid="promo"
                    aria-invalid=move || till.fault("promo_code").map(|_| "true")
                    aria-describedby="field-promo_code-error field-promo_code-hint"
                    value=till.promo.get_untracked()
                    prop:value=move || till.promo.get()
                    on:input=move |event| till.type_promo(event_target_value(&event))
                />
                <button
                    type="submit"
                    class="button"
                    formmethod="get"
                    formaction="/shop/checkout"
                    data-testid="apply-promo"
                    aria-busy=move || till.is_asking.get().then_some("true")
                    on:click=apply
                >
                    {tr!(i18n, checkout.apply)}
                </button>
            </div>
            <PromoNotes till/>
        </div>
    }
    .into_any()
}

/// Why the code does not count, or that it does.
#[component]
fn PromoNotes(till: Till) -> impl IntoView {
    let i18n = till.i18n;
    let hint = move || {
        if till.is_promo_in() {
            tr!(i18n, checkout.applied)()
        } else {
            tr!(i18n, checkout.promo_hint)()
        }
    };
    view! {
        <p id="field-promo_code-error" class="field-error" role="alert" data-testid="field-error-promo_code">
            {move || till.fault("promo_code")}
        </p>
        <p
            id="field-promo_code-hint"
            class="field-hint"
            class:is-win=move || till.is_promo_in()
            role="status"
            data-testid="promo-hint"
        >
            {hint}
        </p>
    }
    .into_any()
}
