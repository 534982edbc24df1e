//! Failures that lock a site id.

use super::*;

#[apply(both_engines)]
async fn five_failures_lock_a_site_id_even_for_the_right_password(club: Club) {
    club.member("ann").await;
    for n in 0..5 {
        fails(&club, "Ann", &format!("198.51.100.{n}")).await;
    }
    assert_locked(&club, "ann", "192.0.2.1", WINDOW_SECS).await;
    let admin = club
        .backend
        .accounts
        .admin_login(request("aNN", PASSWORD), &device())
        .await;
    assert_eq!(admin.unwrap_err().code(), Code::Locked);
    club.member("ben").await;
    tries(&club, "ben", PASSWORD, "198.51.100.1").await.unwrap();
}

#[apply(both_engines)]
async fn a_site_id_that_nobody_has_is_locked_too(club: Club) {
    for n in 0..5 {
        fails(&club, "nobody", &format!("198.51.100.{n}")).await;
    }
    assert_locked(&club, "nobody", "192.0.2.1", WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn a_locked_attempt_does_not_extend_the_lock(club: Club) {
    club.member("ann").await;
    fails(&club, "ann", "192.0.2.1").await;
    club.clock.advance_secs(60);
    for _ in 0..4 {
        fails(&club, "ann", "192.0.2.1").await;
    }
    for left in [540, 360, 180] {
        assert_locked(&club, "ann", "192.0.2.1", left).await;
        club.clock.advance_secs(180);
    }
    // The first failure has left the window; one more fills it again until the second leaves.
    assert_eq!(
        attempts(&club)
            .await
            .iter()
            .filter(|outcome| *outcome == "locked")
            .count(),
        3
    );
    fails(&club, "ann", "192.0.2.1").await;
    assert_locked(&club, "ann", "192.0.2.1", 60).await;
    club.clock.advance_secs(60);
    tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap();
}

#[apply(both_engines)]
async fn a_lock_that_runs_out_while_a_sign_in_waits_counts_no_failure(club: Club) {
    club.member("ann").await;
    for _ in 0..5 {
        fails(&club, "ann", "192.0.2.1").await;
    }
    let late = Arc::new(Late(club.clock.clone()));
    let opened = another_process(&club, club.clock.clone(), late);
    let ends_at = START.plus_secs(WINDOW_SECS);
    let left = ends_at.millis_since(club.clock.now());
    club.clock.advance_millis(left - 1);
    // The lock is on when the password comes, and off when it is decided on.
    let accounts = &opened.accounts;
    let refused = accounts.login(request("ann", PASSWORD), &device()).await;
    let refused = refused.unwrap_err().public();
    assert_eq!(
        (refused.code, refused.retry_after_secs),
        (Code::Locked, Some(1))
    );
    assert_eq!(attempts(&club).await[5..], ["locked"]);
    tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap();
}

#[apply(both_engines)]
async fn a_success_clears_the_failures_before_it(club: Club) {
    club.member("ann").await;
    for _ in 0..3 {
        for _ in 0..4 {
            fails(&club, "ann", "192.0.2.1").await;
        }
        tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap();
    }
    for _ in 0..5 {
        fails(&club, "ann", "192.0.2.1").await;
    }
    assert_locked(&club, "ann", "192.0.2.1", WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn guesses_at_once_are_counted_one_after_another(club: Club) {
    club.member("ann").await;
    let guesses: Vec<_> = (0..20)
        .map(|n| {
            let club = club.clone();
            tokio::spawn(
                async move { tries(&club, "ann", "a guess", &format!("198.51.100.{n}")).await },
            )
        })
        .collect();
    for guess in guesses {
        let code = guess.await.unwrap().unwrap_err().code();
        assert!(
            matches!(code, Code::BadCredentials | Code::Locked),
            "{code:?}"
        );
    }
    let counted = attempts(&club).await;
    assert_eq!(
        counted
            .iter()
            .filter(|outcome| *outcome == "failure")
            .count(),
        5
    );
    assert_eq!(counted.len(), 20);
}
