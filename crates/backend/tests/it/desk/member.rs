//! A member, whole.

use testkit::club::{ban, sign_up};
use testkit::{apply, both_engines};
use wire::staff::{BanRequest, Role};
use wire::{Code, UserId};

use super::{code, newest_act};
use crate::table::{balance, plays, run};

#[apply(both_engines)]
async fn a_member_is_shown_with_the_newest_of_what_they_did(club: Club) {
    let auditor = club.staff_as("amy", Role::Auditor).await;
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    plays(&club, &ann, 12).await;
    let desk = &club.backend.desk;
    let whole = desk.member(&auditor, user).await.unwrap();
    assert_eq!(
        (whole.member.id, whole.member.nickname.as_str()),
        (user, "ann")
    );
    assert_eq!(whole.member.balance.get(), balance(&club, &ann).await);
    assert_eq!(
        (whole.hands, whole.purchases, whole.open_sessions),
        (12, 0, 1)
    );
    assert_eq!((whole.invite_code.as_str(), &whole.ban), ("5858", &None));
    let recent = &whole.recent;
    assert_eq!(
        (
            recent.transfers.len(),
            recent.hands.len(),
            recent.receipts.len()
        ),
        (10, 10, 0)
    );
    assert_eq!(recent.transfers[0].seq, whole.seq);
    let an_hour = BanRequest {
        hours: Some(1),
        ..ban("shouting")
    };
    let accounts = &club.backend.accounts;
    accounts.ban(&boss, user, an_hour).await.unwrap();
    accounts.logout_all(&ann.member).await.unwrap();
    let whole = desk.member(&auditor, user).await.unwrap();
    let ban = whole.ban.unwrap();
    assert_eq!(
        (ban.reason.as_str(), ban.until),
        ("shouting", whole.member.banned_until)
    );
    assert_eq!((whole.member.is_active, whole.open_sessions), (false, 0));
    club.clock.advance_secs(60 * 60);
    let whole = desk.member(&auditor, user).await.unwrap();
    assert!(whole.member.is_active && whole.member.banned_until.is_none());
    assert!(whole.ban.is_some(), "one that is over is shown as well");
}

#[apply(both_engines)]
async fn one_who_is_gone_is_shown_and_nobody_is_not_found(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ann'",
    )
    .await;
    let desk = &club.backend.desk;
    assert!(!desk.member(&boss, ann).await.unwrap().member.is_active);
    for nobody in [0, -1, 999, i64::MAX] {
        let missing = desk.member(&boss, UserId(nobody)).await;
        assert_eq!(code(missing), Some(Code::NotFound), "{nobody}");
    }
    let games = club.staff_as("gus", Role::Games).await;
    assert_eq!(code(desk.member(&games, ann).await), Some(Code::Forbidden));
}

#[apply(both_engines)]
async fn who_looks_at_a_whole_phone_number_is_kept(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let auditor = club.staff_as("amy", Role::Auditor).await;
    let ann = club.member("ann").await.member.user_id;
    let accounts = &club.backend.accounts;
    let shown = accounts.phone_number(&support, ann).await.unwrap();
    assert_eq!(shown.phone_number, sign_up("ann").phone_number);
    let act = newest_act(&club, &boss).await;
    assert_eq!(
        (act.actor, &*act.action),
        (Some(support.user_id()), "users/phone")
    );
    assert_eq!((&*act.subject, &*act.outcome), (&*ann.to_string(), "ok"));
    let kept = format!("{act:?}");
    assert!(!kept.contains(&shown.phone_number), "{kept}");
    let refused = accounts.phone_number(&auditor, ann).await;
    assert_eq!(code(refused), Some(Code::Forbidden));
    assert_eq!(newest_act(&club, &boss).await.outcome, "forbidden");
    let of_staff = accounts.phone_number(&support, auditor.user_id()).await;
    assert_eq!(code(of_staff), Some(Code::Forbidden));
    accounts
        .phone_number(&boss, auditor.user_id())
        .await
        .unwrap();
    let nobody = accounts.phone_number(&boss, UserId(999)).await;
    assert_eq!(code(nobody), Some(Code::NotFound));
}
