//! How the club does: who is there, and what waits for somebody.

use testkit::club::because;
use testkit::{Behaviour, Club, Player, apply, both_engines};
use wire::desk::{LowStock, OpenPurchases};
use wire::shop::{BuyRequest, PurchaseResult};
use wire::staff::Role;

use crate::live::verbs::{everything, listens};
use crate::table::run;

async fn buys(club: &Club, player: &Player, behaviour: Behaviour) -> PurchaseResult {
    club.gateway.behaves(behaviour);
    let request = BuyRequest {
        product_id: "tokens_1000".to_owned(),
        quantity: 1,
        currency: None,
        payment_method: None,
        promo_code: None,
        total_max: None,
    };
    let shop = &club.backend.shop;
    let bought = shop.buy(player.member.user_id, request, None).await;
    bought.unwrap()
}

#[apply(both_engines)]
async fn a_member_who_listens_twice_is_online_once(club: Club) {
    let games = club.staff_as("gus", Role::Games).await;
    let ann = club.member("ann").await;
    let desk = &club.backend.desk;
    assert_eq!(desk.dashboard(&games).await.unwrap().online, 0);
    let one = listens(&club, &ann, everything()).await;
    let two = listens(&club, &ann, everything()).await;
    assert_eq!(desk.dashboard(&games).await.unwrap().online, 1);
    drop((one, two));
    assert_eq!(desk.dashboard(&games).await.unwrap().online, 0);
}

#[apply(both_engines)]
async fn payments_that_wait_are_stuck_after_a_quarter_of_an_hour_and_owed_until_given_back(
    club: Club,
) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let desk = &club.backend.desk;
    let needs = async || desk.dashboard(&boss).await.unwrap().needs.payments.unwrap();
    assert_eq!(needs().await, OpenPurchases::default());
    let bought = buys(&club, &ann, Behaviour::Works).await;
    buys(&club, &ann, Behaviour::Pends).await;
    club.gateway.behaves(Behaviour::Forgets);
    let refund = club
        .backend
        .shop
        .refund(&boss, &bought.receipt_code, because("a test"));
    refund.await.unwrap();
    let waits = OpenPurchases {
        pending: 1,
        late: 0,
        refund_due: 1,
    };
    assert_eq!(needs().await, waits);
    club.clock.advance_secs(15 * 60 - 1);
    assert_eq!(needs().await, waits);
    club.clock.advance_secs(1);
    assert_eq!(needs().await, OpenPurchases { late: 1, ..waits });
}

#[apply(both_engines)]
async fn of_packages_on_sale_those_with_a_tenth_left_or_less_are_told(club: Club) {
    let boss = club.staff("boss").await;
    let desk = &club.backend.desk;
    let told = async || desk.dashboard(&boss).await.unwrap().needs.low_stock;
    run(
        &club,
        "UPDATE limited_packages SET remaining = 6 WHERE id = 'grand_opening'",
    )
    .await;
    assert!(told().await.is_empty());
    run(
        &club,
        "UPDATE limited_packages SET remaining = 5 WHERE id = 'grand_opening'",
    )
    .await;
    let low = LowStock {
        package_id: "grand_opening".to_owned(),
        remaining: 5,
        stock: 50,
    };
    assert_eq!(told().await, [low]);
    run(
        &club,
        "UPDATE limited_packages SET remaining = 0 WHERE id = 'grand_opening'",
    )
    .await;
    assert!(told().await.is_empty(), "there is nothing to run out of");
    run(
        &club,
        "UPDATE limited_packages SET remaining = 5, is_active = 0 WHERE id = 'grand_opening'",
    )
    .await;
    assert!(told().await.is_empty());
}

#[apply(both_engines)]
async fn only_what_can_still_be_granted_waits_for_approval(club: Club) {
    let boss = club.staff("boss").await;
    let desk = &club.backend.desk;
    let waiting = async || desk.dashboard(&boss).await.unwrap().needs.approvals;
    assert_eq!(waiting().await, Some(0));
    run(
        &club,
        "INSERT INTO approvals (actor, action, subject, request, preview, state, created_at, expires_at) VALUES \
         (1, 'users/tokens/add', '1', '{}', '{}', 'waiting', 1, 9000000000000), \
         (1, 'users/tokens/add', '1', '{}', '{}', 'waiting', 1, 2), \
         (1, 'users/tokens/add', '1', '{}', '{}', 'done', 1, 9000000000000)",
    )
    .await;
    assert_eq!(waiting().await, Some(1));
}
