//! How staff let a member sign in again, and sign them out.

use backend::{Door, Result};
use testkit::club::{PASSWORD, device};
use testkit::{Club, apply, both_engines};
use wire::auth::{LoginRequest, Token};
use wire::staff::Role;
use wire::{Code, UserId};

use super::{code, newest_act};

async fn signs_in(club: &Club, password: &str) -> Result<Token> {
    let request = LoginRequest {
        site_id: "ann".to_owned(),
        password: password.to_owned(),
    };
    club.backend.accounts.login(request, &device()).await
}

async fn fails(club: &Club, times: usize) {
    for _ in 0..times {
        let refused = signs_in(club, "not the password").await;
        assert_eq!(code(refused), Some(Code::BadCredentials));
    }
}

#[apply(both_engines)]
async fn a_lock_is_ended_and_failures_count_anew(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await.member.user_id;
    fails(&club, 5).await;
    assert_eq!(code(signs_in(&club, PASSWORD).await), Some(Code::Locked));
    let accounts = &club.backend.accounts;
    assert_eq!(accounts.unlock(&support, ann).await.unwrap().id, ann);
    let act = newest_act(&club, &boss).await;
    assert_eq!((&*act.action, &*act.outcome), ("users/unlock", "ok"));
    assert_eq!(act.before.as_deref(), Some("{\"failures\":5}"));
    fails(&club, 5).await;
    assert_eq!(code(signs_in(&club, PASSWORD).await), Some(Code::Locked));
    accounts.unlock(&support, ann).await.unwrap();
    signs_in(&club, PASSWORD).await.unwrap();
    accounts.unlock(&support, ann).await.unwrap();
}

#[apply(both_engines)]
async fn all_sign_ins_of_a_member_end_at_once(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let second = signs_in(&club, PASSWORD).await.unwrap();
    let accounts = &club.backend.accounts;
    accounts.end_sessions(&boss, user).await.unwrap();
    let act = newest_act(&club, &boss).await;
    assert_eq!(&*act.action, "users/sessions/end");
    assert_eq!(act.before.as_deref(), Some("{\"open_sessions\":2}"));
    for token in [&ann.token, &second] {
        let shown = accounts.authenticate(&token.access_token).await;
        assert_eq!(code(shown), Some(Code::Unauthenticated));
        let renewed = accounts
            .refresh(&token.refresh_token, Door::Body, &device())
            .await;
        assert_eq!(code(renewed), Some(Code::BadRefreshToken));
    }
    let whole = club.backend.desk.member(&boss, user).await.unwrap();
    assert_eq!(whole.open_sessions, 0);
    signs_in(&club, PASSWORD).await.unwrap();
}

#[apply(both_engines)]
async fn what_concerns_the_sign_ins_of_staff_is_for_an_owner(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let auditor = club.staff_as("amy", Role::Auditor).await;
    let ann = club.member("ann").await.member.user_id;
    let accounts = &club.backend.accounts;
    for (staff, user, refusal) in [
        (&auditor, ann, Code::Forbidden),
        (&support, auditor.user_id(), Code::Forbidden),
        (&boss, UserId(999), Code::NotFound),
    ] {
        let unlocked = accounts.unlock(staff, user).await;
        let ended = accounts.end_sessions(staff, user).await;
        assert_eq!(
            (code(unlocked), code(ended)),
            (Some(refusal), Some(refusal))
        );
    }
    accounts.unlock(&boss, auditor.user_id()).await.unwrap();
    accounts
        .end_sessions(&boss, auditor.user_id())
        .await
        .unwrap();
}
