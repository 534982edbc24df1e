//! The way back of whoever lost a second factor.

use testkit::club::because;

use super::*;

#[apply(both_engines)]
async fn an_owner_takes_it_away_and_ends_what_was_signed_in(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    club.has_factor(&ann.member).await;
    let accounts = &club.backend.accounts;
    for role in [Role::Support, Role::Auditor] {
        let staff = club.staff_as(&format!("the_{}", role.as_str()), role).await;
        let reset = accounts.reset_second_factor(&staff, user, because("a test"));
        assert_eq!(code(reset.await), Some(Code::Forbidden), "{role:?}");
    }
    let reset = accounts.reset_second_factor(&boss, user, because("it is lost"));
    assert_eq!(reset.await.unwrap().id, user);
    let ended = accounts.authenticate(&ann.token.access_token).await;
    assert_eq!(code(ended), Some(Code::Unauthenticated));
    let rows = club.backend.audit.list(&boss, AuditRequest::default());
    let row = &rows.await.unwrap().items[0];
    assert_eq!(
        (&*row.action, row.reason.as_deref()),
        ("users/totp/reset", Some("it is lost"))
    );
    let ann = club.signs_in("ann").await;
    confirms(&club, &ann.member, PASSWORD, None).await.unwrap();
    for nobody in [user, UserId(999)] {
        let reset = accounts.reset_second_factor(&boss, nobody, because("a test"));
        assert_eq!(code(reset.await), Some(Code::NotFound), "{nobody}");
    }
}

/// What one may not give up one may not reset either, also who is alone.
#[apply(both_engines)]
async fn nobody_resets_their_own(club: Club) {
    let (boss, _, _) = guarded(&club, "boss").await;
    let staff = club.calls_again(&boss).await.unwrap();
    let (accounts, user) = (&club.backend.accounts, boss.member.user_id);
    let alone = accounts.reset_second_factor(&staff, user, because("a test"));
    assert_eq!(code(alone.await), Some(Code::OwnAccount));
    club.staff("second").await;
    let beside = accounts.reset_second_factor(&staff, user, because("a test"));
    assert_eq!(code(beside.await), Some(Code::OwnAccount));
    stands(&club, &boss.token).await;
}

#[apply(both_engines)]
async fn the_machine_takes_it_away_and_the_row_says_so(club: Club) {
    let (boss, _, _) = guarded(&club, "boss").await;
    let accounts = &club.backend.accounts;
    let reset = accounts.reset_second_factor_by_command("BOSS").await;
    assert_eq!(reset.unwrap().id, boss.member.user_id);
    let ended = accounts.authenticate(&boss.token.access_token).await;
    assert_eq!(code(ended), Some(Code::Unauthenticated));
    enters(&club.backend, "boss", None).await.unwrap();
    for nobody in ["boss", "nobody", ""] {
        let reset = accounts.reset_second_factor_by_command(nobody).await;
        assert_eq!(code(reset), Some(Code::NotFound), "{nobody}");
    }
    let filter = AuditRequest {
        action: Some("users/totp/reset".to_owned()),
        outcome: Some("ok".to_owned()),
        ..AuditRequest::default()
    };
    let reader = club.staff("reader").await;
    let rows = club.backend.audit.list(&reader, filter).await.unwrap();
    let [row] = rows.items.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!((row.actor, row.roles.as_str()), (None, "console"));
    assert_eq!(row.subject, boss.member.user_id.to_string());
}
