//! Another phone number: only with the password in force, and whether it is taken is told few times.

use super::*;

async fn refusal(club: &Club, member: &Member, change: ProfileChange) -> Code {
    let changed = club
        .backend
        .accounts
        .change_profile(member, &origin(), change)
        .await;
    changed.unwrap_err().code()
}

async fn asked(club: &Club) -> i64 {
    count(club, "SELECT COUNT(*) FROM phone_tries").await
}

#[apply(both_engines)]
async fn another_number_wants_the_current_password_and_the_same_one_does_not(club: Club) {
    let ann = club.member("ann").await.member;
    let accounts = &club.backend.accounts;
    let alone = ProfileChange {
        phone_number: Some("+1 (555) 000-0001".to_owned()),
        ..ProfileChange::default()
    };
    let refused = accounts
        .change_profile(&ann, &origin(), alone)
        .await
        .unwrap_err();
    assert_eq!(fields(&refused), named(&[("current_password", "required")]));
    let guessed = another_phone("+1 (555) 000-0001", "not the password");
    assert_eq!(refusal(&club, &ann, guessed).await, Code::WrongPassword);

    let number = sign_up("ann").phone_number;
    let same = ProfileChange {
        nickname: Some("Annie".to_owned()),
        phone_number: Some(format!("+{} {}", &number[..3], &number[3..])),
        ..ProfileChange::default()
    };
    let kept = accounts
        .change_profile(&ann, &origin(), same)
        .await
        .unwrap();
    assert_eq!(
        (kept.nickname, kept.phone_number),
        ("Annie".to_owned(), number)
    );
    assert_eq!(asked(&club).await, 0);

    let shown = another_phone("+1 (555) 000-0001", PASSWORD);
    let changed = accounts
        .change_profile(&ann, &origin(), shown)
        .await
        .unwrap();
    assert_eq!(changed.phone_number, "15550000001");
}

#[apply(both_engines)]
async fn that_a_number_is_taken_is_told_when_all_else_is_good(club: Club) {
    let ann = club.member("ann").await.member;
    let other = logs_in(&club, "ann", PASSWORD).await.unwrap();
    club.member("ben").await;
    let taken = another_phone(&sign_up("ben").phone_number, PASSWORD);
    let guessed = ProfileChange {
        current_password: Some("not the password".to_owned()),
        ..taken.clone()
    };
    assert_eq!(refusal(&club, &ann, guessed).await, Code::WrongPassword);
    let both = ProfileChange {
        nickname: Some("ben".to_owned()),
        ..taken.clone()
    };
    assert_eq!(refusal(&club, &ann, both).await, Code::NicknameTaken);
    assert_eq!(asked(&club).await, 0);

    let all = ProfileChange {
        nickname: Some("Annie".to_owned()),
        password: Some("a new password".to_owned()),
        ..taken
    };
    assert_eq!(refusal(&club, &ann, all).await, Code::PhoneTaken);
    assert_eq!(asked(&club).await, 1);
    let me = club.backend.accounts.me(ann.user_id).await.unwrap();
    assert_eq!(me.nickname, "ann", "nothing was changed");
    logs_in(&club, "ann", PASSWORD).await.unwrap();
    shows(&club, &other.access_token).await.unwrap();
}

#[apply(both_engines)]
async fn five_other_numbers_a_day_are_looked_for_and_no_more(club: Club) {
    let (ann, ben) = (club.member("ann").await.member, club.member("ben").await);
    let taken = another_phone(&sign_up("ben").phone_number, PASSWORD);
    for _ in 0..5 {
        assert_eq!(refusal(&club, &ann, taken.clone()).await, Code::PhoneTaken);
        club.clock.advance_secs(60);
    }
    let accounts = &club.backend.accounts;
    // Also one that is free: being let through would tell as much.
    for number in [taken.phone_number.as_deref().unwrap(), "15550000001"] {
        let change = another_phone(number, PASSWORD);
        let refused = accounts
            .change_profile(&ann, &origin(), change)
            .await
            .unwrap_err();
        let refused = refused.public();
        assert_eq!(
            (refused.code, refused.retry_after_secs),
            (Code::RateLimited, Some(24 * 60 * 60 - 300))
        );
    }
    let rename = ProfileChange {
        nickname: Some("Annie".to_owned()),
        ..ProfileChange::default()
    };
    accounts
        .change_profile(&ann, &origin(), rename)
        .await
        .unwrap();
    let of_ann = another_phone(&sign_up("ann").phone_number, PASSWORD);
    assert_eq!(refusal(&club, &ben.member, of_ann).await, Code::PhoneTaken);

    club.clock.advance_secs(24 * 60 * 60 - 300);
    assert_eq!(refusal(&club, &ann, taken.clone()).await, Code::PhoneTaken);
    assert_eq!(refusal(&club, &ann, taken).await, Code::RateLimited);
    let kept = "SELECT COUNT(*) FROM phone_tries WHERE user_id = 1";
    assert_eq!(count(&club, kept).await, 5, "the first was forgotten");
}

#[apply(both_engines)]
async fn of_many_numbers_at_once_five_are_looked_for(club: Club) {
    let ann = club.member("ann").await.member;
    club.member("ben").await;
    let tries: Vec<_> = (0..12)
        .map(|_| {
            let (club, ann) = (club.clone(), ann.clone());
            let taken = another_phone(&sign_up("ben").phone_number, PASSWORD);
            tokio::spawn(async move { refusal(&club, &ann, taken).await })
        })
        .collect();
    let mut told = 0;
    for one in tries {
        match one.await.unwrap() {
            Code::PhoneTaken => told += 1,
            code => assert_eq!(code, Code::RateLimited),
        }
    }
    assert_eq!(told, 5);
}
