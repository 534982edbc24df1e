//! Tokens for money: nothing credited before capture, nothing twice, nothing forgotten.

use testkit::{Behaviour, Club, Player, apply, both_engines};
use wire::live::Notice;
use wire::page::PageRequest;
use wire::shop::{GatewayState, PurchaseResult, Status};
use wire::{Code, ReceiptCode};

use super::verbs::*;
use crate::table::{balance, key, raced};

/// Does what the job does.
pub(super) async fn settles(club: &Club) -> backend::shop::Pass {
    club.backend.shop.settle_waiting().await.unwrap()
}

/// Buys a thousand tokens while the gateway behaves like this.
pub(super) async fn buys_while(
    club: &Club,
    player: &Player,
    behaviour: Behaviour,
) -> backend::Result<PurchaseResult> {
    club.gateway.behaves(behaviour);
    buys(club, player, one("tokens_1000"), None).await
}

/// The reference of the newest purchase.
pub(super) async fn reference(club: &Club) -> String {
    use backend::db::Columns;
    let mut conn = club.backend.db().read().await.unwrap();
    let row = sqlx::query("SELECT id FROM purchases ORDER BY number DESC LIMIT 1")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    row.text("id").unwrap()
}

/// What the member was told of purchases, newest first.
async fn told(club: &Club, player: &Player) -> Vec<Status> {
    let live = &club.backend.live;
    let page = live
        .notifications(player.member.user_id, PageRequest::default())
        .await;
    let notices = page.unwrap().items.into_iter().map(|it| it.event.notice);
    notices
        .filter_map(|notice| match notice {
            Notice::Purchase(event) => Some(event.status),
            _ => None,
        })
        .collect()
}

fn first() -> ReceiptCode {
    ReceiptCode("CC-00000001".to_owned())
}

async fn stands(club: &Club, player: &Player) -> Status {
    receipt(club, player, &first()).await.status
}

#[apply(both_engines)]
async fn a_captured_payment_is_credited_at_once(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys(&club, &ann, in_dollars(one("tokens_5500")), None)
        .await
        .unwrap();
    assert_eq!(
        (bought.status, bought.total.amount(), bought.balance.get()),
        (Status::Captured, 449, 6_500)
    );
    let history: Vec<_> = receipt(&club, &ann, &first())
        .await
        .history
        .iter()
        .map(|it| it.status)
        .collect();
    assert_eq!(history, [Status::Pending, Status::Captured]);
    assert!(told(&club, &ann).await.is_empty(), "the answer told it");
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_declined_card_credits_nothing_and_gives_the_code_and_the_key_back(club: Club) {
    let ann = club.member("ann").await;
    club.gateway.behaves(Behaviour::Declines);
    let request = with_promo(one("tokens_1000"), "WON1000");
    let refused = buys(&club, &ann, request.clone(), Some("k")).await;
    assert_eq!(refused.unwrap_err().code(), Code::PaymentDeclined);
    assert_eq!(
        (balance(&club, &ann).await, stands(&club, &ann).await),
        (1_000, Status::Declined)
    );
    proves(&club).await;
    club.gateway.behaves(Behaviour::Works);
    let bought = buys(&club, &ann, request, Some("k")).await.unwrap();
    assert_eq!((bought.total.amount(), bought.balance.get()), (200, 2_000));
    proves(&club).await;
}

#[apply(both_engines)]
async fn three_declined_cards_in_an_hour_stop_further_ones(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..3 {
        let refused = buys_while(&club, &ann, Behaviour::Declines).await;
        assert_eq!(refused.unwrap_err().code(), Code::PaymentDeclined);
        club.clock.advance_secs(60);
    }
    let refused = buys_while(&club, &ann, Behaviour::Works)
        .await
        .unwrap_err()
        .public();
    assert_eq!(
        (refused.code, refused.retry_after_secs),
        (Code::TooManyPurchases, Some(3_600 - 180))
    );
    club.clock.advance_secs(3_600 - 180);
    buys_while(&club, &ann, Behaviour::Works).await.unwrap();
    proves(&club).await;
}

#[apply(both_engines)]
async fn three_payments_under_way_stop_further_ones_until_the_first_is_over(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..3 {
        buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
        club.clock.advance_secs(60);
    }
    let waits = async || {
        let refused = buys_while(&club, &ann, Behaviour::Works).await;
        refused.map_err(|refused| refused.public())
    };
    let refused = waits().await.unwrap_err();
    assert_eq!(
        (refused.code, refused.retry_after_secs),
        (Code::TooManyPurchases, Some(15 * 60 - 180))
    );
    club.clock.advance_secs(15 * 60 - 180 - 1);
    let refused = waits().await.unwrap_err();
    assert_eq!(refused.retry_after_secs, Some(1));
    club.clock.advance_secs(1);
    waits().await.unwrap();
    proves(&club).await;
}

#[apply(both_engines)]
async fn declined_cards_and_payments_under_way_are_forgotten_each_in_its_time(club: Club) {
    let ann = club.member("ann").await;
    for behaviour in [Behaviour::Declines, Behaviour::Declines, Behaviour::Pends] {
        _ = buys_while(&club, &ann, behaviour).await;
    }
    let refused = buys_while(&club, &ann, Behaviour::Works).await.unwrap_err();
    assert_eq!(refused.public().retry_after_secs, Some(15 * 60));
    club.clock.advance_secs(15 * 60);
    buys_while(&club, &ann, Behaviour::Works).await.unwrap();
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_pending_payment_credits_when_the_job_finds_it_captured(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    assert_eq!(
        (bought.status, bought.balance.get()),
        (Status::Pending, 1_000)
    );
    assert_eq!(settles(&club).await.waiting, 1);
    proves(&club).await;
    club.gateway
        .decides(&reference(&club).await, GatewayState::Captured);
    let passes = raced(6, |_| {
        let club = club.clone();
        async move { settles(&club).await }
    })
    .await;
    assert!(passes.iter().all(|pass| pass.cause.is_none()));
    assert_eq!(
        (balance(&club, &ann).await, told(&club, &ann).await),
        (2_000, vec![Status::Captured])
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_member_settles_what_waits(club: Club) {
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    let bought = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let shop = &club.backend.shop;
    let still = shop
        .settle(ann.member.user_id, &bought.receipt_code)
        .await
        .unwrap();
    assert_eq!(still.status, Status::Pending);
    club.gateway
        .decides(&reference(&club).await, GatewayState::Captured);
    let foreign = shop.settle(ben.member.user_id, &bought.receipt_code).await;
    assert_eq!(foreign.unwrap_err().code(), Code::NotFound);
    for _ in 0..2 {
        let settled = shop
            .settle(ann.member.user_id, &bought.receipt_code)
            .await
            .unwrap();
        assert_eq!(
            (settled.status, settled.balance.get()),
            (Status::Captured, 2_000)
        );
    }
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_gateway_that_is_away_takes_nothing_and_binds_nothing(club: Club) {
    let ann = club.member("ann").await;
    let refused = buys_while(&club, &ann, Behaviour::Away).await;
    assert_eq!(refused.unwrap_err().code(), Code::GatewayUnreachable);
    assert_eq!(stands(&club, &ann).await, Status::Voided);
    club.gateway.behaves(Behaviour::Works);
    assert_eq!(settles(&club).await.refunded, 1);
    assert_eq!(balance(&club, &ann).await, 1_000);
    proves(&club).await;
}

#[apply(both_engines)]
async fn an_answer_that_was_lost_is_found_by_the_job(club: Club) {
    for (name, behaviour) in [
        ("ann", Behaviour::LosesAuthorization),
        ("ben", Behaviour::LosesCapture),
    ] {
        let player = club.member(name).await;
        let bought = buys_while(&club, &player, behaviour).await.unwrap();
        assert_eq!(
            (bought.status, bought.balance.get()),
            (Status::Pending, 1_000)
        );
        proves(&club).await;
        club.gateway.behaves(Behaviour::Works);
        assert_eq!(settles(&club).await.settled, 1, "{behaviour:?}");
        assert_eq!(balance(&club, &player).await, 2_000);
        proves(&club).await;
    }
}

#[apply(both_engines)]
async fn garbage_settles_nothing_until_the_payment_is_given_up(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys_while(&club, &ann, Behaviour::Garbles).await.unwrap();
    assert_eq!(bought.status, Status::Pending);
    assert_eq!(settles(&club).await.waiting, 1);
    club.clock.advance_secs(15 * 60 - 1);
    settles(&club).await;
    assert_eq!(stands(&club, &ann).await, Status::Pending);
    club.clock.advance_secs(1);
    settles(&club).await;
    assert_eq!(
        (stands(&club, &ann).await, told(&club, &ann).await),
        (Status::Voided, vec![Status::Voided])
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_is_captured_after_fifteen_minutes_is_given_back(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let charge = reference(&club).await;
    club.clock.advance_secs(15 * 60);
    club.gateway.decides(&charge, GatewayState::Captured);
    let pass = settles(&club).await;
    assert_eq!((pass.settled, pass.refunded), (1, 1));
    let kept = club.gateway.charges()[&charge];
    assert_eq!((kept.captures, kept.refunds), (1, 1));
    assert_eq!(
        (balance(&club, &ann).await, stands(&club, &ann).await),
        (1_000, Status::Voided)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_twin_of_a_payment_under_way_charges_once(club: Club) {
    let ann = club.member("ann").await;
    let answers = raced(8, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move {
            buys(&club, &ann, one("tokens_1000"), Some("k"))
                .await
                .unwrap()
        }
    })
    .await;
    assert!(
        answers.iter().all(|it| it.receipt_code == first()),
        "{answers:?}"
    );
    assert_eq!(
        (club.gateway.charges().len(), balance(&club, &ann).await),
        (1, 2_000)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_process_that_is_killed_anywhere_leaves_what_the_job_finishes(club: Club) {
    for (name, behaviour) in [
        ("ann", Behaviour::WaitsBeforeCharging),
        ("ben", Behaviour::WaitsAfterCharging),
        ("cat", Behaviour::AnswersLate),
    ] {
        let player = club.member(name).await;
        club.gateway.behaves(behaviour);
        let (its, who) = (club.clone(), player.clone());
        let buying =
            tokio::spawn(async move { buys(&its, &who, one("tokens_1000"), Some("k")).await });
        club.gateway.is_asked().await;
        buying.abort();
        assert!(buying.await.unwrap_err().is_cancelled());
        proves(&club).await;
        club.gateway.behaves(Behaviour::Works);
        settles(&club).await;
        // The same gesture again finds the same purchase, and pays for it if nobody has.
        let again = buys(&club, &player, one("tokens_1000"), Some("k"))
            .await
            .unwrap();
        assert_eq!(
            (again.status, again.balance.get()),
            (Status::Captured, 2_000),
            "{behaviour:?}"
        );
        proves(&club).await;
    }
    assert_eq!(club.gateway.charges().len(), 3);
}

#[apply(both_engines)]
async fn without_a_gateway_tokens_are_not_sold(club: Club) {
    let ann = club.member("ann").await;
    let poor = crate::crash::verbs::another_process(&club, |_| ());
    let refused = poor
        .shop
        .buy(ann.member.user_id, one("tokens_1000"), key("k"))
        .await;
    assert_eq!(refused.unwrap_err().code(), Code::GatewayUnreachable);
    assert!(!poor.shop.catalogue().await.unwrap().sells_tokens);
    poor.shop
        .buy(ann.member.user_id, one("felt_midnight"), None)
        .await
        .unwrap();
    proves(&club).await;
}
