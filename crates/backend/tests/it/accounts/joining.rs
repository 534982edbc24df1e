//! Joining: what a new member has, and who is refused.

use super::*;

#[apply(both_engines)]
async fn a_new_member_has_tokens_a_session_and_their_own_words(club: Club) {
    let request = SignUpRequest {
        site_id: "Ann_1".to_owned(),
        nickname: " Änn ".to_owned(),
        phone_number: "+82 (10) 1234-5678".to_owned(),
        ..sign_up("ann")
    };
    let token = joins(&club, request).await.unwrap();
    assert_eq!(
        (token.token_type.as_str(), token.expires_in),
        ("bearer", 1_800)
    );
    let user = token.user;
    assert_eq!(
        (user.site_id.as_str(), user.nickname.as_str()),
        ("Ann_1", "Änn")
    );
    assert_eq!(user.phone_number, "821012345678");
    assert_eq!(
        (user.rank, user.is_admin, user.is_active),
        (Rank::Standard, false, true)
    );
    assert_eq!(
        (user.level, user.experience, user.cyber_token_balance.get()),
        (1, 0, 1_000)
    );
    let member = shows(&club, &token.access_token).await.unwrap();
    assert_eq!(
        club.backend.accounts.me(member.user_id).await.unwrap(),
        user
    );
}

#[apply(both_engines)]
async fn others_see_no_phone_and_no_balance(club: Club) {
    let ann = club.member("ann").await;
    let public = club
        .backend
        .accounts
        .public(ann.member.user_id)
        .await
        .unwrap();
    assert_eq!((public.nickname.as_str(), public.level), ("ann", 1));
    let text = serde_json::to_string(&public).unwrap();
    assert!(
        !text.contains("phone") && !text.contains("balance") && !text.contains("site_id"),
        "{text}"
    );
    let nobody = club.backend.accounts.public(UserId(999)).await.unwrap_err();
    assert_eq!(nobody.code(), Code::NotFound);
}

#[apply(both_engines)]
async fn every_bad_field_is_named_at_once(club: Club) {
    let request = SignUpRequest {
        site_id: "a b".to_owned(),
        nickname: "x".to_owned(),
        phone_number: "123".to_owned(),
        password: "x".repeat(129),
        invite_code: String::new(),
    };
    let refused = joins(&club, request).await.unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    let expected = [
        ("site_id", "characters"),
        ("nickname", "too_short"),
        ("phone_number", "too_short"),
        ("password", "too_long"),
        ("invite_code", "required"),
    ];
    assert_eq!(fields(&refused), named(&expected));
    assert_eq!(count(&club, "SELECT COUNT(*) FROM users").await, 0);
}

#[apply(both_engines)]
async fn a_nul_character_is_refused_in_every_text(club: Club) {
    let nul = |text: &str| format!("{text}\0{text}");
    let good = sign_up("ann");
    let requests = [
        (
            "site_id",
            SignUpRequest {
                site_id: nul("ann"),
                ..good.clone()
            },
        ),
        (
            "nickname",
            SignUpRequest {
                nickname: nul("ann"),
                ..good.clone()
            },
        ),
        (
            "phone_number",
            SignUpRequest {
                phone_number: nul("01012"),
                ..good.clone()
            },
        ),
        (
            "password",
            SignUpRequest {
                password: nul("password"),
                ..good.clone()
            },
        ),
        (
            "invite_code",
            SignUpRequest {
                invite_code: nul("58"),
                ..good.clone()
            },
        ),
    ];
    for (field, request) in requests {
        let refused = joins(&club, request).await.unwrap_err();
        assert_eq!(fields(&refused), named(&[(field, "characters")]));
    }
    let ann = club.member("ann").await;
    assert_eq!(
        logs_in(&club, "ann\0", PASSWORD).await.unwrap_err().code(),
        Code::Invalid
    );
    assert_eq!(
        logs_in(&club, "ann", "pass\0word")
            .await
            .unwrap_err()
            .code(),
        Code::Invalid
    );
    let rename = ProfileChange {
        nickname: Some(nul("x")),
        ..ProfileChange::default()
    };
    let refused = club
        .backend
        .accounts
        .change_profile(&ann.member, &origin(), rename)
        .await
        .unwrap_err();
    assert_eq!(fields(&refused), named(&[("nickname", "characters")]));
}

#[apply(both_engines)]
async fn names_are_taken_whatever_their_case(club: Club) {
    joins(
        &club,
        SignUpRequest {
            nickname: "Élan".to_owned(),
            ..sign_up("Ann")
        },
    )
    .await
    .unwrap();
    let ann = sign_up("ann");
    let other = sign_up("other");
    let same_site_id = SignUpRequest {
        site_id: "aNN".to_owned(),
        ..other.clone()
    };
    let same_nickname = SignUpRequest {
        nickname: "éLAN".to_owned(),
        ..other.clone()
    };
    let phone = sign_up("Ann").phone_number;
    let same_phone = SignUpRequest {
        phone_number: format!("+{} {}", &phone[..3], &phone[3..]),
        ..other.clone()
    };
    let all = SignUpRequest {
        nickname: "élan".to_owned(),
        phone_number: phone,
        ..ann
    };
    for (request, code) in [
        (same_site_id, Code::SiteIdTaken),
        (same_nickname, Code::NicknameTaken),
        (same_phone, Code::PhoneTaken),
        (all, Code::SiteIdTaken),
    ] {
        assert_eq!(joins(&club, request).await.unwrap_err().code(), code);
    }
    assert_eq!(
        logs_in(&club, "ANN", PASSWORD).await.unwrap().user.site_id,
        "Ann"
    );
    joins(&club, other).await.unwrap();
}

#[apply(both_engines)]
async fn of_two_who_want_one_name_at_once_one_gets_it(club: Club) {
    let attempts: Vec<_> = (0..12)
        .map(|n| {
            let request = SignUpRequest {
                site_id: if n % 2 == 0 { "ann" } else { "ANN" }.to_owned(),
                ..sign_up(&format!("ann{n}"))
            };
            let club = club.clone();
            tokio::spawn(async move { joins(&club, request).await })
        })
        .collect();
    let mut joined = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(_) => joined += 1,
            Err(error) => assert_eq!(error.code(), Code::SiteIdTaken),
        }
    }
    assert_eq!(joined, 1);
    for rows in [
        "SELECT COUNT(*) FROM users",
        "SELECT COUNT(*) FROM accounts WHERE id > 0",
        "SELECT COUNT(*) FROM auth_sessions",
        "SELECT COUNT(*) FROM refresh_tokens",
        "SELECT COUNT(*) FROM transfers",
    ] {
        assert_eq!(count(&club, rows).await, 1, "{rows}");
    }
    assert_eq!(count(&club, "SELECT COUNT(*) FROM seed_pairs").await, 2);
}
