//! Signing in: what it gives, what it writes, and whom it refuses.

use super::*;

#[apply(both_engines)]
async fn what_a_sign_in_writes_is_of_one_instant(club: Club) {
    club.member("ann").await;
    let ticking = Arc::new(Ticking(club.clock.clone()));
    let opened = another_process(&club, ticking, Arc::new(SystemEntropy));
    let right = request("ann", PASSWORD);
    opened.accounts.login(right, &device()).await.unwrap();
    let of_one_instant = "SELECT COUNT(*) FROM login_attempts a \
        JOIN users u ON u.last_login_at = a.created_at JOIN auth_sessions s ON s.created_at = a.created_at";
    assert_eq!(number(&club, of_one_instant).await, 1);
}

#[apply(both_engines)]
async fn the_right_password_signs_in(club: Club) {
    let ann = club.member("ann").await;
    let token = tries(&club, "ANN", PASSWORD, "192.0.2.1").await.unwrap();
    assert_eq!(token.user.id, ann.member.user_id);
    let member = club
        .backend
        .accounts
        .authenticate(&token.access_token)
        .await
        .unwrap();
    assert_ne!(member.session_id, ann.member.session_id);
}

#[apply(both_engines)]
async fn sign_ins_at_once_with_the_right_password_all_work(club: Club) {
    club.member("ann").await;
    let sign_ins: Vec<_> = (0..12)
        .map(|_| {
            let club = club.clone();
            tokio::spawn(async move { tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap() })
        })
        .collect();
    for sign_in in sign_ins {
        sign_in.await.unwrap();
    }
}

#[apply(both_engines)]
async fn an_unknown_site_id_and_a_wrong_password_are_told_alike(club: Club) {
    club.member("ann").await;
    let wrong = tries(&club, "ann", "not the password", "192.0.2.1")
        .await
        .unwrap_err()
        .public();
    let unknown = tries(&club, "nobody", PASSWORD, "192.0.2.1")
        .await
        .unwrap_err()
        .public();
    assert_eq!(wrong, unknown);
    assert_eq!(wrong.code, Code::BadCredentials);
    assert_eq!(attempts(&club).await, ["failure", "failure"]);
}

#[apply(both_engines)]
async fn what_cannot_be_credentials_is_not_looked_at(club: Club) {
    let long = "x".repeat(129);
    let cases = [
        ("", PASSWORD),
        ("ann", ""),
        (&long[..51], PASSWORD),
        ("ann", &long),
        ("a\nn", PASSWORD),
    ];
    for (site_id, password) in cases {
        let refused = tries(&club, site_id, password, "192.0.2.1")
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
    assert!(attempts(&club).await.is_empty());
}

#[apply(both_engines)]
async fn the_admin_door_is_for_those_who_run_the_club(club: Club) {
    club.member("ann").await;
    let accounts = &club.backend.accounts;
    let refused = accounts
        .admin_login(request("ann", PASSWORD), &device())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::Forbidden);
    let wrong = accounts
        .admin_login(request("ann", "not the password"), &device())
        .await
        .unwrap_err();
    assert_eq!(wrong.code(), Code::BadCredentials);
    accounts.promote("ann", Role::Support).await.unwrap();
    assert!(
        accounts
            .admin_login(request("ann", PASSWORD), &device())
            .await
            .unwrap()
            .user
            .is_admin
    );
    assert_eq!(attempts(&club).await, ["refused", "failure", "success"]);
}

#[apply(both_engines)]
async fn a_banned_member_learns_it_only_with_the_right_password(club: Club) {
    let ann = club.member("ann").await.member;
    let boss = club.staff("boss").await;
    club.backend
        .accounts
        .ban(&boss, ann.user_id, ban("cheating"))
        .await
        .unwrap();
    fails(&club, "ann", "192.0.2.1").await;
    let banned = tries(&club, "ann", PASSWORD, "192.0.2.1")
        .await
        .unwrap_err();
    assert_eq!(banned.code(), Code::Banned);
    assert_eq!(attempts(&club).await, ["failure", "refused"]);
}
