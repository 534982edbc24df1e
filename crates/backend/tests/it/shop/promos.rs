//! Promo codes: a use counts once per purchase, never beyond the most.

use testkit::{apply, both_engines};
use wire::Code;

use super::verbs::*;
use crate::table::raced;

#[apply(both_engines)]
async fn of_fifty_who_race_for_the_last_use_one_gets_it(club: Club) {
    writes(
        &club,
        "UPDATE promo_codes SET max_uses = 1 WHERE code = 'WELCOME10'",
    )
    .await;
    let mut members = Vec::new();
    for n in 0..50 {
        members.push(club.member(&format!("member{n}")).await);
    }
    let answers = raced(50, |n| {
        let (club, member) = (club.clone(), members[n].clone());
        async move {
            buys(
                &club,
                &member,
                with_promo(one("felt_midnight"), "WELCOME10"),
                None,
            )
            .await
        }
    })
    .await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(
        lost.into_iter()
            .all(|lost| lost.unwrap_err().code() == Code::PromoInvalid)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_refused_purchase_uses_no_code(club: Club) {
    let ann = club.member("ann").await;
    let refused = buys(
        &club,
        &ann,
        with_promo(one("badge_diamond"), "WELCOME10"),
        None,
    )
    .await;
    assert_eq!(refused.unwrap_err().code(), Code::InsufficientTokens);
    assert_eq!(
        number(
            &club,
            "SELECT uses FROM promo_codes WHERE code = 'WELCOME10'"
        )
        .await,
        0
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_code_of_a_package_takes_its_price_down(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys_package(&club, &ann, "lantern_festival", Some("lantern300"))
        .await
        .unwrap();
    assert_eq!(
        (bought.list_total.amount(), bought.total.amount()),
        (800, 500)
    );
    assert_eq!(
        number(
            &club,
            "SELECT uses FROM promo_codes WHERE code = 'LANTERN300'"
        )
        .await,
        1
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_code_counts_in_any_case_and_an_exact_one_first(club: Club) {
    let ann = club.member("ann").await;
    let cookie = || one("consumable_fortune_cookie");
    for typed in ["welcome10", " Welcome10\t"] {
        let bought = buys(&club, &ann, with_promo(cookie(), typed), None).await;
        let bought = bought.unwrap();
        assert!(
            bought.total.amount() < bought.list_total.amount(),
            "{typed}"
        );
    }
    writes(
        &club,
        "INSERT INTO promo_codes (code, percent, uses, is_active) VALUES ('welcome10', 50, 0, 0)",
    )
    .await;
    let exact = buys(&club, &ann, with_promo(cookie(), "welcome10"), None).await;
    assert_eq!(exact.unwrap_err().code(), Code::PromoInvalid);
    let other = with_promo(cookie(), "WELCOME10");
    buys(&club, &ann, other, None).await.unwrap();
    let uses = "SELECT uses FROM promo_codes WHERE code = 'WELCOME10'";
    assert_eq!(number(&club, uses).await, 3);
    proves(&club).await;
}
