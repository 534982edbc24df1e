//! Passwords: the same from every keyboard, also those that were stored as they were typed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use backend::accounts::DEMO_PASSWORDS;
use backend::{Backend, Entropy, SystemEntropy};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::*;

/// One password, as two keyboards send it.
const COMPOSED: &str = "Élan vital 봄";
const DECOMPOSED: &str = "E\u{301}lan vital \u{1107}\u{1169}\u{11b7}";

/// Stores a password as it was typed, as it was done once.
async fn had(club: &Club, user: UserId, password: &str) {
    let params = Params::new(64, 1, 1, None).unwrap();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2.hash_password_with_salt(password.as_bytes(), &[7; 16]);
    let hash = &hash.unwrap().to_string();
    let write = club.backend.db().write(|tx| {
        async move {
            sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1")
                .bind(user.0)
                .bind(hash.as_str())
                .execute(&mut **tx)
                .await?;
            Ok(())
        }
        .scope_boxed()
    });
    write.await.unwrap();
}

#[apply(both_engines)]
async fn a_password_is_the_same_from_every_keyboard(club: Club) {
    let request = SignUpRequest {
        password: DECOMPOSED.to_owned(),
        ..sign_up("ann")
    };
    let joined = joins(&club, request).await.unwrap();
    let ann = shows(&club, &joined.access_token).await.unwrap();
    for typed in [COMPOSED, DECOMPOSED] {
        logs_in(&club, "ann", typed).await.unwrap();
        let change = ProfileChange {
            password: Some(COMPOSED.to_owned()),
            current_password: Some(typed.to_owned()),
            ..ProfileChange::default()
        };
        let changed = club
            .backend
            .accounts
            .change_profile(&ann, &origin(), change)
            .await;
        changed.unwrap();
    }
}

#[apply(both_engines)]
async fn a_password_that_was_stored_as_it_was_typed_is_hashed_anew_when_it_is_shown(club: Club) {
    let ann = club.member("ann").await.member;
    had(&club, ann.user_id, DECOMPOSED).await;
    let early = logs_in(&club, "ann", COMPOSED).await.unwrap_err();
    assert_eq!(early.code(), Code::BadCredentials);
    logs_in(&club, "ann", DECOMPOSED).await.unwrap();
    for typed in [COMPOSED, DECOMPOSED] {
        logs_in(&club, "ann", typed).await.unwrap();
    }
    let failures = "SELECT COUNT(*) FROM login_attempts WHERE outcome = 'failure'";
    assert_eq!(count(&club, failures).await, 1);
}

#[apply(both_engines)]
async fn sign_ins_at_once_that_hash_a_password_anew_all_work(club: Club) {
    let ann = club.member("ann").await.member;
    had(&club, ann.user_id, DECOMPOSED).await;
    let sign_ins: Vec<_> = (0..8)
        .map(|_| {
            let club = club.clone();
            tokio::spawn(async move { logs_in(&club, "ann", DECOMPOSED).await })
        })
        .collect();
    for sign_in in sign_ins {
        sign_in.await.unwrap().unwrap();
    }
    let failures = "SELECT COUNT(*) FROM login_attempts WHERE outcome = 'failure'";
    assert_eq!(count(&club, failures).await, 0);
}

#[apply(both_engines)]
async fn a_wrong_password_that_is_tried_in_two_forms_is_one_failure(club: Club) {
    club.member("ann").await;
    for site_id in ["ann", "nobody"] {
        let wrong = logs_in(&club, site_id, DECOMPOSED).await.unwrap_err();
        assert_eq!(wrong.code(), Code::BadCredentials);
    }
    let failures = "SELECT COUNT(*) FROM login_attempts WHERE outcome = 'failure'";
    assert_eq!(count(&club, failures).await, 2);
}

#[apply(both_engines)]
async fn an_old_password_can_be_shown_to_change_it(club: Club) {
    let ann = club.member("ann").await.member;
    had(&club, ann.user_id, DECOMPOSED).await;
    let change = ProfileChange {
        password: Some("another password".to_owned()),
        current_password: Some(DECOMPOSED.to_owned()),
        ..ProfileChange::default()
    };
    let changed = club
        .backend
        .accounts
        .change_profile(&ann, &origin(), change)
        .await;
    changed.unwrap();
    logs_in(&club, "ann", "another password").await.unwrap();
}

#[apply(both_engines)]
async fn the_most_common_passwords_and_those_of_demos_are_refused_where_one_is_chosen(club: Club) {
    let ann = club.member("ann").await.member;
    let common = ["password1", "PassWord1", "QWERTYUIOP", "1q2w3e4r"];
    for common in common.into_iter().chain(DEMO_PASSWORDS) {
        let request = SignUpRequest {
            password: common.to_owned(),
            ..sign_up("ben")
        };
        let refused = joins(&club, request).await.unwrap_err();
        assert_eq!(fields(&refused), named(&[("password", "weak")]));
        let change = ProfileChange {
            password: Some(common.to_owned()),
            current_password: Some(PASSWORD.to_owned()),
            ..ProfileChange::default()
        };
        let changed = club
            .backend
            .accounts
            .change_profile(&ann, &origin(), change)
            .await;
        let refused = changed.unwrap_err();
        assert_eq!(fields(&refused), named(&[("password", "weak")]));
    }
    // Whoever has had one is let in, and can change it.
    had(&club, ann.user_id, "password1").await;
    logs_in(&club, "ann", "password1").await.unwrap();
    let change = ProfileChange {
        password: Some("another password".to_owned()),
        current_password: Some("password1".to_owned()),
        ..ProfileChange::default()
    };
    let changed = club
        .backend
        .accounts
        .change_profile(&ann, &origin(), change)
        .await;
    changed.unwrap();
}

#[apply(both_engines)]
async fn only_a_demo_member_has_a_demo_password(club: Club) {
    let demo = SignUpRequest {
        password: DEMO_PASSWORDS[0].to_owned(),
        ..sign_up("demo")
    };
    let refused = joins(&club, demo.clone()).await.unwrap_err();
    assert_eq!(fields(&refused), named(&[("password", "weak")]));
    let accounts = &club.backend.accounts;
    accounts.sign_up_demo(demo, &device()).await.unwrap();
    logs_in(&club, "demo", DEMO_PASSWORDS[0]).await.unwrap();
}

/// Chance during which a member signs in, once it is due: whoever draws it has checked a password that
/// is hashed anew by then.
struct Meanwhile {
    club: Club,
    is_due: AtomicBool,
}

impl Entropy for Meanwhile {
    fn fill(&self, bytes: &mut [u8]) {
        if self.is_due.swap(false, Ordering::SeqCst) {
            let sign_in = logs_in(&self.club, "ann", DECOMPOSED);
            block_in_place(|| Handle::current().block_on(sign_in)).unwrap();
        }
        SystemEntropy.fill(bytes);
    }
}

#[apply(both_engines)]
async fn a_password_is_changed_although_a_sign_in_hashes_it_anew_meanwhile(club: Club) {
    let ann = club.member("ann").await.member;
    had(&club, ann.user_id, DECOMPOSED).await;
    let chance = Arc::new(Meanwhile {
        club: club.clone(),
        is_due: AtomicBool::new(false),
    });
    let settings = Club::settings(&club.database);
    let opened = Backend::open(settings, club.clock.clone(), chance.clone(), None);
    // The future of the migrations cannot be shown to be `Send`, which a test's must be.
    let opened = block_in_place(|| Handle::current().block_on(opened)).unwrap();
    chance.is_due.store(true, Ordering::SeqCst);
    let change = ProfileChange {
        password: Some("another password".to_owned()),
        current_password: Some(DECOMPOSED.to_owned()),
        ..ProfileChange::default()
    };
    let changed = opened
        .accounts
        .change_profile(&ann, &origin(), change)
        .await;
    changed.unwrap();
    assert!(!chance.is_due.load(Ordering::SeqCst), "it was met");
    let failures = "SELECT COUNT(*) FROM login_attempts WHERE outcome = 'failure'";
    assert_eq!(count(&club, failures).await, 0);
    logs_in(&club, "ann", "another password").await.unwrap();
}
