//! The state of a purchase that is being made.

use economy::shop::{Currency, Quote};
use leptos::prelude::*;
use wire::{
    Code, Timestamp,
    shop::{PriceAnswer, PurchaseResult},
};

use super::{buy, order::Order, price_of, ware::Ware};
use crate::{
    browser,
    error::{FieldFault, PageError},
    gesture,
    i18n::td_string,
    session::{Session, Wallet, call_as_member, use_session, use_wallet},
    task::{Part, spawn_detached},
    tr_now,
    ui::{Toasts, use_toasts},
    words::{self, I18n},
};

/// The fields that say what is wrong with them.
const FIELDS: [&str; 3] = ["quantity", "promo_code", "payment_method"];

/// A price that the club gave for a promo code.
#[derive(Clone, PartialEq)]
struct Promised {
    promo: String,
    answer: PriceAnswer,
}

/// The signals of a purchase; copied into every part of the form.
#[derive(Clone, Copy)]
pub(super) struct Till {
    pub(super) ware: StoredValue<Ware>,
    pub(super) currency: Currency,
    now: Timestamp,
    pub(super) quantity: RwSignal<i64>,
    /// The promo code as it is typed.
    pub(super) promo: RwSignal<String>,
    pub(super) method: RwSignal<String>,
    promised: RwSignal<Option<Promised>>,
    pub(super) is_asking: RwSignal<bool>,
    pub(super) is_paying: RwSignal<bool>,
    pub(super) error: RwSignal<Option<PageError>>,
    /// What came of it.
    pub(super) bought: RwSignal<Option<PurchaseResult>>,
    /// What was sent without an answer, with its key: sent again, it is the same gesture.
    unanswered: StoredValue<Option<Order>>,
    /// Runs after every answer: something may have been sold.
    answered: Callback<()>,
    pub(super) wallet: Wallet,
    session: Session,
    toasts: Toasts,
    part: Part,
    pub(super) i18n: I18n,
}

impl Till {
    pub(super) fn new(
        ware: Ware,
        currency: Currency,
        now: Timestamp,
        answered: Callback<()>,
    ) -> Self {
        let price = ware.price_in(currency);
        Self {
            currency: price.map_or(currency, |price| price.currency()),
            ware: StoredValue::new(ware),
            now,
            quantity: RwSignal::new(1),
            promo: RwSignal::new(String::new()),
            method: RwSignal::new(String::new()),
            promised: RwSignal::new(None),
            is_asking: RwSignal::new(false),
            is_paying: RwSignal::new(false),
            error: RwSignal::new(None),
            bought: RwSignal::new(None),
            unanswered: StoredValue::new(None),
            answered,
            wallet: use_wallet(),
            session: use_session(),
            toasts: use_toasts(),
            part: Part::here(),
            i18n: crate::i18n::use_i18n(),
        }
    }

    /// Takes in what the club said of a promo code.
    pub(super) fn promise(self, promo: &str, answer: Result<PriceAnswer, PageError>) {
        match answer {
            Ok(answer) => {
                let promo = promo.trim().to_owned();
                _ = self.promised.try_set(Some(Promised { promo, answer }));
                _ = self.error.try_set(None);
            }
            Err(error) => {
                _ = self.promised.try_set(None);
                _ = self.error.try_set(Some(error));
            }
        }
    }

    /// What it costs: the club's own answer where a promo code is in it, else by the club's rules.
    pub(super) fn quote(self) -> Option<Quote> {
        let (quantity, promo) = (self.quantity.get(), self.promo.get());
        let promised = self.promised.get();
        let promised = promised.filter(|it| it.is_for(quantity, promo.trim()));
        if let Some(Promised { answer, .. }) = promised {
            return Some(Quote {
                list_total: answer.list_total,
                applied: answer.applied,
                total: answer.total,
            });
        }
        let quote = |ware: &Ware| ware.quote(quantity, self.currency, self.now);
        self.ware.with_value(quote)
    }

    /// Whether the price shown has the promo code in it.
    pub(super) fn is_promo_in(self) -> bool {
        let (quantity, promo) = (self.quantity.get(), self.promo.get());
        let is_for = |it: &Promised| !promo.is_empty() && it.is_for(quantity, promo.trim());
        self.promised.get().as_ref().is_some_and(is_for)
    }

    /// How many tokens this balance lacks for it. Nothing while an order has no answer: the balance may
    /// have paid for it already, and sent again it is the same gesture.
    pub(super) fn missing(self, balance: i64) -> Option<i64> {
        let is_sent = self.unanswered.try_with_value(Option::is_some) == Some(true);
        let is_unclear = is_sent && self.error.get().is_some_and(|error| error.is_unclear());
        if self.is_paying.get() || is_unclear {
            return None;
        }
        let missing = self.quote()?.total.tokens()?.get() - balance;
        (missing > 0).then_some(missing)
    }

    /// The most of it in one purchase.
    pub(super) fn quantity_max(self) -> i64 {
        self.ware.with_value(Ware::quantity_max)
    }

    /// Another number of it; what was promised for a promo code is asked for anew.
    pub(super) fn count(self, quantity: i64) {
        let Some(most) = self.ware.try_with_value(Ware::quantity_max) else {
            return;
        };
        let quantity = quantity.clamp(1, most);
        let was_in = untrack(|| self.is_promo_in());
        self.quantity.set(quantity);
        if was_in {
            self.ask();
        }
    }

    /// Another promo code; what was said of the last one does not count for it.
    pub(super) fn type_promo(self, promo: String) {
        self.promo.set(promo);
        let is_about_it = |error: &PageError| error.field("promo_code").is_some();
        let was_refused = self
            .error
            .try_with_untracked(|it| it.as_ref().is_some_and(is_about_it));
        if was_refused == Some(true) {
            self.error.set(None);
        }
    }

    /// Asks what it costs with the promo code that was typed.
    pub(super) fn ask(self) {
        let promo = self.promo.try_get_untracked();
        let Some((promo, quantity)) = promo.zip(self.quantity.try_get_untracked()) else {
            return;
        };
        let promo = promo.trim().to_owned();
        if promo.is_empty() || self.is_asking.try_get_untracked() == Some(true) {
            self.error.set(None);
            return;
        }
        self.is_asking.set(true);
        self.part.spawn(async move {
            let is_known = self.ask_for(promo, quantity).await;
            self.is_asking.set(false);
            // Another number was chosen while this one was asked for.
            let is_other = |chosen: i64| chosen != quantity;
            if is_known && self.quantity.try_get_untracked().is_some_and(is_other) {
                self.ask();
            }
        });
    }

    /// Takes in what so many cost now; whether the club said it.
    async fn ask_for(self, promo: String, quantity: i64) -> bool {
        let Some(id) = self.ware.try_with_value(|ware| ware.id().to_owned()) else {
            return false;
        };
        let ask = || {
            let currency = self.currency.as_str().to_owned();
            price_of(id.clone(), Some(quantity), currency, promo.clone())
        };
        let answer = call_as_member(ask).await;
        let is_known = answer.is_ok();
        self.promise(&promo, answer);
        is_known
    }

    /// Buys what is in the form.
    pub(super) fn pay(self) {
        if self.is_paying.try_get_untracked() != Some(false) {
            return;
        }
        let Some(order) = self.order() else { return };
        self.is_paying.set(true);
        self.error.set(None);
        // What was paid for is heard of by the wallet and said, although the form was left meanwhile.
        spawn_detached(async move {
            let again = tr_now!(self.i18n, checkout.offline);
            let answer =
                gesture::send(&order.key, self.toasts, again, |_| buy(order.clone())).await;
            match answer {
                Ok(result) => {
                    self.wallet.hear(result.balance, result.seq);
                    let status = result.status;
                    if self.bought.try_set(Some(result)).is_some() {
                        // The form is gone, and nothing else would say what came of it.
                        let locale = self.i18n.get_locale_untracked();
                        self.toasts.say(words::of_status(locale, status).to_owned());
                    }
                }
                Err(error) => {
                    if error.code() == Some(Code::PriceChanged)
                        && let Some(quantity) = self.quantity.try_get_untracked()
                    {
                        // Shows what it costs now, and then why nothing was bought.
                        self.ask_for(order.promo_code.clone(), quantity).await;
                    }
                    self.stand_still(order, error);
                }
            }
            _ = self.is_paying.try_set(false);
            _ = self.answered.try_run(());
        });
    }

    /// The form as it stands; with the key of the last one if that got no answer and was the same.
    /// Nothing where it is gone.
    fn order(self) -> Option<Order> {
        let ware = self.ware.try_get_value()?;
        let fresh = Order {
            kind: ware.kind().to_owned(),
            product_id: ware.id().to_owned(),
            quantity: self.quantity.try_get_untracked()?.to_string(),
            currency: self.currency.as_str().to_owned(),
            payment_method: self.method.try_get_untracked()?,
            promo_code: self.promo.try_get_untracked()?.trim().to_owned(),
            total_max: untrack(|| self.quote())
                .map_or_else(String::new, |quote| quote.total.amount().to_string()),
            key: String::new(),
        };
        let unanswered = self.unanswered.try_update_value(Option::take).flatten();
        let same = unanswered.filter(|it| {
            Order {
                key: String::new(),
                ..it.clone()
            } == fresh
        });
        Some(same.unwrap_or_else(|| Order {
            key: browser::fresh_key(),
            ..fresh
        }))
    }

    fn stand_still(self, order: Order, error: PageError) {
        if error.is_unclear() {
            _ = self.unanswered.try_update_value(|it| *it = Some(order));
        }
        if error.is_unauthenticated() {
            // The page asks who is there, and shows the door.
            self.session.reload();
        }
        if let Some(Some(error)) = self.error.try_set(Some(error)) {
            let locale = self.i18n.get_locale_untracked();
            self.toasts.warn(words::failure(locale, &error));
        }
    }

    /// What is wrong with a field.
    pub(super) fn fault(self, field: &'static str) -> Option<String> {
        let fault: FieldFault = self.error.get()?.field(field)?;
        let locale = self.i18n.get_locale();
        let name = match field {
            "quantity" => td_string!(locale, checkout.quantity),
            "promo_code" => td_string!(locale, checkout.promo),
            _ => td_string!(locale, checkout.method),
        };
        Some(words::of_field(locale, name, &fault))
    }

    /// What is wrong, where no field says so.
    pub(super) fn failure(self) -> Option<String> {
        let is_said = |error: &PageError| FIELDS.iter().any(|name| error.field(name).is_some());
        let error = self.error.get().filter(|error| !is_said(error))?;
        Some(words::failure(self.i18n.get_locale(), &error))
    }
}

impl Promised {
    fn is_for(&self, quantity: i64, promo: &str) -> bool {
        self.answer.quantity == quantity && self.promo == promo
    }
}
