//! A promo code, and what it does to the price before anything is paid.

use leptos::{ev::MouseEvent, html::Details, prelude::*};

use super::till::Till;
use crate::tr;

/// The most characters of a promo code.
const CHARS_MAX: &str = "32";

/// The field, folded until there is a code; its button asks for the new price, also without JavaScript.
#[component]
pub(super) fn PromoField(till: Till) -> impl IntoView {
    let i18n = till.i18n;
    let apply = move |event: MouseEvent| {
        event.prevent_default();
        till.ask();
    };
    let fold = NodeRef::<Details>::new();
    let typed = till.promo.try_get_untracked().unwrap_or_default();
    let is_refused = Memo::new(move |_| till.fault("promo_code").is_some());
    let is_open = !typed.is_empty() || is_refused.try_get_untracked() == Some(true);
    Effect::new(move || {
        // Why a code is refused must be seen, also where the field was folded again.
        if let Some(fold) = fold.get().filter(|_| is_refused.get()) {
            fold.set_open(true);
        }
    });
    view! {
        <details node_ref=fold class="fold promo-field" open=is_open>
            <summary data-testid="promo-fold">{tr!(i18n, checkout.promo)}</summary>
            <label class="sr-only" for="field-promo_code">{tr!(i18n, checkout.promo)}</label>
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
                    value=typed
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
        </details>
    }
    .into_any()
}

/// Why the code does not count, or that it does.
#[component]
fn PromoNotes(till: Till) -> impl IntoView {
    let i18n = till.i18n;
    let applied = move || till.is_promo_in().then(|| tr!(i18n, checkout.applied)());
    view! {
        <p id="field-promo_code-error" class="field-error" role="alert" data-testid="field-error-promo_code">
            {move || till.fault("promo_code")}
        </p>
        <p id="field-promo_code-hint" class="field-hint is-win" role="status" data-testid="promo-hint">{applied}</p>
    }
    .into_any()
}
