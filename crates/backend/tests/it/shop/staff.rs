//! What staff do: refunds, settling by force, changing what is sold; each an audit row.

use backend::Staff;
use economy::shop::{Currency, Price, Reduction, Window};
use testkit::{Behaviour, Club, Player, apply, both_engines};
use wire::shop::{
    BuyRequest, Contents, EquipRequest, GatewayState, ItemCount, ProductKind, Receipt,
    StaffTransactions, Status, UpsertDiscount, UpsertPackage, UpsertProduct, UpsertPromo,
    UseRequest,
};
use wire::{Code, ReceiptCode, Tokens};

use super::payments::{buys_while, reference, settles};
use super::verbs::*;
use crate::table::{balance, plays, raced};

async fn refunds(club: &Club, boss: &Staff, code: &ReceiptCode) -> backend::Result<Receipt> {
    club.backend.shop.refund(boss, code).await
}

async fn audited(club: &Club, action: &str, outcome: &str) -> i64 {
    let sql =
        format!("SELECT COUNT(*) FROM audit WHERE action = '{action}' AND outcome = '{outcome}'");
    number(club, &sql).await
}

fn item(id: &str, price: i64) -> UpsertProduct {
    UpsertProduct {
        product_id: id.to_owned(),
        kind: ProductKind::Item,
        tokens: Tokens::ZERO,
        item: Some("felt_ruby".to_owned()),
        prices: vec![Price::new(price, Currency::Tokens).unwrap()],
        place: 1,
        is_active: true,
    }
}

fn bundle(id: &str, stock: i64) -> UpsertPackage {
    UpsertPackage {
        package_id: id.to_owned(),
        price: Tokens::from_u32(100),
        contents: Contents {
            tokens: Tokens::from_u32(50),
            items: vec![ItemCount {
                code: "badge_rocket".to_owned(),
                count: 1,
            }],
        },
        stock,
        member_limit: 2,
        window: Window::default(),
        place: 1,
        is_active: true,
    }
}

async fn spends(club: &Club, player: &Player, price: i64) {
    writes(
        club,
        &format!("UPDATE products SET price_tokens = {price} WHERE id = 'felt_midnight'"),
    )
    .await;
    buys(club, player, one("felt_midnight"), None)
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn a_refund_puts_everything_back(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let bought = buys_package(&club, &ann, "lantern_festival", Some("LANTERN300"))
        .await
        .unwrap();
    let worn = EquipRequest {
        item: "badge_lantern_festival".to_owned(),
    };
    club.backend
        .inventory
        .equip(ann.member.user_id, worn)
        .await
        .unwrap();
    let undone = refunds(&club, &boss, &bought.receipt_code).await.unwrap();
    assert_eq!(
        (undone.status, balance(&club, &ann).await),
        (Status::Refunded, 1_000)
    );
    let left = club
        .backend
        .inventory
        .owned(ann.member.user_id, Default::default())
        .await
        .unwrap();
    assert_eq!((left.items.len(), left.equipment.badge), (0, None));
    proves(&club).await;
    let again = refunds(&club, &boss, &bought.receipt_code).await;
    assert_eq!(again.unwrap_err().code(), Code::NotRefundable);
    assert_eq!(
        (
            audited(&club, "transactions/refund", "ok").await,
            audited(&club, "transactions/refund", "not_refundable").await
        ),
        (1, 1)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_refund_of_money_goes_back_through_the_gateway_once(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let bought = buys_while(&club, &ann, Behaviour::Works).await.unwrap();
    club.gateway.behaves(Behaviour::Away);
    let answers = raced(6, |_| {
        let (club, code, boss) = (club.clone(), bought.receipt_code.clone(), boss);
        async move { refunds(&club, &boss, &code).await }
    })
    .await;
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), 1);
    proves(&club).await;
    assert_eq!(club.gateway.charges()[&reference(&club).await].refunds, 0);
    club.gateway.behaves(Behaviour::Works);
    assert_eq!(
        (settles(&club).await.refunded, settles(&club).await.refunded),
        (1, 0)
    );
    assert_eq!(club.gateway.charges()[&reference(&club).await].refunds, 1);
    assert_eq!(balance(&club, &ann).await, 1_000);
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_was_spent_used_or_is_not_settled_cannot_be_refunded(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let pack = buys_while(&club, &ann, Behaviour::Works).await.unwrap();
    spends(&club, &ann, 1_500).await;
    let spent = refunds(&club, &boss, &pack.receipt_code).await;
    assert_eq!(spent.unwrap_err().code(), Code::InsufficientTokens);
    let two = BuyRequest {
        quantity: 2,
        ..one("consumable_fortune_cookie")
    };
    let cookies = buys(&club, &ann, two, None).await.unwrap();
    let use_one = UseRequest {
        item: "consumable_fortune_cookie".to_owned(),
    };
    club.backend
        .inventory
        .use_item(ann.member.user_id, use_one, None)
        .await
        .unwrap();
    let used = refunds(&club, &boss, &cookies.receipt_code).await;
    assert_eq!(used.unwrap_err().code(), Code::ItemUsed);
    let waiting = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let pending = refunds(&club, &boss, &waiting.receipt_code).await;
    assert_eq!(pending.unwrap_err().code(), Code::NotRefundable);
    for nothing in ["CC-99999999", "CC-1", "nonsense", ""] {
        let code = ReceiptCode(nothing.to_owned());
        assert_eq!(
            refunds(&club, &boss, &code).await.unwrap_err().code(),
            Code::NotFound,
            "{nothing}"
        );
    }
    assert_eq!(balance(&club, &ann).await, 300);
    assert_eq!(audited(&club, "transactions/refund", "not_found").await, 4);
    proves(&club).await;
}

#[apply(both_engines)]
async fn force_ends_a_payment_as_the_gateway_says_or_voids_it(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let shop = &club.backend.shop;
    let first = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway
        .decides(&reference(&club).await, GatewayState::Captured);
    let captured = shop.force_settle(&boss, &first.receipt_code).await.unwrap();
    assert_eq!(
        (captured.status, balance(&club, &ann).await),
        (Status::Captured, 2_000)
    );
    let second = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let voided = shop
        .force_settle(&boss, &second.receipt_code)
        .await
        .unwrap();
    assert_eq!(
        (voided.status, balance(&club, &ann).await),
        (Status::Voided, 2_000)
    );
    assert_eq!(
        club.gateway.charges()[&reference(&club).await].state,
        GatewayState::Refunded
    );
    let again = shop.force_settle(&boss, &second.receipt_code).await;
    assert_eq!(again.unwrap_err().code(), Code::NotRefundable);
    assert_eq!(audited(&club, "transactions/force-settle", "ok").await, 2);
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_staff_write_is_sold_from_then_on(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let shop = &club.backend.shop;
    shop.upsert_product(&boss, item("ruby_sale", 400))
        .await
        .unwrap();
    let half = UpsertDiscount {
        code: "half".to_owned(),
        product_id: "ruby_sale".to_owned(),
        reduction: Reduction::Percent { percent: 50 },
        window: Window::default(),
        is_active: true,
    };
    shop.upsert_discount(&boss, half).await.unwrap();
    shop.upsert_package(&boss, bundle("bundle", 3))
        .await
        .unwrap();
    let promo = UpsertPromo {
        code: "spring".to_owned(),
        reduction: Reduction::Flat(Price::new(50, Currency::Tokens).unwrap()),
        package_id: Some("bundle".to_owned()),
        window: Window::default(),
        max_uses: Some(1),
        is_active: true,
    };
    shop.upsert_promo(&boss, promo.clone()).await.unwrap();
    assert_eq!(
        buys(&club, &ann, one("ruby_sale"), None)
            .await
            .unwrap()
            .total
            .amount(),
        200
    );
    assert_eq!(
        buys_package(&club, &ann, "bundle", Some("SPRING"))
            .await
            .unwrap()
            .total
            .amount(),
        50
    );
    shop.upsert_package(&boss, bundle("bundle", 1))
        .await
        .unwrap();
    assert_eq!(
        buys_package(&club, &ann, "bundle", None)
            .await
            .unwrap_err()
            .code(),
        Code::OutOfStock
    );
    let fewer = shop.upsert_package(&boss, bundle("bundle", 0)).await;
    assert_eq!(fewer.unwrap_err().code(), Code::Invalid);
    shop.disable_discount(&boss, "half").await.unwrap();
    assert_eq!(
        buys(&club, &ann, one("ruby_sale"), None)
            .await
            .unwrap()
            .total
            .amount(),
        400
    );
    shop.disable_product(&boss, "ruby_sale").await.unwrap();
    assert_eq!(
        buys(&club, &ann, one("ruby_sale"), None)
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    shop.disable_package(&boss, "bundle").await.unwrap();
    assert_eq!(
        buys_package(&club, &ann, "bundle", None)
            .await
            .unwrap_err()
            .code(),
        Code::PackageUnavailable
    );
    let with_both = "SELECT COUNT(*) FROM audit WHERE action = 'limited-packages/upsert' AND state_before IS NOT NULL AND state_after IS NOT NULL";
    assert_eq!(
        (
            number(&club, with_both).await,
            audited(&club, "limited-packages/upsert", "invalid").await
        ),
        (1, 1)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_makes_no_sense_is_refused_and_kept(club: Club) {
    let boss = club.staff("boss").await;
    let shop = &club.backend.shop;
    let bad = [
        item("Bad Id", 1),
        UpsertProduct {
            item: Some("nothing".to_owned()),
            ..item("x", 1)
        },
        UpsertProduct {
            prices: Vec::new(),
            ..item("x", 1)
        },
        UpsertProduct {
            kind: ProductKind::Tokens,
            ..item("x", 1)
        },
        UpsertProduct {
            tokens: Tokens::from_u32(1),
            ..item("x", 1)
        },
    ];
    for product in bad {
        assert_eq!(
            shop.upsert_product(&boss, product)
                .await
                .unwrap_err()
                .code(),
            Code::Invalid
        );
    }
    let zero = UpsertPromo {
        code: "ZERO".to_owned(),
        reduction: Reduction::Percent { percent: 0 },
        package_id: None,
        window: Window::default(),
        max_uses: None,
        is_active: true,
    };
    assert_eq!(
        shop.upsert_promo(&boss, zero).await.unwrap_err().code(),
        Code::Invalid
    );
    assert_eq!(
        shop.disable_package(&boss, "nothing")
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    assert_eq!(audited(&club, "products/upsert", "invalid").await, 5);
}

#[apply(both_engines)]
async fn staff_find_purchases_by_whatever_they_know(club: Club) {
    let boss = club.staff("boss").await;
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway.behaves(Behaviour::Works);
    buys(
        &club,
        &ann,
        with_promo(one("felt_midnight"), "WELCOME10"),
        None,
    )
    .await
    .unwrap();
    club.clock.advance_secs(60);
    let since = club.backend.clock().now();
    buys_package(&club, &ben, "welcome_bundle", None)
        .await
        .unwrap();
    let shop = &club.backend.shop;
    let all = StaffTransactions::default();
    for (filter, count) in [
        (all.clone(), 3),
        (of_status(Status::Pending), 1),
        (
            StaffTransactions {
                user_id: Some(ann.member.user_id),
                ..all.clone()
            },
            2,
        ),
        (
            StaffTransactions {
                product_id: Some("welcome_bundle".to_owned()),
                ..all.clone()
            },
            1,
        ),
        (
            StaffTransactions {
                promo_code: Some("WELCOME10".to_owned()),
                ..all.clone()
            },
            1,
        ),
        (
            StaffTransactions {
                since: Some(since),
                ..all.clone()
            },
            1,
        ),
        (
            StaffTransactions {
                until: Some(since),
                ..all.clone()
            },
            2,
        ),
    ] {
        let page = shop.all_transactions(&boss, filter.clone()).await.unwrap();
        assert_eq!(page.items.len(), count, "{filter:?}");
    }
    let one_each = StaffTransactions {
        limit: Some(1),
        ..all
    };
    let page = shop
        .all_transactions(&boss, one_each.clone())
        .await
        .unwrap();
    let next = StaffTransactions {
        cursor: page.next_cursor,
        ..one_each
    };
    let next = shop.all_transactions(&boss, next).await.unwrap();
    assert_eq!(next.items[0].receipt_code.as_str(), "CC-00000002");
    plays(&club, &ann, 1).await;
    proves(&club).await;
}
