//! The figures of today, each with yesterday's and how they differ.

use economy::shop::{Currency, Price};
use leptos::prelude::*;
use wire::{
    Timestamp,
    desk::{DayFigures, DayMoney},
};

use crate::{
    format,
    goods::money,
    i18n::{Locale, td_string},
    tr,
    ui::{Card, When},
    words::I18n,
};

/// A figure in words.
struct Figure {
    testid: String,
    name: &'static str,
    today: String,
    /// What stands below it.
    below: String,
    /// How today differs from yesterday.
    change: Option<String>,
}

/// All figures of the day so far, as they stood at that instant.
#[component]
pub(super) fn Figures(
    at: Timestamp,
    online: i64,
    today: DayFigures,
    yesterday: DayFigures,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let locale = i18n.get_locale_untracked();
    let mut figures = vec![of_now(locale, online)];
    figures.extend(counted(locale, &today, &yesterday));
    if let (Some(today), Some(yesterday)) = (&today.money, &yesterday.money) {
        figures.extend(in_money(locale, today, yesterday));
    }
    let figures = figures.into_iter().map(shown).collect_view();
    view! {
        <div class="board-figures">
            <Card title=tr!(i18n, desk.figures)>
                <p class="card-lead">{tr!(i18n, desk.figures_text)} " " <When at/></p>
                <dl class="figures">{figures}</dl>
            </Card>
        </div>
    }
    .into_any()
}

fn shown(figure: Figure) -> AnyView {
    let change = figure.change.map(|change| {
        view! { <span class="figure-change">{format!("({change})")}</span> }
    });
    view! {
        <div class="figure" data-testid=figure.testid>
            <dt>{figure.name}</dt>
            <dd class="figure-today">{figure.today}</dd>
            <dd class="figure-below">{figure.below} " " {change}</dd>
        </div>
    }
    .into_any()
}

fn of_now(locale: Locale, online: i64) -> Figure {
    Figure {
        testid: "figure-online".to_owned(),
        name: td_string!(locale, desk.online),
        today: format::group(online),
        below: td_string!(locale, desk.online_text).to_owned(),
        change: None,
    }
}

/// What is counted, and what is in tokens.
fn counted(locale: Locale, today: &DayFigures, yesterday: &DayFigures) -> [Figure; 4] {
    let figure = |word: &str, name, of: fn(&DayFigures) -> i64| {
        let (now, then) = (of(today), of(yesterday));
        Figure {
            testid: format!("figure-{word}"),
            name,
            today: format::group(now),
            below: before(locale, &format::group(then)),
            change: Some(format::signed(now.saturating_sub(then))),
        }
    };
    [
        figure("sign-ups", td_string!(locale, desk.sign_ups), |it| {
            it.sign_ups
        }),
        figure("hands", td_string!(locale, desk.hands), |it| it.hands),
        figure("staked", td_string!(locale, desk.staked), |it| {
            it.staked.get()
        }),
        figure("paid", td_string!(locale, desk.paid), |it| it.paid.get()),
    ]
}

/// Money, of each currency in which there was any; won stand there always.
fn in_money(locale: Locale, today: &DayMoney, yesterday: &DayMoney) -> Vec<Figure> {
    type Part = fn(&DayMoney) -> &[Price];
    let parts: [(&str, &'static str, Part); 2] = [
        ("captured", td_string!(locale, desk.captured), |it| {
            &it.captured
        }),
        ("refunded", td_string!(locale, desk.refunded), |it| {
            &it.refunded
        }),
    ];
    let mut figures = Vec::new();
    for (word, name, of) in parts {
        for currency in Currency::ALL.into_iter().filter(|it| it.is_money()) {
            let (now, then) = (amount(of(today), currency), amount(of(yesterday), currency));
            if currency != Currency::Krw && now == 0 && then == 0 {
                continue;
            }
            figures.push(Figure {
                testid: format!("figure-{word}-{}", currency.as_str()),
                name,
                today: written(locale, now, currency),
                below: before(locale, &written(locale, then, currency)),
                change: Some(difference(locale, now.saturating_sub(then), currency)),
            });
        }
    }
    figures
}

/// How much of a currency is among these.
fn amount(prices: &[Price], currency: Currency) -> i64 {
    let found = prices.iter().find(|it| it.currency() == currency);
    found.map_or(0, |price| price.amount())
}

fn written(locale: Locale, amount: i64, currency: Currency) -> String {
    let price = Price::new(amount, currency);
    price.map_or_else(|_| String::new(), |price| money(locale, price))
}

fn difference(locale: Locale, change: i64, currency: Currency) -> String {
    let sign = match change {
        0 => "±",
        1.. => "+",
        _ => "\u{2212}",
    };
    let amount = written(locale, change.saturating_abs(), currency);
    format!("{sign}{amount}")
}

fn before(locale: Locale, value: &str) -> String {
    format!("{} {value}", td_string!(locale, desk.yesterday))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_in_money_has_its_sign_before_it() {
        let said = |change| difference(Locale::en, change, Currency::Krw);
        assert_eq!([1_200, 0, -50].map(said), ["+₩1,200", "±₩0", "\u{2212}₩50"]);
        let dollars = difference(Locale::en, -99, Currency::Usd);
        assert_eq!(dollars, "\u{2212}$0.99");
    }

    #[test]
    fn a_currency_without_money_is_left_out_and_won_are_not() {
        let dollars = DayMoney {
            captured: vec![Price::new(499, Currency::Usd).unwrap()],
            refunded: Vec::new(),
        };
        let figures = in_money(Locale::en, &dollars, &DayMoney::default());
        let said: Vec<_> = figures
            .iter()
            .map(|it| (it.testid.as_str(), it.today.as_str()))
            .collect();
        let expected = [
            ("figure-captured-KRW", "₩0"),
            ("figure-captured-USD", "$4.99"),
            ("figure-refunded-KRW", "₩0"),
        ];
        assert_eq!(said, expected);
    }
}
