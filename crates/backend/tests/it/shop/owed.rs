//! Payments that go wrong twice: what is owed stays owed, and nobody pays for one thing twice.

use economy::shop::Currency;
use testkit::club::because;
use testkit::{Behaviour, apply, both_engines};
use wire::Code;
use wire::shop::{GatewayState, PriceRequest, Status};

use super::payments::{buys_while, reference, settles};
use super::verbs::*;
use crate::crash::verbs::another_process;
use crate::table::{balance, raced};

#[apply(both_engines)]
async fn a_gateway_that_forgot_a_charge_owes_it_still(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let bought = buys_while(&club, &ann, Behaviour::Works).await.unwrap();
    club.gateway.behaves(Behaviour::Forgets);
    let shop = &club.backend.shop;
    let why = because("a test");
    shop.refund(&boss, &bought.receipt_code, why).await.unwrap();
    let pass = settles(&club).await;
    assert_eq!((pass.refunded, pass.waiting), (0, 1));
    club.gateway.behaves(Behaviour::Works);
    assert_eq!(
        (settles(&club).await.refunded, settles(&club).await.refunded),
        (1, 0)
    );
    assert_eq!(club.gateway.charges()[&reference(&club).await].refunds, 1);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_second_try_that_reaches_nobody_gives_up_nothing(club: Club) {
    let ann = club.member("ann").await;
    for (name, behaviour) in [
        ("a", Behaviour::LosesAuthorization),
        ("b", Behaviour::LosesCapture),
    ] {
        let before = balance(&club, &ann).await;
        club.gateway.behaves(behaviour);
        let first = buys(&club, &ann, one("tokens_1000"), Some(name))
            .await
            .unwrap();
        club.gateway.behaves(Behaviour::Away);
        let again = buys(&club, &ann, one("tokens_1000"), Some(name))
            .await
            .unwrap();
        assert_eq!(
            (&again.receipt_code, again.status),
            (&first.receipt_code, Status::Pending),
            "{behaviour:?}"
        );
        club.gateway.behaves(Behaviour::Works);
        let last = buys(&club, &ann, one("tokens_1000"), Some(name))
            .await
            .unwrap();
        assert_eq!(
            (&last.receipt_code, last.status),
            (&first.receipt_code, Status::Captured),
            "{behaviour:?}"
        );
        assert_eq!(balance(&club, &ann).await, before + 1_000);
    }
    assert_eq!(club.gateway.charges().len(), 2);
    proves(&club).await;
}

#[apply(both_engines)]
async fn cards_that_are_tried_at_once_are_braked_like_those_in_a_row(club: Club) {
    let ann = club.member("ann").await;
    club.gateway.behaves(Behaviour::Declines);
    let answers = raced(15, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move {
            buys(&club, &ann, one("tokens_1000"), None)
                .await
                .unwrap_err()
                .code()
        }
    })
    .await;
    let of = |code| answers.iter().filter(|it| **it == code).count();
    assert_eq!(
        (of(Code::PaymentDeclined), of(Code::TooManyPurchases)),
        (3, 12),
        "{answers:?}"
    );
    assert_eq!(club.gateway.charges().len(), 3);
    proves(&club).await;
}

#[apply(both_engines)]
async fn money_that_is_held_for_what_has_ended_is_never_taken(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let bought = buys_while(&club, &ann, Behaviour::LosesAuthorization)
        .await
        .unwrap();
    club.gateway.behaves(Behaviour::Works);
    club.clock.advance_secs(15 * 60);
    let shop = &club.backend.shop;
    let settled = shop
        .settle(ann.member.user_id, &bought.receipt_code)
        .await
        .unwrap();
    assert_eq!(settled.status, Status::Voided);
    let forced = shop
        .force_settle(&boss, &bought.receipt_code, because("a test"))
        .await;
    assert_eq!(forced.unwrap_err().code(), Code::NotRefundable);
    settles(&club).await;
    let charge = club.gateway.charges()[&reference(&club).await];
    assert_eq!((charge.state, charge.captures), (GatewayState::Refunded, 0));
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_club_that_lost_its_gateway_gives_up_what_waits(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let poor = another_process(&club, |_| ());
    assert_eq!(poor.shop.settle_waiting().await.unwrap().waiting, 1);
    club.clock.advance_secs(15 * 60);
    assert_eq!(poor.shop.settle_waiting().await.unwrap().settled, 1);
    assert_eq!(receipts(&club, &ann).await[0].status, Status::Voided);
    assert_eq!(settles(&club).await.refunded, 1);
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_no_row_can_be_called_is_not_found(club: Club) {
    let ann = club.member("ann").await;
    let shop = &club.backend.shop;
    let odd = "a\0b";
    let with_code = PriceRequest {
        promo_code: Some(odd.to_owned()),
        ..PriceRequest::default()
    };
    assert_eq!(
        shop.price("frame_neon", with_code, "::1")
            .await
            .unwrap_err()
            .code(),
        Code::PromoInvalid
    );
    let plain = PriceRequest {
        currency: Some(Currency::Tokens),
        ..PriceRequest::default()
    };
    assert_eq!(
        shop.price(odd, plain, "::1").await.unwrap_err().code(),
        Code::NotFound
    );
    assert_eq!(
        buys(&club, &ann, one(odd), None).await.unwrap_err().code(),
        Code::NotFound
    );
    let coded = with_promo(one("frame_neon"), odd);
    assert_eq!(
        buys(&club, &ann, coded, None).await.unwrap_err().code(),
        Code::PromoInvalid
    );
    assert_eq!(
        buys_package(&club, &ann, odd, None)
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    assert_eq!(number(&club, "SELECT COUNT(*) FROM purchases").await, 0);
}
