//! What things cost, by table and by property.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the numbers of a test are small"
)]

use economy::Timestamp;
use economy::shop::{
    ApplyKind, Currency, Discount, Line, Offer, Price, Promo, Reduction, Refusal, Unavailable,
    Window, quote,
};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn price(amount: i64, currency: Currency) -> Price {
    Price::new(amount, currency).unwrap()
}

fn tokens(amount: i64) -> Price {
    price(amount, Currency::Tokens)
}

fn line(amount: i64, quantity: i64) -> Line<'static> {
    Line {
        price: tokens(amount),
        quantity,
        package: None,
    }
}

fn percent(percent: u8) -> Reduction {
    Reduction::Percent { percent }
}

fn flat(amount: i64) -> Reduction {
    Reduction::Flat(tokens(amount))
}

fn discount(code: &str, reduction: Reduction) -> Discount {
    Discount {
        code: code.to_owned(),
        reduction,
        window: Window::default(),
    }
}

fn promo(reduction: Reduction) -> Promo {
    Promo {
        code: "SPRING".to_owned(),
        reduction,
        window: Window::default(),
        package: None,
        is_active: true,
        uses: 0,
        uses_max: None,
    }
}

fn total(line: Line<'_>, discounts: &[Discount], promo: Option<&Promo>) -> i64 {
    quote(line, discounts, promo, NOW).unwrap().total.amount()
}

#[test]
fn without_reductions_a_line_costs_price_times_quantity() {
    let quote = quote(line(250, 3), &[], None, NOW).unwrap();
    assert_eq!((quote.list_total, quote.total), (tokens(750), tokens(750)));
    assert_eq!(quote.applied, []);
}

#[test]
fn the_discount_that_takes_most_applies_and_then_the_promo() {
    let discounts = [
        discount("ten", percent(10)),
        discount("flat", flat(200)),
        discount("five", percent(5)),
    ];
    let promo = promo(percent(50));
    let quote = quote(line(1_000, 1), &discounts, Some(&promo), NOW).unwrap();
    let applied: Vec<_> = quote
        .applied
        .iter()
        .map(|it| (it.kind, it.code.as_str(), it.amount))
        .collect();
    assert_eq!(
        applied,
        [
            (ApplyKind::Discount, "flat", 200),
            (ApplyKind::Promo, "SPRING", 400)
        ]
    );
    assert_eq!(quote.total.amount(), 400);
    // Of three, ten percent takes more than 200 tokens.
    assert_eq!(total(line(1_000, 3), &discounts, None), 2_700);
}

#[test]
fn rounding_is_once_down_and_on_the_total_of_the_line() {
    for (amount, quantity, off, promo_off, paid) in [
        // 3 x 33 = 99, less 10 % = 89.1.
        (33, 3, 10, 0, 89),
        // 99 x 0.9 x 0.9 = 80.19; rounding in between would give 80 too.
        (99, 1, 10, 10, 80),
        // 15 x 0.9 x 0.9 = 12.15; rounding in between (13 x 0.9 = 11.7) would give 11.
        (15, 1, 10, 10, 12),
        (1, 1, 50, 0, 0),
        (1, 1, 1, 0, 0),
        (100, 1, 100, 0, 0),
    ] {
        let discounts = [discount("d", percent(off))];
        let promo = (promo_off > 0).then(|| promo(percent(promo_off)));
        let found = total(line(amount, quantity), &discounts, promo.as_ref());
        assert_eq!(found, paid, "{amount} x {quantity}, {off} %, {promo_off} %");
    }
}

#[test]
fn a_price_never_goes_below_zero() {
    assert_eq!(total(line(100, 1), &[discount("d", flat(500))], None), 0);
    let promo = promo(flat(500));
    let quote = quote(line(100, 1), &[discount("d", flat(60))], Some(&promo), NOW).unwrap();
    assert_eq!(quote.total.amount(), 0);
    assert_eq!(
        quote.applied.iter().map(|it| it.amount).collect::<Vec<_>>(),
        [60, 40]
    );
}

#[test]
fn a_quantity_is_1_to_99() {
    for quantity in [i64::MIN, -1, 0, 100, 1_000_000_000, i64::MAX] {
        let refused = quote(line(1, quantity), &[], None, NOW);
        assert_eq!(refused.unwrap_err(), Refusal::Quantity, "{quantity}");
    }
    assert_eq!(total(line(1, 99), &[], None), 99);
}

#[test]
fn what_would_be_too_large_is_refused() {
    let refused = quote(line(Price::MAX, 2), &[], None, NOW);
    assert_eq!(refused.unwrap_err(), Refusal::TooLarge);
    let refused = quote(line(Price::MAX / 2, 99), &[], None, NOW);
    assert_eq!(refused.unwrap_err(), Refusal::TooLarge);
    assert_eq!(total(line(Price::MAX, 1), &[], None), Price::MAX);
    assert!(Price::new(Price::MAX + 1, Currency::Krw).is_err());
    assert!(Price::new(-1, Currency::Krw).is_err());
}

#[test]
fn a_flat_reduction_fits_only_its_currency() {
    let won = Discount {
        reduction: Reduction::Flat(price(500, Currency::Krw)),
        ..discount("won", percent(1))
    };
    assert_eq!(total(line(1_000, 1), &[won], None), 1_000);
    let won = promo(Reduction::Flat(price(500, Currency::Krw)));
    let refused = quote(line(1_000, 1), &[], Some(&won), NOW);
    assert_eq!(refused.unwrap_err(), Refusal::Promo);
    let paid = Line {
        price: price(1_200, Currency::Krw),
        ..line(0, 1)
    };
    assert_eq!(total(paid, &[], Some(&won)), 700);
}

#[test]
fn a_window_holds_its_first_instant_and_not_its_last() {
    let window = |from: i64, until: i64| Window {
        from: Some(NOW.plus_millis(from)),
        until: Some(NOW.plus_millis(until)),
    };
    for (window, is_open) in [
        (window(0, 1), true),
        (window(1, 2), false),
        (window(-2, 0), false),
        (Window::default(), true),
    ] {
        let offered = [Discount {
            window,
            ..discount("d", percent(50))
        }];
        let paid = total(line(100, 1), &offered, None);
        assert_eq!(paid == 50, is_open, "{window:?}");
        let coded = Promo {
            window,
            ..promo(percent(50))
        };
        let quoted = quote(line(100, 1), &[], Some(&coded), NOW);
        assert_eq!(quoted.is_ok(), is_open, "{window:?}");
    }
    assert!(!window(2, 1).is_possible() && window(1, 2).is_possible());
}

#[test]
fn a_promo_code_that_is_off_used_up_or_for_another_package_is_refused() {
    let base = promo(percent(10));
    let inactive = Promo {
        is_active: false,
        ..base.clone()
    };
    let used_up = Promo {
        uses: 3,
        uses_max: Some(3),
        ..base.clone()
    };
    let of_package = Promo {
        package: Some("moon".to_owned()),
        ..base.clone()
    };
    for bad in [&inactive, &used_up, &of_package] {
        let refused = quote(line(100, 1), &[], Some(bad), NOW);
        assert_eq!(refused.unwrap_err(), Refusal::Promo, "{bad:?}");
    }
    let moon = Line {
        package: Some("moon"),
        ..line(100, 1)
    };
    assert_eq!(total(moon, &[], Some(&of_package)), 90);
    assert_eq!(total(moon, &[], Some(&base)), 90, "one for anything");
    let last = Promo {
        uses: 2,
        uses_max: Some(3),
        ..base
    };
    assert_eq!(total(line(100, 1), &[], Some(&last)), 90);
}

#[test]
fn a_package_names_the_first_reason_against_it() {
    let open = Offer {
        is_active: true,
        window: Window {
            from: Some(NOW),
            until: Some(NOW.plus_millis(1)),
        },
        remaining: 1,
        member_limit: 2,
        owned: 1,
    };
    assert_eq!(open.check(NOW), Ok(()));
    let full = Offer { owned: 2, ..open };
    let empty = Offer {
        remaining: 0,
        ..full
    };
    let stopped = Offer {
        is_active: false,
        ..empty
    };
    assert_eq!(full.check(NOW), Err(Unavailable::MemberLimit));
    assert_eq!(empty.check(NOW), Err(Unavailable::OutOfStock));
    let after = NOW.plus_millis(1);
    assert_eq!(empty.check(after), Err(Unavailable::Expired));
    let before = NOW.plus_millis(-1);
    assert_eq!(empty.check(before), Err(Unavailable::NotStarted));
    assert_eq!(stopped.check(after), Err(Unavailable::Stopped));
}

#[test]
fn reductions_that_take_nothing_are_refused() {
    for bad in [percent(0), percent(101), flat(0)] {
        assert!(bad.checked().is_err(), "{bad:?}");
    }
    for good in [percent(1), percent(100), flat(1)] {
        assert_eq!(good.checked(), Ok(good));
    }
}

#[test]
fn shapes_are_what_clients_see() {
    let written = serde_json::to_value([percent(20), flat(100)]).unwrap();
    assert_eq!(
        written,
        serde_json::json!([
            {"kind": "percent", "percent": 20},
            {"kind": "flat", "amount": 100, "currency": "TOKENS"}
        ])
    );
    assert_eq!(
        serde_json::from_value::<[Reduction; 2]>(written).unwrap(),
        [percent(20), flat(100)]
    );
    let bad = serde_json::json!({"amount": -1, "currency": "KRW"});
    assert!(serde_json::from_value::<Price>(bad).is_err());
}

fn reductions() -> impl Strategy<Value = Reduction> {
    prop_oneof![
        (1_u8..=100).prop_map(percent),
        (1..=Price::MAX).prop_map(flat),
        (1_i64..=10_000).prop_map(flat),
    ]
}

proptest! {
    #[test]
    fn a_total_lies_between_nothing_and_the_list_and_what_was_taken_adds_up(
        amount in prop_oneof![0..=100_000_i64, 0..=Price::MAX],
        quantity in 1_i64..=99,
        offered in proptest::collection::vec(reductions(), 0..4),
        coded in proptest::option::of(reductions()),
    ) {
        let discounts: Vec<_> = offered.iter().map(|it| discount("d", *it)).collect();
        let coded = coded.map(promo);
        match quote(line(amount, quantity), &discounts, coded.as_ref(), NOW) {
            Ok(quote) => {
                let (list, paid) = (quote.list_total.amount(), quote.total.amount());
                prop_assert!((0..=list).contains(&paid));
                let taken: i64 = quote.applied.iter().map(|it| it.amount).sum();
                prop_assert_eq!(list - paid, taken);
                prop_assert!(quote.applied.iter().all(|it| it.amount >= 0));
            }
            Err(refused) => {
                prop_assert_eq!(refused, Refusal::TooLarge);
                prop_assert!(i128::from(amount) * i128::from(quantity) > i128::from(Price::MAX));
            }
        }
    }

    #[test]
    fn no_single_discount_would_have_been_cheaper(
        amount in 0..=1_000_000_i64,
        quantity in 1_i64..=99,
        offered in proptest::collection::vec(reductions(), 1..5),
    ) {
        let discounts: Vec<_> = offered.iter().map(|it| discount("d", *it)).collect();
        let best = total(line(amount, quantity), &discounts, None);
        for one in &discounts {
            prop_assert!(best <= total(line(amount, quantity), std::slice::from_ref(one), None));
        }
    }

    #[test]
    fn the_total_is_the_exact_fraction_rounded_down(
        amount in 0..=1_000_000_000_i64,
        quantity in 1_i64..=99,
        off in 1_u8..=100,
        coded in 1_u8..=100,
    ) {
        let found = total(line(amount, quantity), &[discount("d", percent(off))], Some(&promo(percent(coded))));
        let exact = i128::from(amount) * i128::from(quantity) * i128::from(100 - off) * i128::from(100 - coded);
        prop_assert_eq!(i128::from(found), exact / 10_000);
    }
}
