//! Items for tokens.

use economy::shop::{ApplyKind, Price};
use testkit::{apply, both_engines};
use wire::Code;
use wire::shop::{BuyLimitedRequest, BuyRequest, PriceRequest, ProductKind, PurchaseKind, Status};

use super::verbs::*;
use crate::table::{balance, raced};

#[apply(both_engines)]
async fn nobody_pays_more_than_what_they_were_shown(club: Club) {
    let ann = club.member("ann").await;
    let at_most = |total_max| BuyRequest {
        total_max: Some(total_max),
        ..one("frame_neon")
    };
    let refused = buys(&club, &ann, at_most(959), Some("k"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::PriceChanged);
    assert_eq!(number(&club, "SELECT COUNT(*) FROM purchases").await, 0);
    assert_eq!(
        buys(&club, &ann, at_most(960), Some("k"))
            .await
            .unwrap()
            .total
            .amount(),
        960
    );
    let dearer = BuyLimitedRequest {
        package_id: "welcome_bundle".to_owned(),
        promo_code: None,
        total_max: Some(499),
    };
    let shop = &club.backend.shop;
    let refused = shop
        .buy_limited(ann.member.user_id, dearer, None)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::PriceChanged);
    proves(&club).await;
}

#[apply(both_engines)]
async fn the_shop_opens_with_packs_items_and_packages(club: Club) {
    let shop = &club.backend.shop;
    let catalogue = shop.catalogue().await.unwrap();
    let of = |kind| {
        catalogue
            .products
            .iter()
            .filter(|it| it.kind == kind)
            .count()
    };
    assert_eq!((of(ProductKind::Tokens), of(ProductKind::Item)), (4, 10));
    assert!(catalogue.sells_tokens);
    assert_eq!(shop.limited_packages(None).await.unwrap().len(), 3);
    let neon = catalogue
        .products
        .iter()
        .find(|it| it.product_id == "frame_neon")
        .unwrap();
    assert_eq!(
        (neon.prices[0].amount(), neon.offers[0].total.amount()),
        (1_200, 960)
    );
}

#[apply(both_engines)]
async fn an_item_is_paid_delivered_and_receipted_at_once(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys(
        &club,
        &ann,
        BuyRequest {
            quantity: 3,
            ..one("consumable_fortune_cookie")
        },
        None,
    )
    .await
    .unwrap();
    assert_eq!(
        (bought.status, bought.total.amount(), bought.balance.get()),
        (Status::Captured, 300, 700)
    );
    assert_eq!(bought.receipt_code.as_str(), "CC-00000001");
    let owned = club
        .backend
        .inventory
        .owned(ann.member.user_id, Default::default())
        .await
        .unwrap();
    assert_eq!(
        (owned.items[0].code.as_str(), owned.items[0].count),
        ("consumable_fortune_cookie", 3)
    );
    let receipt = receipt(&club, &ann, &bought.receipt_code).await;
    assert_eq!(
        (
            receipt.kind,
            receipt.lines[0].quantity,
            receipt.history.len()
        ),
        (PurchaseKind::Item, 3, 1)
    );
    assert!(receipt.is_genuine(&club.backend.shop.receipt_key().await.unwrap()));
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_receipt_that_was_changed_is_not_genuine(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys(&club, &ann, one("felt_midnight"), None).await.unwrap();
    let key = club.backend.shop.receipt_key().await.unwrap();
    let genuine = receipt(&club, &ann, &bought.receipt_code).await;
    let mut dearer = genuine.clone();
    dearer.total = Price::new(9_999, dearer.total.currency()).unwrap();
    let mut mine = genuine.clone();
    mine.user_id = wire::UserId(99);
    let mut undone = genuine.clone();
    undone.status = Status::Refunded;
    assert!(genuine.is_genuine(&key));
    for forged in [dearer, mine, undone] {
        assert!(!forged.is_genuine(&key), "{forged:?}");
    }
}

#[apply(both_engines)]
async fn the_price_told_is_the_price_paid(club: Club) {
    let ann = club.member("ann").await;
    let asked = PriceRequest {
        quantity: Some(1),
        currency: None,
        promo_code: Some("welcome10".to_owned()),
    };
    let told = club
        .backend
        .shop
        .price("frame_neon", asked, "::1")
        .await
        .unwrap();
    let applied: Vec<_> = told.applied.iter().map(|it| (it.kind, it.amount)).collect();
    assert_eq!(
        applied,
        [(ApplyKind::Discount, 240), (ApplyKind::Promo, 96)]
    );
    let bought = buys(
        &club,
        &ann,
        with_promo(one("frame_neon"), "WELCOME10"),
        None,
    )
    .await
    .unwrap();
    assert_eq!((bought.total, bought.applied), (told.total, told.applied));
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_cannot_be_bought_moves_nothing(club: Club) {
    let ann = club.member("ann").await;
    for quantity in [0, -1, 100, 1_000_000_000, i64::MIN, i64::MAX] {
        let request = BuyRequest {
            quantity,
            ..one("felt_midnight")
        };
        assert_eq!(
            buys(&club, &ann, request, None).await.unwrap_err().code(),
            Code::Invalid,
            "{quantity}"
        );
    }
    let refused = [
        (one("nothing"), Code::NotFound),
        (one("frame_cherry_blossom"), Code::InsufficientTokens),
        (in_dollars(one("felt_midnight")), Code::Invalid),
        (
            with_promo(one("felt_midnight"), "NOWHERE"),
            Code::PromoInvalid,
        ),
        (
            with_promo(one("felt_midnight"), "WON1000"),
            Code::PromoInvalid,
        ),
        (
            with_promo(one("felt_midnight"), "LANTERN300"),
            Code::PromoInvalid,
        ),
    ];
    for (request, code) in refused {
        assert_eq!(
            buys(&club, &ann, request, None).await.unwrap_err().code(),
            code
        );
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    assert!(receipts(&club, &ann).await.is_empty());
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_price_that_would_overflow_is_refused(club: Club) {
    let ann = club.member("ann").await;
    writes(
        &club,
        "UPDATE products SET price_tokens = 9007199254740991 WHERE id = 'felt_ruby'",
    )
    .await;
    writes(
        &club,
        "UPDATE products SET tokens = 9007199254740991 WHERE id = 'tokens_1000'",
    )
    .await;
    let two = |product| BuyRequest {
        quantity: 2,
        ..one(product)
    };
    for request in [two("felt_ruby"), two("tokens_1000")] {
        assert_eq!(
            buys(&club, &ann, request, None).await.unwrap_err().code(),
            Code::Invalid
        );
    }
    let full = buys(&club, &ann, one("tokens_1000"), None).await;
    assert_eq!(full.unwrap_err().code(), Code::BalanceTooLarge);
    assert!(
        club.gateway.charges().is_empty(),
        "nobody pays for what there is no room for"
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn one_key_buys_once_and_another_body_is_refused(club: Club) {
    let ann = club.member("ann").await;
    let answers = raced(10, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move {
            buys(&club, &ann, one("title_lucky_star"), Some("k"))
                .await
                .unwrap()
        }
    })
    .await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(balance(&club, &ann).await, 700);
    let other = buys(&club, &ann, one("felt_midnight"), Some("k")).await;
    assert_eq!(other.unwrap_err().code(), Code::IdempotencyMismatch);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_refusal_binds_no_key(club: Club) {
    let ann = club.member("ann").await;
    let refused = buys(&club, &ann, one("felt_ruby"), Some("k")).await;
    assert_eq!(refused.unwrap_err().code(), Code::InsufficientTokens);
    writes(
        &club,
        "UPDATE products SET price_tokens = 400 WHERE id = 'felt_ruby'",
    )
    .await;
    let bought = buys(&club, &ann, one("felt_ruby"), Some("k"))
        .await
        .unwrap();
    assert_eq!(bought.total.amount(), 100);
    proves(&club).await;
}

#[apply(both_engines)]
async fn the_twenty_first_purchase_in_five_minutes_has_to_wait(club: Club) {
    let ann = club.member("ann").await;
    writes(
        &club,
        "UPDATE products SET price_tokens = 1 WHERE id = 'consumable_fortune_cookie'",
    )
    .await;
    for _ in 0..20 {
        buys(&club, &ann, one("consumable_fortune_cookie"), None)
            .await
            .unwrap();
        club.clock.advance_secs(10);
    }
    let refused = buys(&club, &ann, one("consumable_fortune_cookie"), None)
        .await
        .unwrap_err()
        .public();
    assert_eq!(
        (refused.code, refused.retry_after_secs),
        (Code::TooManyPurchases, Some(100))
    );
    club.clock.advance_secs(100);
    buys(&club, &ann, one("consumable_fortune_cookie"), None)
        .await
        .unwrap();
    proves(&club).await;
}
