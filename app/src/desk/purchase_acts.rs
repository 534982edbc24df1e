//! What whoever looks may do to a purchase.

use leptos::{prelude::*, text_prop::TextProp};
use wire::desk::PurchaseRow;

use super::{
    acts::Act,
    api::{ForceSettle, RefundPurchase},
    confirm::Asks,
    ending::Ending,
    purchase_form::EndingForm,
    purchases_read::Offered,
    refusals,
};
use crate::{
    error::{PageError, Refusal},
    words::I18n,
};

/// The form of what can be done to it, behind its name; and what was refused of one that cannot be any more.
#[component]
pub(super) fn Acts(
    purchase: PurchaseRow,
    offered: Option<Offered>,
    asks: Asks,
    /// The key of a gesture.
    key: String,
    /// Which form came back refused, and why.
    refused: Option<(Ending, Refusal)>,
) -> impl IntoView {
    let ending = offered.as_ref().map(|it| it.ending);
    let (here, gone) = match refused {
        Some((of, refusal)) if Some(of) == ending => (Some(refusal), None),
        Some((_, refusal)) => (None, Some(refusal.error)),
        None => (None, None),
    };
    let gone = gone.map(|error| view! { <Why error/> });
    let offered = offered.map(|offered| {
        view! { <Offer purchase offered asks key refusal=here/> }
    });
    view! {
        {gone}
        {offered}
    }
    .into_any()
}

/// One act; why not, where the club would refuse it.
#[component]
fn Offer(
    purchase: PurchaseRow,
    offered: Offered,
    asks: Asks,
    key: String,
    refusal: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Offered { ending, weighed } = offered;
    let is_open = refusal.is_some();
    let inner = match (weighed, ending) {
        (Ok(preview), Ending::Refund) => {
            view! { <EndingForm<RefundPurchase> ending purchase preview asks key refusal/> }
                .into_any()
        }
        (Ok(preview), Ending::Settle) => {
            view! { <EndingForm<ForceSettle> ending purchase preview asks key refusal/> }.into_any()
        }
        (Err(error), _) => view! { <Why error/> }.into_any(),
    };
    let name = TextProp::from(move || ending.name(i18n.get_locale()));
    view! {
        <div class="acts" data-testid="acts">
            <Act name testid=ending.word() is_open>{inner}</Act>
        </div>
    }
    .into_any()
}

/// Why something is not done.
#[component]
fn Why(error: PageError) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let why = move || refusals::of_failure(i18n.get_locale(), &error);
    view! { <p class="form-error" role="alert" data-testid="form-error">{why}</p> }.into_any()
}
