//! Codes at the door of staff: when they count, how often, and what wrong ones do.

use backend::settings::SecretsKey;

use super::*;

#[apply(both_engines)]
async fn a_code_is_asked_for_once_the_password_is_right(club: Club) {
    let (_, authenticator, _) = guarded(&club, "boss").await;
    let right = authenticator.code(club.clock.now());
    let wrong = AdminLoginRequest {
        site_id: "boss".to_owned(),
        password: "not the password".to_owned(),
        code: Some(hidden(&right)),
    };
    let accounts = &club.backend.accounts;
    let refused = accounts.admin_login(wrong, &device()).await;
    assert_eq!(code(refused), Some(Code::BadCredentials));
    for nothing in [None, Some(""), Some("  ")] {
        let refused = enters(&club.backend, "boss", nothing).await;
        assert_eq!(code(refused), Some(Code::CodeRequired), "{nothing:?}");
    }
    for odd in ["000000", "12345", "ABCD-EFGH-JKLM-NPQR"] {
        let refused = enters(&club.backend, "boss", Some(odd)).await;
        assert_eq!(code(refused), Some(Code::WrongCode), "{odd}");
    }
    let token = enters(&club.backend, "boss", Some(&right)).await.unwrap();
    assert!(token.user.is_admin);
    // The members' door asks for none.
    club.signs_in("boss").await;
}

#[apply(both_engines)]
async fn a_code_counts_once(club: Club) {
    let (player, authenticator, _) = guarded(&club, "boss").await;
    let shown = authenticator.code(club.clock.now());
    enters(&club.backend, "boss", Some(&shown)).await.unwrap();
    let again = enters(&club.backend, "boss", Some(&shown)).await;
    assert_eq!(code(again), Some(Code::WrongCode));
    let elsewhere = confirms(&club, &player.member, PASSWORD, Some(&shown)).await;
    assert_eq!(code(elsewhere), Some(Code::WrongCode));
}

#[apply(both_engines)]
async fn of_those_who_show_one_code_at_once_one_comes_in(club: Club) {
    let (_, authenticator, codes) = guarded(&club, "boss").await;
    let other = another_process(&club, |_| ());
    for shown in [
        authenticator.code(club.clock.now()),
        codes[0].text().to_owned(),
    ] {
        let servers = [club.backend.clone(), other.clone()];
        let answers = raced(4, move |number| {
            let (server, shown) = (servers[number % 2].clone(), shown.clone());
            async move { enters(&server, "boss", Some(&shown)).await }
        });
        let answers = answers.await;
        let came_in = answers.iter().filter(|answer| answer.is_ok());
        assert_eq!(came_in.count(), 1, "{answers:?}");
        for refused in answers.into_iter().filter_map(Result::err) {
            assert_eq!(refused.code(), Code::WrongCode);
        }
    }
}

#[apply(both_engines)]
async fn a_code_counts_one_window_early_and_one_late_and_no_further(club: Club) {
    let (_, authenticator, _) = guarded(&club, "boss").await;
    let now = club.clock.now();
    let shows = async |secs| {
        let shown = authenticator.code(now.plus_secs(secs));
        code(enters(&club.backend, "boss", Some(&shown)).await)
    };
    for far in [-60, 60] {
        assert_eq!(shows(far).await, Some(Code::WrongCode), "{far}");
    }
    for near in [-30, 0, 30] {
        assert_eq!(shows(near).await, None, "{near}");
    }
    // What is older than the newest that was taken counts no more, used or not.
    assert_eq!(shows(0).await, Some(Code::WrongCode));
}

#[apply(both_engines)]
async fn ten_wrong_codes_lock(club: Club) {
    let (_, authenticator, codes) = guarded(&club, "boss").await;
    let mut answers = Vec::new();
    for _ in 0..10 {
        answers.push(code(enters(&club.backend, "boss", Some("000000")).await));
    }
    let (wrong, locked) = (Some(Code::WrongCode), Some(Code::Locked));
    assert_eq!(answers[..5], [wrong; 5]);
    assert_eq!(answers[5..], [locked; 5]);
    let right = authenticator.code(club.clock.now());
    for shown in [right.as_str(), codes[0].text()] {
        let refused = enters(&club.backend, "boss", Some(shown)).await;
        assert_eq!(code(refused), locked, "nothing is taken of it");
    }
    let device = device();
    let other_door = club.backend.accounts.login(credentials("boss"), &device);
    assert_eq!(code(other_door.await), locked);
    club.clock.advance_secs(10 * 60);
    let recovery = Some(codes[0].text());
    enters(&club.backend, "boss", recovery).await.unwrap();
}

/// Whoever has the password and guesses codes would come in by the door that asks for none.
#[apply(both_engines)]
async fn a_sign_in_without_a_code_clears_no_wrong_codes(club: Club) {
    let (_, authenticator, _) = guarded(&club, "boss").await;
    let guesses = async |times: usize| {
        for _ in 0..times {
            let refused = enters(&club.backend, "boss", Some("000000")).await;
            assert_eq!(code(refused), Some(Code::WrongCode));
        }
    };
    guesses(4).await;
    let right = authenticator.code(club.clock.now());
    enters(&club.backend, "boss", Some(&right)).await.unwrap();
    guesses(4).await;
    club.signs_in("boss").await;
    guesses(1).await;
    let next = authenticator.code(club.clock.now().plus_secs(30));
    let refused = enters(&club.backend, "boss", Some(&next)).await;
    assert_eq!(code(refused), Some(Code::Locked));
}

#[apply(both_engines)]
async fn a_recovery_code_counts_once_however_it_is_typed(club: Club) {
    let (player, _, codes) = guarded(&club, "boss").await;
    assert_eq!(codes.len(), 10);
    let typed = codes[0].text().to_lowercase().replace('-', " ");
    enters(&club.backend, "boss", Some(&typed)).await.unwrap();
    let again = enters(&club.backend, "boss", Some(codes[0].text())).await;
    assert_eq!(code(again), Some(Code::WrongCode));
    let second = Some(codes[1].text());
    confirms(&club, &player.member, PASSWORD, second)
        .await
        .unwrap();
    let again = enters(&club.backend, "boss", second).await;
    assert_eq!(code(again), Some(Code::WrongCode));
    let left = "SELECT COUNT(*) FROM recovery_codes WHERE used_at IS NULL";
    assert_eq!(number(&club, left).await, 8);
}

#[apply(both_engines)]
async fn a_secret_opens_under_its_key_and_for_its_member_alone(club: Club) {
    let (_, authenticator, _) = guarded(&club, "boss").await;
    let (_, others, _) = guarded(&club, "other").await;
    let key = SecretsKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    let other = another_process(&club, |settings| settings.auth.secrets_key = key);
    let right = authenticator.code(club.clock.now());
    let refused = enters(&other, "boss", Some(&right)).await;
    assert_eq!(code(refused), Some(Code::Internal), "another key");
    crate::table::run(
        &club,
        "UPDATE second_factors SET secret = (SELECT f.secret FROM second_factors f \
         JOIN users u ON u.id = f.user_id WHERE u.site_id = 'other')",
    )
    .await;
    let theirs = others.code(club.clock.now());
    let refused = enters(&club.backend, "boss", Some(&theirs)).await;
    assert_eq!(code(refused), Some(Code::Internal), "another member's");
    enters(&club.backend, "other", Some(&theirs)).await.unwrap();
}
