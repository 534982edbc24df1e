//! What members change of themselves.

use super::*;

#[apply(both_engines)]
async fn a_member_changes_nickname_and_phone(club: Club) {
    let ann = club.member("ann").await.member;
    club.member("ben").await;
    let accounts = &club.backend.accounts;
    let rename = |nickname: &str| ProfileChange {
        nickname: Some(nickname.to_owned()),
        ..ProfileChange::default()
    };
    let recall = |phone: &str| another_phone(phone, PASSWORD);
    assert_eq!(
        accounts
            .change_profile(&ann, &origin(), rename(" ANN "))
            .await
            .unwrap()
            .nickname,
        "ANN"
    );
    let user = accounts
        .change_profile(&ann, &origin(), recall("+1 (555) 000-0001"))
        .await
        .unwrap();
    assert_eq!(
        (user.nickname.as_str(), user.phone_number.as_str()),
        ("ANN", "15550000001")
    );
    let taken = accounts
        .change_profile(&ann, &origin(), rename("BEN"))
        .await
        .unwrap_err();
    assert_eq!(taken.code(), Code::NicknameTaken);
    let taken = accounts
        .change_profile(&ann, &origin(), recall(&sign_up("ben").phone_number))
        .await
        .unwrap_err();
    assert_eq!(taken.code(), Code::PhoneTaken);
    let nothing = accounts
        .change_profile(&ann, &origin(), ProfileChange::default())
        .await
        .unwrap();
    assert_eq!(
        (nothing.nickname, nothing.phone_number),
        (user.nickname, user.phone_number)
    );
    let bad = ProfileChange {
        nickname: Some("x".to_owned()),
        phone_number: Some("1".to_owned()),
        password: Some("short".to_owned()),
        current_password: None,
        code: None,
    };
    let refused = accounts
        .change_profile(&ann, &origin(), bad)
        .await
        .unwrap_err();
    let expected = [
        ("nickname", "too_short"),
        ("phone_number", "too_short"),
        ("password", "too_short"),
        ("current_password", "required"),
    ];
    assert_eq!(fields(&refused), named(&expected));
}

#[apply(both_engines)]
async fn of_many_who_change_to_one_nickname_one_gets_it(club: Club) {
    let mut attempts = Vec::new();
    for n in 0..6 {
        let member = club.member(&format!("member{n}")).await.member;
        let club = club.clone();
        let change = ProfileChange {
            nickname: Some("The One".to_owned()),
            ..ProfileChange::default()
        };
        attempts.push(async move {
            club.backend
                .accounts
                .change_profile(&member, &origin(), change)
                .await
        });
    }
    let mut named = 0;
    for attempt in attempts.into_iter().map(tokio::spawn).collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => named += 1,
            Err(error) => assert_eq!(error.code(), Code::NicknameTaken),
        }
    }
    assert_eq!(named, 1);
}

#[apply(both_engines)]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions(club: Club) {
    let ann = club.member("ann").await;
    let other = logs_in(&club, "ann", PASSWORD).await.unwrap();
    let accounts = &club.backend.accounts;
    let to = |current: &str| ProfileChange {
        password: Some("a new password".to_owned()),
        current_password: Some(current.to_owned()),
        ..ProfileChange::default()
    };
    let wrong = accounts
        .change_profile(&ann.member, &origin(), to("not the password"))
        .await
        .unwrap_err();
    assert_eq!(wrong.code(), Code::WrongPassword);
    shows(&club, &other.access_token).await.unwrap();
    accounts
        .change_profile(&ann.member, &origin(), to(PASSWORD))
        .await
        .unwrap();
    shows(&club, &ann.token.access_token).await.unwrap();
    assert_eq!(
        shows(&club, &other.access_token).await.unwrap_err().code(),
        Code::Unauthenticated
    );
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::BadCredentials
    );
    logs_in(&club, "ann", "a new password").await.unwrap();
}

#[apply(both_engines)]
async fn a_refused_profile_change_changes_nothing(club: Club) {
    let ann = club.member("ann").await;
    club.member("ben").await;
    let both = ProfileChange {
        nickname: Some("ben".to_owned()),
        password: Some("a new password".to_owned()),
        current_password: Some(PASSWORD.to_owned()),
        ..ProfileChange::default()
    };
    let refused = club
        .backend
        .accounts
        .change_profile(&ann.member, &origin(), both)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::NicknameTaken);
    logs_in(&club, "ann", PASSWORD).await.unwrap();
}

#[apply(both_engines)]
async fn guesses_of_the_current_password_count_as_failed_sign_ins(club: Club) {
    let ann = club.member("ann").await;
    let guess = |guess: &str| ProfileChange {
        password: Some("a new password".to_owned()),
        current_password: Some(guess.to_owned()),
        ..ProfileChange::default()
    };
    for _ in 0..5 {
        let wrong = club
            .backend
            .accounts
            .change_profile(&ann.member, &origin(), guess("a guess"))
            .await
            .unwrap_err();
        assert_eq!(wrong.code(), Code::WrongPassword);
    }
    let locked = club
        .backend
        .accounts
        .change_profile(&ann.member, &origin(), guess(PASSWORD))
        .await
        .unwrap_err();
    assert_eq!(locked.code(), Code::Locked);
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::Locked
    );
}

#[apply(both_engines)]
async fn passwords_are_stored_as_argon2id(club: Club) {
    club.member("ann").await;
    let stored =
        "SELECT COUNT(*) FROM users WHERE password_hash LIKE '$argon2id$v=19$m=64,t=1,p=1$%'";
    assert_eq!(count(&club, stored).await, 1);
}

#[apply(both_engines)]
async fn times_are_those_of_the_clock(club: Club) {
    let ann = club.member("ann").await;
    let now = club.backend.clock().now();
    assert_eq!(
        (ann.token.user.created_at, ann.token.user.last_login),
        (now, Some(now))
    );
    club.clock.advance_secs(90);
    let again = logs_in(&club, "ann", PASSWORD).await.unwrap().user;
    let later = Timestamp::from_millis(now.millis() + 90_000);
    assert_eq!((again.created_at, again.last_login), (now, Some(later)));
}
