//! What staff sell and look up, each an audit row.

use backend::Staff;
use backend::db::Columns;
use economy::Timestamp;
use economy::shop::{Currency, Price, Reduction, Window};
use sqlx::any::AnyRow;
use testkit::club::because;
use testkit::{Behaviour, Club, Player, apply, both_engines};
use wire::shop::{
    Contents, ItemCount, ProductKind, PurchaseSort, StaffTransactions, Status, UpsertDiscount,
    UpsertPackage, UpsertProduct, UpsertPromo,
};
use wire::{Code, Tokens};

use super::payments::buys_while;
use super::verbs::*;

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

/// What one of a product costs the player, or one of a package.
async fn pays(club: &Club, player: &Player, product: &str) -> backend::Result<i64> {
    let bought = buys(club, player, one(product), None).await?;
    Ok(bought.total.amount())
}

async fn pays_for_package(
    club: &Club,
    player: &Player,
    promo: Option<&str>,
) -> backend::Result<i64> {
    let bought = buys_package(club, player, "bundle", promo).await?;
    Ok(bought.total.amount())
}

#[apply(both_engines)]
async fn a_product_is_sold_at_the_price_that_staff_write_until_they_disable_it(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let shop = &club.backend.shop;
    let ruby = item("ruby_sale", 400);
    shop.upsert_product(&boss, ruby).await.unwrap();
    let half = UpsertDiscount {
        code: "half".to_owned(),
        product_id: "ruby_sale".to_owned(),
        reduction: Reduction::Percent { percent: 50 },
        window: Window::default(),
        is_active: true,
    };
    shop.upsert_discount(&boss, half).await.unwrap();
    assert_eq!(pays(&club, &ann, "ruby_sale").await.unwrap(), 200);
    shop.disable_discount(&boss, "half").await.unwrap();
    assert_eq!(pays(&club, &ann, "ruby_sale").await.unwrap(), 400);
    shop.disable_product(&boss, "ruby_sale").await.unwrap();
    let gone = pays(&club, &ann, "ruby_sale").await.unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_package_is_sold_as_staff_write_it_and_no_further_than_its_stock(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let shop = &club.backend.shop;
    let of_stock = |stock| shop.upsert_package(&boss, bundle("bundle", stock));
    of_stock(3).await.unwrap();
    let promo = UpsertPromo {
        code: "spring".to_owned(),
        reduction: Reduction::Flat(Price::new(50, Currency::Tokens).unwrap()),
        package_id: Some("bundle".to_owned()),
        window: Window::default(),
        max_uses: Some(1),
        is_active: true,
    };
    shop.upsert_promo(&boss, promo).await.unwrap();
    let paid = pays_for_package(&club, &ann, Some("SPRING")).await;
    assert_eq!(paid.unwrap(), 50);
    of_stock(1).await.unwrap();
    let none_left = pays_for_package(&club, &ann, None).await;
    assert_eq!(none_left.unwrap_err().code(), Code::OutOfStock);
    assert_eq!(of_stock(0).await.unwrap_err().code(), Code::Invalid);
    shop.disable_package(&boss, "bundle", because("a test"))
        .await
        .unwrap();
    let stopped = pays_for_package(&club, &ann, None).await;
    assert_eq!(stopped.unwrap_err().code(), Code::PackageUnavailable);
    let with_both = "SELECT COUNT(*) FROM audit_log WHERE action = 'limited-packages/upsert' AND state_before IS NOT NULL AND state_after IS NOT NULL";
    assert_eq!(
        (
            number(&club, with_both).await,
            audited(&club, "limited-packages/upsert", "invalid").await
        ),
        (1, 1)
    );
    proves(&club).await;
}

/// What the trail keeps of a call: subject, states before and after, outcome.
type Kept = (String, Option<String>, Option<String>, String);

async fn trail(club: &Club, action: &str) -> Vec<Kept> {
    let sql = "SELECT l.subject, l.outcome, b.value AS state_before, a.value AS state_after FROM audit_log l \
               LEFT JOIN audit_personal b ON b.seq = l.seq AND b.field = 'state_before' \
               LEFT JOIN audit_personal a ON a.seq = l.seq AND a.field = 'state_after' \
               WHERE l.action = $1 ORDER BY l.seq";
    let mut conn = club.backend.db().read().await.unwrap();
    let rows = sqlx::query(sql).bind(action).fetch_all(&mut *conn).await;
    let of_row = |row: &AnyRow| {
        let state = |column| row.text_opt(column).unwrap();
        let (before, after) = (state("state_before"), state("state_after"));
        let text = |column| row.text(column).unwrap();
        (text("subject"), before, after, text("outcome"))
    };
    rows.unwrap().iter().map(of_row).collect()
}

/// A product with a discount, and a package of which one is sold.
async fn sells(club: &Club, boss: &Staff) {
    let shop = &club.backend.shop;
    shop.upsert_product(boss, item("ruby_sale", 400))
        .await
        .unwrap();
    let half = UpsertDiscount {
        code: "half".to_owned(),
        product_id: "ruby_sale".to_owned(),
        reduction: Reduction::Percent { percent: 50 },
        window: Window::default(),
        is_active: true,
    };
    shop.upsert_discount(boss, half).await.unwrap();
    shop.upsert_package(boss, bundle("bundle", 3))
        .await
        .unwrap();
    let ann = club.member("ann").await;
    pays_for_package(club, &ann, None).await.unwrap();
}

#[apply(both_engines)]
async fn what_is_disabled_keeps_all_but_that_and_the_trail_keeps_both(club: Club) {
    let boss = club.staff("boss").await;
    sells(&club, &boss).await;
    let shop = &club.backend.shop;
    for _ in 0..2 {
        shop.disable_product(&boss, "ruby_sale").await.unwrap();
        shop.disable_discount(&boss, "half").await.unwrap();
        let disabled = shop
            .disable_package(&boss, "bundle", because("a test"))
            .await
            .unwrap();
        assert_eq!(
            (disabled.id.as_str(), disabled.is_active),
            ("bundle", false)
        );
    }
    for row in [
        "products WHERE id = 'ruby_sale' AND price_tokens = 400 AND item = 'felt_ruby' AND place = 1",
        "discounts WHERE code = 'half' AND percent = 50 AND product_id = 'ruby_sale'",
        "limited_packages WHERE id = 'bundle' AND price = 100 AND stock = 3 AND remaining = 2",
    ] {
        let sql = format!("SELECT COUNT(*) FROM {row} AND is_active = 0");
        assert_eq!(number(&club, &sql).await, 1, "{row}");
    }
    for (action, id) in [
        ("products/disable", "ruby_sale"),
        ("discounts/disable", "half"),
        ("limited-packages/disable", "bundle"),
    ] {
        let stands = |is_on: bool| Some(format!("{{\"id\":\"{id}\",\"is_active\":{is_on}}}"));
        let kept = |was_on| {
            (
                id.to_owned(),
                stands(was_on),
                stands(false),
                "ok".to_owned(),
            )
        };
        assert_eq!(trail(&club, action).await, [kept(true), kept(false)]);
    }
    let nothing = shop.disable_discount(&boss, "nothing").await.unwrap_err();
    assert_eq!(nothing.code(), Code::NotFound);
    let refused = ("nothing".to_owned(), None, None, "not_found".to_owned());
    assert_eq!(
        trail(&club, "discounts/disable").await.last(),
        Some(&refused)
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
        shop.disable_package(&boss, "nothing", because("a test"))
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    assert_eq!(audited(&club, "products/upsert", "invalid").await, 5);
}

/// Two purchases of one player and, from that instant on, one of another.
async fn three_purchases(club: &Club) -> (Player, Timestamp) {
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    buys_while(club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway.behaves(Behaviour::Works);
    let felt = with_promo(one("felt_midnight"), "WELCOME10");
    buys(club, &ann, felt, None).await.unwrap();
    club.clock.advance_secs(60);
    let since = club.backend.clock().now();
    let bundle = buys_package(club, &ben, "welcome_bundle", None);
    bundle.await.unwrap();
    (ann, since)
}

async fn found(club: &Club, boss: &Staff, filter: &StaffTransactions) -> usize {
    let desk = &club.backend.desk;
    let page = desk.purchases(boss, filter.clone()).await;
    page.unwrap().items.len()
}

#[apply(both_engines)]
async fn staff_find_purchases_by_whatever_they_know(club: Club) {
    let boss = club.staff("boss").await;
    let (ann, since) = three_purchases(&club).await;
    let all = StaffTransactions::default;
    let of_ann = StaffTransactions {
        user_id: Some(ann.member.user_id),
        ..all()
    };
    let of_product = StaffTransactions {
        product_id: Some("welcome_bundle".to_owned()),
        ..all()
    };
    let with_code = StaffTransactions {
        promo_code: Some(" welcome10 ".to_owned()),
        ..all()
    };
    let later = StaffTransactions {
        since: Some(since),
        ..all()
    };
    let before = StaffTransactions {
        until: Some(since),
        ..all()
    };
    for (filter, count) in [
        (all(), 3),
        (of_status(Status::Pending), 1),
        (of_ann, 2),
        (of_product, 1),
        (with_code, 1),
        (later, 1),
        (before, 2),
    ] {
        assert_eq!(found(&club, &boss, &filter).await, count, "{filter:?}");
    }
    proves(&club).await;
}

#[apply(both_engines)]
async fn the_purchases_that_staff_find_come_in_pages(club: Club) {
    let boss = club.staff("boss").await;
    three_purchases(&club).await;
    let desk = &club.backend.desk;
    let one_each = StaffTransactions {
        limit: Some(1),
        ..StaffTransactions::default()
    };
    let page = desk.purchases(&boss, one_each.clone()).await;
    let next = StaffTransactions {
        cursor: page.unwrap().next_cursor,
        ..one_each
    };
    let next = desk.purchases(&boss, next).await.unwrap();
    assert_eq!(next.items[0].receipt.receipt_code.as_str(), "CC-00000002");
}

#[apply(both_engines)]
async fn staff_find_and_count_what_is_owed_and_read_the_oldest_first(club: Club) {
    let boss = club.staff("boss").await;
    three_purchases(&club).await;
    let (desk, shop) = (&club.backend.desk, &club.backend.shop);
    let one_each = StaffTransactions {
        limit: Some(1),
        sort: Some(PurchaseSort::Oldest),
        ..StaffTransactions::default()
    };
    let first = desk.purchases(&boss, one_each.clone()).await.unwrap();
    let next = StaffTransactions {
        cursor: first.next_cursor,
        ..one_each
    };
    let second = desk.purchases(&boss, next).await.unwrap();
    let codes = [&first.items[0], &second.items[0]].map(|it| it.receipt.receipt_code.as_str());
    assert_eq!(codes, ["CC-00000001", "CC-00000002"]);
    let open = shop.open_purchases(&boss).await.unwrap();
    assert_eq!((open.pending, open.late, open.refund_due), (1, 0, 0));

    // It is given up, and the gateway does not say that nothing was taken.
    club.gateway.behaves(Behaviour::Forgets);
    let code = &first.items[0].receipt.receipt_code;
    let why = because("a test");
    shop.force_settle(&boss, code, why).await.unwrap();
    let open = shop.open_purchases(&boss).await.unwrap();
    assert_eq!((open.pending, open.late, open.refund_due), (0, 0, 1));
    for (refund_due, count) in [(true, 1), (false, 2)] {
        let filter = StaffTransactions {
            refund_due: Some(refund_due),
            ..StaffTransactions::default()
        };
        assert_eq!(found(&club, &boss, &filter).await, count, "{refund_due}");
    }
    let whole = desk.purchase(&boss, code).await.unwrap();
    assert!(whole.purchase.refund_due && whole.transfers.is_empty());
    assert!(whole.payment.unwrap().waits_until.is_none());
    proves(&club).await;
}
