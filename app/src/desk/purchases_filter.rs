//! What purchases are filtered by, their order, and what is open of all.

use leptos::{prelude::*, text_prop::TextProp};
use wire::{
    desk::OpenPurchases,
    shop::{PurchaseSort, Status},
};

use super::{
    audit_filter::FilterField,
    members_filter::Choice,
    place::Place,
    purchases_sought::{SORTS, SoughtPurchases, State},
    sought::word_of,
};
use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
    ui::{Badge, Button, Fact, LinkTabs, Tab, Tone},
    words::{self, I18n},
};

/// A form whose state is the address; it begins at the first page.
#[component]
pub(super) fn Filter(
    sought: SoughtPurchases,
    /// Whether no member is called what was asked for.
    is_nobody: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let path = Place::Purchases.path();
    let sort = word_of(&SORTS, sought.sort);
    let stands = Status::ALL.map(State::Stands).into_iter();
    let states = stands.chain([State::Owed]).map(|state| {
        let name = move || state_name(i18n.get_locale(), state);
        (state.word(), TextProp::from(name))
    });
    let chosen = sought.state.map(State::word);
    // One that there is has led to its page.
    let is_missing = !sought.receipt.is_empty();
    let no_receipt = is_missing.then(|| TextProp::from(tr!(i18n, desk.no_receipt)));
    let nobody = is_nobody.then(|| TextProp::from(tr!(i18n, desk.no_member_named)));
    view! {
        <form class="desk-filter" method="get" action=path data-testid="purchases-filter">
            <input type="hidden" name="sort" value=sort/>
            <FilterField name="receipt" label=tr!(i18n, desk.receipt_code) value=sought.receipt fault=no_receipt/>
            <Choice name="state" label=tr!(i18n, receipt.status) options=states.collect() chosen/>
            <FilterField name="member" label=tr!(i18n, desk.member_named) value=sought.member fault=nobody/>
            <FilterField name="product" label=tr!(i18n, desk.product) value=sought.product/>
            <FilterField name="since" label=tr!(i18n, desk.from_day) value=sought.since kind="date"/>
            <FilterField name="until" label=tr!(i18n, desk.until_day) value=sought.until kind="date"/>
            <div class="row">
                <Button testid="filter">{tr!(i18n, desk.find)}</Button>
                <a class="text-link" href=path>{tr!(i18n, desk.all)}</a>
            </div>
        </form>
    }
    .into_any()
}

fn state_name(locale: Locale, state: State) -> &'static str {
    match state {
        State::Stands(status) => words::of_status(locale, status),
        State::Owed => td_string!(locale, desk.owed),
    }
}

/// Their orders, each a link.
#[component]
pub(super) fn Orders(sought: SoughtPurchases) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tabs = SORTS.map(|(sort, _)| Tab {
        name: TextProp::from(move || sort_name(i18n.get_locale(), sort)),
        href: sought.sorted(sort),
        is_current: sought.sort == sort,
    });
    view! { <LinkTabs label=tr!(i18n, desk.sort) tabs=tabs.into()/> }.into_any()
}

fn sort_name(locale: Locale, sort: PurchaseSort) -> &'static str {
    match sort {
        PurchaseSort::Newest => td_string!(locale, desk.purchases_newest),
        PurchaseSort::Oldest => td_string!(locale, desk.purchases_oldest),
    }
}

/// How many are not at their end; the numbers lead to them, those that wait longest first.
#[component]
pub(super) fn Open(open: OpenPurchases) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let to = |state| SoughtPurchases::in_state(state).sorted(PurchaseSort::Oldest);
    let (pending, owed) = (to(State::Stands(Status::Pending)), to(State::Owed));
    let late = pending.clone();
    view! {
        <section class="card">
            <dl class="facts facts-grid member-facts">
                <Fact name=tr!(i18n, purchase.pending)>
                    <Count testid="open-pending" href=pending count=open.pending tone=Tone::Plain/>
                </Fact>
                <Fact name=tr!(i18n, desk.late)>
                    <Count testid="open-late" href=late count=open.late tone=Tone::Bad/>
                </Fact>
                <Fact name=tr!(i18n, desk.owed)>
                    <Count testid="open-owed" href=owed count=open.refund_due tone=Tone::Warn/>
                </Fact>
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Count(
    testid: &'static str,
    href: String,
    count: i64,
    /// What it feels like where it is not 0.
    tone: Tone,
) -> impl IntoView {
    let tone = if count > 0 { tone } else { Tone::Plain };
    view! {
        <a class="desk-link" href=href data-testid=testid><Badge tone>{format::group(count)}</Badge></a>
    }
    .into_any()
}
