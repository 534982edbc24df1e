//! What stands on a shelf.

use economy::shop::Currency;
use leptos::{ev::MouseEvent, prelude::*};

use super::ware::Ware;
use crate::{
    paths::sign_in_path,
    tr,
    ui::Weight,
    words::{I18n, fill},
};

/// What the cards need to know of the page around them.
#[derive(Clone, Copy)]
pub(super) struct Shopper {
    /// What money things are priced in.
    pub(super) currency: Currency,
    /// Whether a member looks.
    pub(super) is_member: bool,
    /// Opens the sheet that buys.
    pub(super) open: Callback<Ware>,
}

/// The way to buy something: a sheet with JavaScript, a page without, the door for visitors.
#[component]
pub(super) fn BuyLink(shopper: Shopper, ware: Ware) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let href = ware.href(shopper.currency);
    if !shopper.is_member {
        return view! {
            <a class=Weight::Quiet.class() href=sign_in_path(&href)>{tr!(i18n, shop.sign_in)}</a>
        }
        .into_any();
    }
    let ware = StoredValue::new(ware);
    let label = move || {
        let name = ware.with_value(|ware| ware.name(i18n.get_locale()));
        fill(tr!(i18n, shop.buy_named)(), &[("name", &name)])
    };
    let press = move |event: MouseEvent| {
        // Whoever wants it in a tab of its own gets the page.
        if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            if let Some(ware) = ware.try_get_value() {
                _ = shopper.open.try_run(ware);
            }
        }
    };
    view! {
        <a class=Weight::Quiet.class() href=href aria-label=label data-testid="buy" on:click=press>
            {tr!(i18n, shop.buy)}
        </a>
    }
    .into_any()
}
