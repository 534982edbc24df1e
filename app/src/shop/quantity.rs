//! How many.

use leptos::{ev::Event, prelude::*};

use super::till::Till;
use crate::{tr, ui::Icon};

/// A number between one and the most of it, with a button on each side.
#[component]
pub(super) fn Quantity(till: Till) -> impl IntoView {
    let i18n = till.i18n;
    let most = till.quantity_max();
    if most == 1 {
        return view! { <input type="hidden" name="quantity" value="1"/> }.into_any();
    }
    let typed = move |event: Event| {
        let typed = event_target_value(&event).trim().parse();
        till.count(typed.unwrap_or(1));
        // What was typed may be the same number in other words; show it as it is.
        till.quantity.notify();
    };
    let step = move |by: i64| {
        if let Some(quantity) = till.quantity.try_get_untracked() {
            till.count(quantity + by);
        }
    };
    view! {
        <div class="field quantity-field">
            <label class="field-label" for="field-quantity">{tr!(i18n, checkout.quantity)}</label>
            <div class="quantity">
                <button type="button" class="stake-step needs-script" aria-label=tr!(i18n, checkout.less)
                    disabled=move || till.quantity.get() <= 1 on:click=move |_| step(-1)>
                    <Icon name="minus"/>
                </button>
                <input
                    id="field-quantity"
                    class="input quantity-input"
                    name="quantity"
                    type="number"
                    inputmode="numeric"
                    autocomplete="off"
                    min="1"
                    max=most.to_string()
                    data-testid="quantity"
                    aria-invalid=move || till.fault("quantity").map(|_| "true")
                    aria-describedby="field-quantity-error"
                    value=till.quantity.try_get_untracked().unwrap_or(1).to_string()
                    prop:value=move || till.quantity.get().to_string()
                    on:change=typed
                />
                <button type="button" class="stake-step needs-script" aria-label=tr!(i18n, checkout.more)
                    disabled=move || { till.quantity.get() >= most } on:click=move |_| step(1)>
                    <Icon name="plus"/>
                </button>
            </div>
            <p id="field-quantity-error" class="field-error" role="alert" data-testid="field-error-quantity">
                {move || till.fault("quantity")}
            </p>
        </div>
    }
    .into_any()
}
