//! Rank, bans, and members who are gone.

use super::*;
use crate::crash::verbs::number;
use crate::table::{holds, spin, spins};

#[apply(both_engines)]
async fn rank_and_role_count_as_they_are_now(club: Club) {
    let left = club.member("Ann").await;
    assert!(
        club.backend
            .accounts
            .promote("aNN", Role::Support)
            .await
            .unwrap()
            .is_admin
    );
    // Whoever gets a role comes in anew.
    let refused = shows(&club, &left.token.access_token).await;
    assert_eq!(refused.unwrap_err().code(), Code::Unauthenticated);
    let ann = club.signs_in("ann").await;
    let staff = ann.member.staff(&origin()).unwrap();
    let bob = club.member("bob").await;
    club.backend
        .accounts
        .set_rank(&staff, bob.member.user_id, Rank::Vip)
        .await
        .unwrap();
    let (ann, bob) = (
        shows(&club, &ann.token.access_token).await.unwrap(),
        shows(&club, &bob.token.access_token).await.unwrap(),
    );
    assert_eq!((ann.rank, ann.is_staff()), (Rank::Standard, true));
    assert_eq!((bob.rank, bob.is_staff()), (Rank::Vip, false));
    for nobody in ["ben", "", "a\0b", "no such id"] {
        let missing = club
            .backend
            .accounts
            .promote(nobody, Role::Owner)
            .await
            .unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
    }
}

#[apply(both_engines)]
async fn a_ban_holds_at_once_and_everywhere(club: Club) {
    let Player { member, token } = club.member("ann").await;
    let boss = club.staff("boss").await;
    let accounts = &club.backend.accounts;
    assert!(
        !accounts
            .ban(&boss, member.user_id, ban("cheating"))
            .await
            .unwrap()
            .is_active
    );
    assert_eq!(
        shows(&club, &token.access_token).await.unwrap_err().code(),
        Code::Banned
    );
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::Banned
    );
    assert_eq!(
        logs_in(&club, "ann", "not the password")
            .await
            .unwrap_err()
            .code(),
        Code::BadCredentials
    );
    let refreshed = accounts
        .refresh(&token.refresh_token, backend::Door::Body, &device())
        .await;
    assert_eq!(refreshed.unwrap_err().code(), Code::Banned);
    assert!(
        accounts
            .unban(&boss, member.user_id, because("a mistake"))
            .await
            .unwrap()
            .is_active
    );
    shows(&club, &token.access_token).await.unwrap();
    accounts
        .refresh(&token.refresh_token, backend::Door::Body, &device())
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn a_ban_ends_when_it_says(club: Club) {
    let Player { member, token } = club.member("ann").await;
    let boss = club.staff("boss").await;
    let an_hour = BanRequest {
        hours: Some(1),
        ..ban("shouting")
    };
    club.backend
        .accounts
        .ban(&boss, member.user_id, an_hour)
        .await
        .unwrap();
    // A minute before the access token runs out by itself.
    club.clock.advance_secs(29 * 60);
    assert_eq!(
        shows(&club, &token.access_token).await.unwrap_err().code(),
        Code::Banned
    );
    club.clock.advance_secs(31 * 60 - 1);
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::Banned
    );
    club.clock.advance_secs(1);
    assert!(
        club.backend
            .accounts
            .me(member.user_id)
            .await
            .unwrap()
            .is_active
    );
    logs_in(&club, "ann", PASSWORD).await.unwrap();
}

#[apply(both_engines)]
async fn a_ban_needs_a_reason_and_a_member(club: Club) {
    let Player { member, .. } = club.member("ann").await;
    let boss = club.staff("boss").await;
    for reason in ["", "  ", "nul\0", &"x".repeat(501)] {
        let refused = club
            .backend
            .accounts
            .ban(&boss, member.user_id, ban(reason))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
    let missing = club
        .backend
        .accounts
        .ban(&boss, UserId(999), ban("cheating"))
        .await
        .unwrap_err();
    assert_eq!(missing.code(), Code::NotFound);
    assert_eq!(
        club.backend
            .accounts
            .unban(&boss, UserId(999), because("a mistake"))
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
}

#[apply(both_engines)]
async fn a_deleted_member_is_as_if_unknown(club: Club) {
    let Player { member, token } = club.member("ann").await;
    change(&club, "UPDATE users SET deleted_at = 1").await;
    let accounts = &club.backend.accounts;
    assert_eq!(
        shows(&club, &token.access_token).await.unwrap_err().code(),
        Code::Unauthenticated
    );
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::BadCredentials
    );
    let refreshed = accounts
        .refresh(&token.refresh_token, backend::Door::Body, &device())
        .await;
    assert_eq!(refreshed.unwrap_err().code(), Code::BadRefreshToken);
    assert_eq!(
        accounts.public(member.user_id).await.unwrap_err().code(),
        Code::NotFound
    );
    assert_eq!(
        accounts
            .promote("ann", Role::Owner)
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    assert_eq!(
        joins(&club, sign_up("ann")).await.unwrap_err().code(),
        Code::SiteIdTaken
    );
}

#[apply(both_engines)]
async fn a_password_opens_an_account_until_its_member_is_out_for_good(club: Club) {
    let ann = club.member("ann").await.member.user_id;
    let boss = club.staff("boss").await;
    let accounts = &club.backend.accounts;
    let opens = async |site_id: &str, password: &str| {
        accounts.is_opened_by(site_id, password).await.unwrap()
    };
    for site_id in [" ANN", "boss"] {
        assert!(opens(site_id, PASSWORD).await, "{site_id}");
    }
    assert!(!opens("ann", "not the password").await);
    assert!(!opens("nobody", PASSWORD).await);
    for (hours, is_opened) in [(Some(1), true), (None, false)] {
        let ban = BanRequest {
            hours,
            ..ban("a test")
        };
        accounts.ban(&boss, ann, ban).await.unwrap();
        assert_eq!(opens("ann", PASSWORD).await, is_opened, "{hours:?}");
    }
    let unban = accounts.unban(&boss, ann, because("a mistake"));
    unban.await.unwrap();
    assert!(opens("ann", PASSWORD).await);
    change(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ann'",
    )
    .await;
    assert!(!opens("ann", PASSWORD).await);
    let attempts = "SELECT COUNT(*) FROM login_attempts";
    assert_eq!(count(&club, attempts).await, 0, "it leaves none");
}

/// On PostgreSQL others write while a hand waits for its account.
#[test]
fn a_ban_that_comes_while_a_hand_waits_counts() {
    testkit::run(testkit::Engine::Postgres, banned_while_waiting);
}

async fn banned_while_waiting(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let (release, holder) = holds(&club, user).await;
    let hand = {
        let (club, ann) = (club.clone(), ann.clone());
        // The first one, which sits down, waits where a batch would leave it out.
        tokio::spawn(async move { spins(&club, &ann, spin(10, 1), None).await })
    };
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waits = async {
        while number(&club, waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(30);
    tokio::time::timeout(patience, waits).await.unwrap();
    let accounts = &club.backend.accounts;
    accounts.ban(&boss, user, ban("cheating")).await.unwrap();
    release.send(()).unwrap();
    holder.await.unwrap();
    let refused = hand.await.unwrap().unwrap_err();
    assert_eq!(refused.code(), Code::Banned);
    assert_eq!(number(&club, "SELECT COUNT(*) FROM hands").await, 0);
}
