//! Verbs of the shop, and what must hold whatever happened in it.

use backend::Result;
use backend::db::{Columns, ScopedFutureExt};
use economy::shop::{Currency, Window};
use sqlx::AssertSqlSafe;
use testkit::{Club, Player};
use wire::ReceiptCode;
use wire::shop::{
    BuyLimitedRequest, BuyRequest, GatewayState, PurchaseResult, Receipt, StaffTransactions,
    Status, TransactionsRequest,
};

pub(super) use crate::crash::verbs::number;
use crate::table::key;

/// One of a product, without more.
pub(super) fn one(product: &str) -> BuyRequest {
    BuyRequest {
        product_id: product.to_owned(),
        quantity: 1,
        currency: None,
        payment_method: None,
        promo_code: None,
        total_max: None,
    }
}

pub(super) fn with_promo(request: BuyRequest, code: &str) -> BuyRequest {
    BuyRequest {
        promo_code: Some(code.to_owned()),
        ..request
    }
}

pub(super) fn in_dollars(request: BuyRequest) -> BuyRequest {
    BuyRequest {
        currency: Some(Currency::Usd),
        ..request
    }
}

pub(super) async fn buys(
    club: &Club,
    player: &Player,
    request: BuyRequest,
    name: Option<&str>,
) -> Result<PurchaseResult> {
    let key = name.and_then(key);
    let shop = &club.backend.shop;
    shop.buy(player.member.user_id, request, key).await
}

pub(super) async fn buys_package(
    club: &Club,
    player: &Player,
    package: &str,
    promo: Option<&str>,
) -> Result<PurchaseResult> {
    let request = BuyLimitedRequest {
        package_id: package.to_owned(),
        promo_code: promo.map(str::to_owned),
        total_max: None,
    };
    let shop = &club.backend.shop;
    shop.buy_limited(player.member.user_id, request, None).await
}

pub(super) async fn receipts(club: &Club, player: &Player) -> Vec<Receipt> {
    let shop = &club.backend.shop;
    let all = TransactionsRequest {
        limit: Some(200),
        ..TransactionsRequest::default()
    };
    let page = shop.transactions(player.member.user_id, all).await;
    page.unwrap().items
}

pub(super) async fn receipt(club: &Club, player: &Player, code: &ReceiptCode) -> Receipt {
    let shop = &club.backend.shop;
    shop.receipt(player.member.user_id, code).await.unwrap()
}

/// How many calls of staff were kept like that.
pub(super) async fn audited(club: &Club, action: &str, outcome: &str) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM audit_log WHERE action = '{action}' AND outcome = '{outcome}'"
    );
    number(club, &sql).await
}

/// Writes to the database behind the club's back, as another day would have left it.
pub(super) async fn writes(club: &Club, sql: &str) {
    let sql = &sql.to_owned();
    let done = club.backend.db().write(|tx| {
        async move {
            sqlx::query(AssertSqlSafe(sql.clone()))
                .execute(&mut **tx)
                .await?;
            Ok(())
        }
        .scope_boxed()
    });
    done.await.unwrap();
}

/// A package that is sold during that window, of which a member may have so many.
pub(super) async fn package(club: &Club, id: &str, (stock, limit): (i64, i64), window: Window) {
    let millis =
        |at: Option<economy::Timestamp>| at.map_or("NULL".to_owned(), |at| at.millis().to_string());
    let sql = format!(
        "INSERT INTO limited_packages (id, price, tokens, items, stock, remaining, member_limit, starts_at, ends_at, \
         place, is_active) VALUES ('{id}', 100, 10, '[{{\"code\":\"badge_rocket\",\"count\":1}}]', {stock}, {stock}, \
         {limit}, {}, {}, 9, 1)",
        millis(window.from),
        millis(window.until)
    );
    writes(club, &sql).await;
}

/// Whatever happened: stock, counts and uses are those of the purchases, every payment has one credit
/// or one refund, and every receipt is genuine. That the books hold, the harness proves when a test
/// ends.
pub(super) async fn proves(club: &Club) {
    for (off, what) in [
        (
            "SELECT COUNT(*) FROM limited_packages p WHERE p.stock - p.remaining <> (SELECT COUNT(*) FROM purchases s \
             WHERE s.kind = 'package' AND s.product_id = p.id AND s.status = 'captured')",
            "stock",
        ),
        (
            "SELECT COUNT(*) FROM package_counts c WHERE c.count <> (SELECT COUNT(*) FROM purchases s \
             WHERE s.kind = 'package' AND s.product_id = c.package_id AND s.user_id = c.user_id AND s.status = 'captured')",
            "counts of members",
        ),
        (
            "SELECT COUNT(*) FROM promo_codes c WHERE c.uses <> (SELECT COUNT(*) FROM purchases s \
             WHERE s.promo_code = c.code AND s.status IN ('pending', 'captured'))",
            "uses of promo codes",
        ),
        (
            "SELECT COUNT(*) FROM purchases s WHERE s.kind = 'tokens' AND (s.status IN ('captured', 'refunded')) <> \
             EXISTS (SELECT 1 FROM transfers t WHERE t.reference = 'CC-' || \
             substr('00000000', 1, 8 - length(CAST(s.number AS TEXT))) || CAST(s.number AS TEXT) \
             AND t.kind = 'token_purchase')",
            "credits",
        ),
    ] {
        assert_eq!(number(club, off).await, 0, "{what} do not add up");
    }
    reconciles(club).await;
}

/// Gateway, receipts and ledger tell the same.
async fn reconciles(club: &Club) {
    let key = club.backend.shop.receipt_key().await.unwrap();
    let charges = club.gateway.charges();
    let mut conn = club.backend.db().read().await.unwrap();
    let rows =
        sqlx::query("SELECT id, user_id, number, status, kind, refund_due, total FROM purchases")
            .fetch_all(&mut *conn)
            .await
            .unwrap();
    drop(conn);
    for row in &rows {
        let code = ReceiptCode(format!("CC-{:08}", row.int("number").unwrap()));
        let user = wire::UserId(row.int("user_id").unwrap());
        let receipt = club.backend.shop.receipt(user, &code).await.unwrap();
        assert!(receipt.is_genuine(&key), "{receipt:?}");
        let charge = charges.get(&row.text("id").unwrap());
        let is_money = row.text("kind").unwrap() == "tokens" && row.int("total").unwrap() > 0;
        assert!(is_money || charge.is_none());
        let Some(charge) = charge else { continue };
        assert!(charge.captures <= 1 && charge.refunds <= 1, "{charge:?}");
        let is_owed = row.flag("refund_due").unwrap();
        let fits = match receipt.status {
            Status::Captured => charge.state == GatewayState::Captured,
            Status::Refunded | Status::Voided | Status::Declined => {
                is_owed || charge.captures == charge.refunds
            }
            Status::Pending => charge.refunds == 0,
        };
        assert!(fits, "{receipt:?} {charge:?}");
    }
}

/// Every purchase of the club that a filter lets through, as rows say it.
pub(super) fn of_status(status: Status) -> StaffTransactions {
    StaffTransactions {
        status: Some(status),
        ..StaffTransactions::default()
    }
}
