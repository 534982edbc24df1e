//! Limited packages: never more than there are, never more than a member may have.

use economy::shop::Window;
use testkit::{Club, Player, apply, both_engines};
use wire::Code;
use wire::shop::PackageState;

use super::verbs::*;
use crate::table::{balance, raced};

const ALWAYS: Window = Window {
    from: None,
    until: None,
};

/// How many got one, and that all others heard this code.
fn won<T: std::fmt::Debug>(answers: Vec<backend::Result<T>>, code: Code) -> usize {
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert!(
        lost.into_iter()
            .all(|lost| lost.unwrap_err().code() == code)
    );
    won.len()
}

async fn members(club: &Club, count: usize) -> Vec<Player> {
    let mut members = Vec::new();
    for n in 0..count {
        members.push(club.member(&format!("member{n}")).await);
    }
    members
}

#[apply(both_engines)]
async fn a_package_brings_all_of_it_with_one_receipt(club: Club) {
    let ann = club.member("ann").await;
    let bought = buys_package(&club, &ann, "welcome_bundle", None)
        .await
        .unwrap();
    assert_eq!((bought.total.amount(), bought.balance.get()), (500, 700));
    let owned = club
        .backend
        .inventory
        .owned(ann.member.user_id, Default::default())
        .await
        .unwrap();
    let owned: Vec<_> = owned
        .items
        .iter()
        .map(|it| (it.code.as_str(), it.count))
        .collect();
    assert_eq!(
        owned,
        [("consumable_fortune_cookie", 3), ("frame_founder", 1)]
    );
    let shown = club
        .backend
        .shop
        .limited_packages(Some(ann.member.user_id))
        .await
        .unwrap();
    assert_eq!(
        (shown[0].remaining, shown[0].owned, shown[0].state),
        (999, 1, PackageState::MemberLimit)
    );
    let again = buys_package(&club, &ann, "welcome_bundle", None).await;
    assert_eq!(again.unwrap_err().code(), Code::UserLimit);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_hundred_members_race_for_the_last_ten(club: Club) {
    package(&club, "last", (10, 1), ALWAYS).await;
    let members = members(&club, 100).await;
    let answers = raced(100, |n| {
        let (club, member) = (club.clone(), members[n].clone());
        async move { buys_package(&club, &member, "last", None).await }
    })
    .await;
    assert_eq!(won(answers, Code::OutOfStock), 10);
    let late = buys_package(&club, &members[0], "last", None).await;
    assert_eq!(late.unwrap_err().code(), Code::OutOfStock);
    proves(&club).await;
}

#[apply(both_engines)]
async fn fifty_requests_at_once_get_a_member_the_two_that_are_allowed(club: Club) {
    package(&club, "two", (1_000, 2), ALWAYS).await;
    let ann = club.member("ann").await;
    let answers = raced(50, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move { buys_package(&club, &ann, "two", None).await }
    })
    .await;
    assert_eq!(won(answers, Code::UserLimit), 2);
    assert_eq!(balance(&club, &ann).await, 1_000 - 2 * 90);
    proves(&club).await;
}

#[apply(both_engines)]
async fn refusals_come_in_the_order_of_the_rules(club: Club) {
    let now = club.backend.clock().now();
    let soon = Window {
        from: Some(now.plus_secs(10)),
        until: Some(now.plus_secs(20)),
    };
    package(&club, "soon", (1, 1), soon).await;
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    let refused = async |player: &Player, package: &str, promo| {
        buys_package(&club, player, package, promo)
            .await
            .unwrap_err()
            .code()
    };
    assert_eq!(refused(&ann, "nothing", None).await, Code::NotFound);
    assert_eq!(refused(&ann, "soon", None).await, Code::NotStarted);
    club.clock.advance_secs(10);
    assert_eq!(
        refused(&ann, "soon", Some("NOWHERE")).await,
        Code::PromoInvalid
    );
    assert_eq!(
        refused(&ann, "soon", Some("LANTERN300")).await,
        Code::PromoInvalid
    );
    writes(
        &club,
        "UPDATE limited_packages SET price = 1001 WHERE id = 'soon'",
    )
    .await;
    assert_eq!(refused(&ann, "soon", None).await, Code::InsufficientTokens);
    writes(
        &club,
        "UPDATE limited_packages SET price = 100, remaining = 2, stock = 2 WHERE id = 'soon'",
    )
    .await;
    buys_package(&club, &ann, "soon", None).await.unwrap();
    assert_eq!(
        refused(&ann, "soon", Some("NOWHERE")).await,
        Code::UserLimit
    );
    buys_package(&club, &ben, "soon", None).await.unwrap();
    assert_eq!(refused(&ann, "soon", None).await, Code::OutOfStock);
    // The window ends between the page and the purchase.
    club.clock.advance_secs(10);
    assert_eq!(refused(&ann, "soon", None).await, Code::Expired);
    writes(
        &club,
        "UPDATE limited_packages SET is_active = 0 WHERE id = 'soon'",
    )
    .await;
    assert_eq!(refused(&ann, "soon", None).await, Code::PackageUnavailable);
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_the_database_holds_cannot_be_broken_by_hand(club: Club) {
    let ann = club.member("ann").await;
    package(&club, "held", (1, 1), ALWAYS).await;
    buys_package(&club, &ann, "held", None).await.unwrap();
    for sql in [
        "UPDATE limited_packages SET remaining = -1 WHERE id = 'held'",
        "UPDATE package_counts SET count = allowed + 1",
        "UPDATE promo_codes SET uses = 101 WHERE code = 'LANTERN300'",
        "UPDATE purchase_history SET status = 'refunded'",
        "DELETE FROM purchase_history",
    ] {
        use backend::db::ScopedFutureExt;
        let broken = club.backend.db().write(|tx| {
            async move {
                sqlx::query(sql).execute(&mut **tx).await?;
                Ok(())
            }
            .scope_boxed()
        });
        assert!(broken.await.is_err(), "{sql}");
    }
    proves(&club).await;
}
