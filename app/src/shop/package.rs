//! The limited packages.

use games::gacha::Rarity;
use leptos::prelude::*;
use wire::Timestamp;
use wire::shop::{LimitedPackage, PackageState};

use super::{
    card::{BuyLink, Shopper},
    price::PriceTag,
    shelf::{Shelf, state_at},
    ware::Ware,
};
use crate::{
    format,
    goods::{ContentsLine, Picture, package_text, ware_picture},
    i18n::{Locale, td_string},
    tr,
    ui::{Badge, Empty, Meter, RarityFrame, Tone, When},
    words::{I18n, fill},
};

/// Every limited package, in the club's order.
#[component]
pub(super) fn Packages(shelf: Shelf, shopper: Shopper) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    shelf.follow_stock();
    let ids = Memo::new(move |_| {
        let of = |all: &Vec<LimitedPackage>| all.iter().map(|it| it.package_id.clone()).collect();
        shelf.packages.with::<Vec<String>>(of)
    });
    let cards = move |id: String| view! { <PackageCard shelf id shopper/> };
    view! {
        <ul class="wares wares-limited">
            <For each=move || ids.get() key=String::clone children=cards/>
        </ul>
        {move || ids.with(Vec::is_empty).then(|| view! { <Empty title=tr!(i18n, shop.none)/> })}
    }
    .into_any()
}

#[component]
fn PackageCard(shelf: Shelf, id: String, shopper: Shopper) -> impl IntoView {
    let wanted = id.clone();
    let find =
        move |all: &Vec<LimitedPackage>| all.iter().find(|it| it.package_id == wanted).cloned();
    let package = Memo::new(move |_| shelf.packages.with(&find));
    // What a package is does not change while the page is open; how it stands does.
    let still = package.try_get_untracked().flatten()?;
    let state = Memo::new(move |_| {
        let now = shelf.clock.shown();
        package.with(|it| {
            it.as_ref()
                .map_or(PackageState::Stopped, |it| state_at(it, now))
        })
    });
    Some(view! { <Card still package=package.into() state shelf shopper/> }.into_any())
}

#[component]
fn Card(
    still: LimitedPackage,
    package: Signal<Option<LimitedPackage>>,
    state: Memo<PackageState>,
    shelf: Shelf,
    shopper: Shopper,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let ware = Ware::Package(still.clone());
    let now = shelf.clock.shown_untracked();
    let quote = now.and_then(|now| ware.quote(1, shopper.currency, now));
    let named = StoredValue::new(ware.clone());
    let name = move || named.with_value(|ware| ware.name(i18n.get_locale()));
    let id = StoredValue::new(still.package_id.clone());
    let text = move || id.with_value(|id| package_text(i18n.get_locale(), id));
    let picture = ware_picture(&still.package_id, None);
    let buy = move || {
        let ware = ware.clone();
        if state.get() == PackageState::Available {
            return view! { <BuyLink shopper ware/> }.into_any();
        }
        let word = move || state_name(i18n.get_locale(), state.get());
        view! { <p class="ware-closed" role="status">{word}</p> }.into_any()
    };
    view! {
        <li
            class="ware ware-limited"
            class:ware-off=move || state.get() != PackageState::Available
            data-testid="package"
            data-code=id.get_value()
            data-state=move || state_word(state.get())
            data-remaining=move || package.with(|it| it.as_ref().map(|it| it.remaining.to_string()))
        >
            <div class="ware-top">
                <RarityFrame rarity=Rarity::Epic><Picture code=picture/></RarityFrame>
                <Badge tone=Signal::derive(move || tone(state.get()))>{move || state_name(i18n.get_locale(), state.get())}</Badge>
            </div>
            <h2 class="ware-name">{name}</h2>
            <p class="ware-text">{text}</p>
            <ContentsLine contents=still.contents.clone()/>
            <Stock first=still package is_member=shopper.is_member/>
            <Countdown package state shelf/>
            {quote.map(|quote| view! { <PriceTag quote/> })}
            {buy}
        </li>
    }
    .into_any()
}

/// How many are left, and how many of them the member has.
#[component]
fn Stock(
    first: LimitedPackage,
    package: Signal<Option<LimitedPackage>>,
    is_member: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (stock, limit) = (first.stock, first.member_limit);
    let left = Signal::derive(move || {
        package.with(|it| it.as_ref().map_or(first.remaining, |it| it.remaining))
    });
    let text = move || {
        let (left, all) = (format::group(left.get()), format::group(stock));
        fill(tr!(i18n, shop.left_of)(), &[("left", &left), ("all", &all)])
    };
    let mine = move || {
        let limit = limit.to_string();
        if !is_member {
            return fill(tr!(i18n, shop.per_member)(), &[("limit", &limit)]);
        }
        let count = package.with(|it| it.as_ref().map_or(first.owned, |it| it.owned));
        let count = count.to_string();
        fill(
            tr!(i18n, shop.mine)(),
            &[("count", &count), ("limit", &limit)],
        )
    };
    view! {
        <Meter label=tr!(i18n, shop.left) value=left max=stock text testid="stock"/>
        <p class="controls-note" data-testid="mine">{mine}</p>
    }
    .into_any()
}

/// Seconds run in a countdown; what is further away is a date.
const COUNTED_DAYS: i64 = 30;

/// How long until it begins or ends, by the club's time.
#[component]
fn Countdown(
    package: Signal<Option<LimitedPackage>>,
    state: Memo<PackageState>,
    shelf: Shelf,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let starts = move || state.get() == PackageState::NotStarted;
    let edge = Memo::new(move |_| {
        let window = package.with(|it| it.as_ref().map(|it| it.window))?;
        if starts() { window.from } else { window.until }
    });
    let is_far = Memo::new(move |_| {
        let far = |then| format::days_and_clock(shelf.clock.secs_until(then)).0 >= COUNTED_DAYS;
        edge.get().is_some_and(far)
    });
    let words = move || {
        if let PackageState::Expired | PackageState::Stopped = state.get() {
            return None;
        }
        let Some(then) = edge.get() else {
            return Some(tr!(i18n, shop.no_end)().into_any());
        };
        Some(match (is_far.get(), starts()) {
            (true, true) => view! { {tr!(i18n, shop.starts_on)} " " <When at=then/> }.into_any(),
            (true, false) => view! { {tr!(i18n, shop.ends_on)} " " <When at=then/> }.into_any(),
            (false, true) => {
                view! { {tr!(i18n, shop.starts_in)} " " {left(i18n, shelf, then)} }.into_any()
            }
            (false, false) => {
                view! { {tr!(i18n, shop.ends_in)} " " {left(i18n, shelf, then)} }.into_any()
            }
        })
    };
    view! { <p class="countdown" role="timer" aria-live="off" data-testid="countdown">{words}</p> }
        .into_any()
}

/// What is left until then, from second to second.
fn left(i18n: I18n, shelf: Shelf, then: Timestamp) -> impl Fn() -> String {
    move || {
        let (days, clock) = format::days_and_clock(shelf.clock.secs_until(then));
        if days == 0 {
            return clock;
        }
        let days = days.to_string();
        let parts = [("days", days.as_str()), ("clock", clock.as_str())];
        fill(tr!(i18n, shop.days)(), &parts)
    }
}

fn tone(state: PackageState) -> Tone {
    match state {
        PackageState::Available => Tone::Good,
        PackageState::NotStarted => Tone::Warn,
        PackageState::OutOfStock => Tone::Bad,
        PackageState::Stopped | PackageState::Expired | PackageState::MemberLimit => Tone::Plain,
    }
}

/// How a package stands, as the browser tests read it.
fn state_word(state: PackageState) -> &'static str {
    match state {
        PackageState::Available => "available",
        PackageState::Stopped => "stopped",
        PackageState::NotStarted => "not_started",
        PackageState::Expired => "expired",
        PackageState::OutOfStock => "out_of_stock",
        PackageState::MemberLimit => "member_limit",
    }
}

fn state_name(locale: Locale, state: PackageState) -> &'static str {
    match state {
        PackageState::Available => td_string!(locale, shop.available),
        PackageState::Stopped => td_string!(locale, shop.stopped),
        PackageState::NotStarted => td_string!(locale, shop.not_started),
        PackageState::Expired => td_string!(locale, shop.expired),
        PackageState::OutOfStock => td_string!(locale, shop.out_of_stock),
        PackageState::MemberLimit => td_string!(locale, shop.member_limit),
    }
}
