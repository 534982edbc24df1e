//! What staff undo and end: refunds, and payments that are settled by force; each an audit row.

use backend::Staff;
use testkit::club::{because, strict};
use testkit::{Behaviour, Club, Player, apply, both_engines, within};
use wire::shop::{BuyRequest, EquipRequest, GatewayState, Receipt, Status, UseRequest};
use wire::staff::Role;
use wire::{Code, ReceiptCode};

use super::payments::{buys_while, reference, settles};
use super::verbs::*;
use crate::table::{balance, raced};

async fn refunds(club: &Club, boss: &Staff, code: &ReceiptCode) -> backend::Result<Receipt> {
    let why = because("a test");
    club.backend.shop.refund(boss, code, why).await
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
        let (club, code, boss) = (club.clone(), bought.receipt_code.clone(), boss.clone());
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
async fn a_force_that_is_refused_takes_no_money(club: Club) {
    let finance = club.staff_as("fay", Role::Finance).await;
    let ann = club.member("ann").await;
    let bought = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway
        .decides(&reference(&club).await, GatewayState::Authorized);
    let accounts = &club.backend.accounts;
    accounts.promote("ann", Role::Games).await.unwrap();
    let shop = &club.backend.shop;
    let forced = shop.force_settle(&finance, &bought.receipt_code, because("a test"));
    assert_eq!(forced.await.unwrap_err().code(), Code::Forbidden);
    let charge = &club.gateway.charges()[&reference(&club).await];
    assert_eq!(
        (charge.state, charge.captures),
        (GatewayState::Authorized, 0)
    );
    assert_eq!(balance(&club, &ann).await, 1_000);
}

/// A confirmation counts as of when the call came in: what took money meanwhile is done to its end.
#[apply(both_engines)]
async fn a_force_whose_confirmation_runs_out_at_the_gateway_is_done(engine: Engine) {
    within(engine, strict, async |club| {
        let ann = club.member("ann").await;
        let bought = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
        let reference = reference(&club).await;
        club.gateway.decides(&reference, GatewayState::Authorized);
        club.gateway.behaves(Behaviour::AnswersLate);
        let (boss, _) = club.owner("boss").await;
        club.clock.advance_secs(10 * 60 - 1);
        let staff = club.calls_again(&boss).await.unwrap();
        let shop = &club.backend.shop;
        let force = shop.force_settle(&staff, &bought.receipt_code, because("a test"));
        let runs_out = async {
            club.gateway.is_asked().await;
            club.clock.advance_secs(1);
            club.gateway.answer();
        };
        let (forced, ()) = tokio::join!(force, runs_out);
        assert_eq!(forced.unwrap().status, Status::Captured);
        assert_eq!(balance(&club, &ann).await, 2_000);
        // The next call is another one.
        let next = club.calls_again(&boss).await.unwrap();
        let again = shop.force_settle(&next, &bought.receipt_code, because("a test"));
        assert_eq!(again.await.unwrap_err().code(), Code::ConfirmationRequired);
    })
    .await;
}

#[apply(both_engines)]
async fn force_ends_a_payment_as_the_gateway_says_or_voids_it(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let shop = &club.backend.shop;
    let first = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway
        .decides(&reference(&club).await, GatewayState::Captured);
    let why = || because("a test");
    let captured = shop
        .force_settle(&boss, &first.receipt_code, why())
        .await
        .unwrap();
    assert_eq!(
        (captured.status, balance(&club, &ann).await),
        (Status::Captured, 2_000)
    );
    let second = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let voided = shop
        .force_settle(&boss, &second.receipt_code, why())
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
    let again = shop.force_settle(&boss, &second.receipt_code, why()).await;
    assert_eq!(again.unwrap_err().code(), Code::NotRefundable);
    assert_eq!(audited(&club, "transactions/force-settle", "ok").await, 2);
    proves(&club).await;
}
