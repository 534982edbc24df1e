//! Showing once more who one is, where that is asked for.

use backend::Staff;
use testkit::club::strict;
use wire::desk::TokensRequest;
use wire::staff::BanRequest;

use super::*;

/// What keeps somebody from giving a member a token, if anything does.
async fn kept_from_giving(club: &Club, token: &Token, user: UserId) -> Option<Code> {
    let member = stands(club, token).await;
    let accounts = &club.backend.accounts;
    let staff = accounts.staff_call(&member, &origin()).await.unwrap();
    let request = TokensRequest {
        amount: 1,
        reason: Some("a test".to_owned()),
    };
    code(
        club.backend
            .desk
            .add_tokens(&staff, user, request, None)
            .await,
    )
}

#[apply(both_engines)]
async fn a_call_goes_on_once_its_caller_has_shown_who_they_are(engine: Engine) {
    within(engine, strict, goes_on).await;
}

async fn goes_on(club: Club) {
    let ann = club.member("ann").await.member.user_id;
    club.member("boss").await;
    let (accounts, audit) = (&club.backend.accounts, &club.backend.audit);
    accounts.promote("boss", Role::Owner).await.unwrap();
    let (boss, authenticator) = club.enters("boss").await;
    club.clock.advance_secs(10 * 60);
    let member = stands(&club, &boss.token).await;
    let staff = accounts.staff_call(&member, &origin()).await.unwrap();
    assert!(audit.is_confirmation_due(&staff));
    let request = |shown: &str| ConfirmRequest {
        password: hidden(PASSWORD),
        code: Some(hidden(shown)),
    };
    let refused = accounts.confirm_call(&staff, request("12345")).await;
    assert_eq!(code(refused), Some(Code::WrongCode));
    let shown = authenticator.code(club.clock.now());
    accounts
        .confirm_call(&staff, request(&shown))
        .await
        .unwrap();
    let tokens = TokensRequest {
        amount: 1,
        reason: Some("a test".to_owned()),
    };
    let desk = &club.backend.desk;
    let given = desk.add_tokens(&staff, ann, tokens, None).await;
    assert_eq!(code(given), None);
    assert_eq!(kept_from_giving(&club, &boss.token, ann).await, None);
    let own = accounts.own_factor(&member).await.unwrap();
    assert!(matches!(own, OwnFactor::Set { is_kept: true, .. }));
}

#[apply(both_engines)]
async fn a_confirmation_runs_out_after_ten_minutes(engine: Engine) {
    within(engine, strict, async |club| {
        let ann = club.member("ann").await.member.user_id;
        // The sign-in is one.
        let (boss, authenticator) = club.owner("boss").await;
        assert_eq!(kept_from_giving(&club, &boss.token, ann).await, None);
        club.clock.advance_secs(10 * 60 - 1);
        assert_eq!(kept_from_giving(&club, &boss.token, ann).await, None);
        club.clock.advance_secs(1);
        let kept = kept_from_giving(&club, &boss.token, ann).await;
        assert_eq!(kept, Some(Code::ConfirmationRequired));
        let missing = confirms(&club, &boss.member, PASSWORD, None).await;
        assert_eq!(code(missing), Some(Code::CodeRequired));
        let kept = kept_from_giving(&club, &boss.token, ann).await;
        assert_eq!(kept, Some(Code::ConfirmationRequired));
        let now = club.clock.now();
        let shown = authenticator.code(now);
        let confirmed = confirms(&club, &boss.member, PASSWORD, Some(&shown)).await;
        assert_eq!(confirmed.unwrap().until, now.plus_secs(10 * 60));
        assert_eq!(kept_from_giving(&club, &boss.token, ann).await, None);
    })
    .await;
}

/// It counts in the session in which it was shown.
#[apply(both_engines)]
async fn a_confirmation_is_of_one_session(engine: Engine) {
    within(engine, strict, async |club| {
        let ann = club.member("ann").await.member.user_id;
        let (desk, authenticator) = club.owner("boss").await;
        club.clock.advance_secs(10 * 60);
        let shown = authenticator.code(club.clock.now());
        let phone = club.enters_with("boss", &shown).await;
        assert_eq!(kept_from_giving(&club, &phone.token, ann).await, None);
        let kept = kept_from_giving(&club, &desk.token, ann).await;
        assert_eq!(kept, Some(Code::ConfirmationRequired));
    })
    .await;
}

#[apply(both_engines)]
async fn what_moves_little_asks_for_none_and_what_is_refused_is_kept(engine: Engine) {
    within(engine, strict, async |club| {
        let (player, _) = club.owner("boss").await;
        let ann = club.member("ann").await.member.user_id;
        club.clock.advance_secs(10 * 60);
        let boss = club.calls_again(&player).await.unwrap();
        let accounts = &club.backend.accounts;
        accounts.unlock(&boss, ann).await.unwrap();
        accounts.phone_number(&boss, ann).await.unwrap();
        assert_eq!(refused(&club, &boss, ann).await, Code::ConfirmationRequired);
        let rows = club.backend.audit.list(&boss, AuditRequest::default());
        let row = &rows.await.unwrap().items[0];
        assert_eq!(
            (&*row.action, &*row.outcome),
            ("users/ban", "confirmation_required")
        );
        // Whoever may not is told that, and not to confirm.
        let auditor = club.staff_as("amy", Role::Auditor).await;
        assert_eq!(refused(&club, &auditor, ann).await, Code::Forbidden);
    })
    .await;
}

async fn refused(club: &Club, staff: &Staff, user: UserId) -> Code {
    let ban = BanRequest {
        reason: Some("a test".to_owned()),
        hours: Some(1),
    };
    let banned = club.backend.accounts.ban(staff, user, ban).await;
    banned.unwrap_err().code()
}
