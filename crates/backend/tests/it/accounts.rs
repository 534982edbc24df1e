//! Joining, access tokens, bans, and what members change of themselves.

use backend::db::ScopedFutureExt;
use backend::{Error, Member, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use economy::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sqlx::Row;
use testkit::club::{PASSWORD, device, sign_up};
use testkit::{Club, Player, apply, both_engines};
use wire::auth::{LoginRequest, SignUpRequest, Token};
use wire::user::{ProfileChange, Rank};
use wire::{Code, UserId};

async fn joins(club: &Club, request: SignUpRequest) -> Result<Token> {
    club.backend.accounts.sign_up(request, &device()).await
}

async fn logs_in(club: &Club, site_id: &str, password: &str) -> Result<Token> {
    let request = LoginRequest {
        site_id: site_id.to_owned(),
        password: password.to_owned(),
    };
    club.backend.accounts.login(request, &device()).await
}

async fn shows(club: &Club, access_token: &str) -> Result<Member> {
    club.backend.accounts.authenticate(access_token).await
}

async fn count(club: &Club, query: &'static str) -> i64 {
    let mut conn = club.backend.db().read().await.unwrap();
    sqlx::query(query)
        .fetch_one(&mut *conn)
        .await
        .unwrap()
        .get(0)
}

async fn change(club: &Club, statement: &'static str) {
    let db = club.backend.db();
    let write = db.write(|tx| {
        async move {
            Ok(sqlx::query(statement)
                .execute(&mut **tx)
                .await
                .map(|_| ())?)
        }
        .scope_boxed()
    });
    write.await.unwrap();
}

fn fields(error: &Error) -> Vec<(String, String)> {
    let fields = error.public().fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(field, code)| ((*field).to_owned(), (*code).to_owned()))
        .collect()
}

/// What the club's own token says.
fn claims_of(club: &Club, token: &str) -> Value {
    let key = DecodingKey::from_secret(secret(club));
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .unwrap()
        .claims
}

fn secret(club: &Club) -> &[u8] {
    club.backend
        .settings()
        .auth
        .secret
        .expose_secret()
        .as_bytes()
}

fn signed(algorithm: Algorithm, claims: &Value, secret: &[u8]) -> String {
    jsonwebtoken::encode(
        &Header::new(algorithm),
        claims,
        &EncodingKey::from_secret(secret),
    )
    .unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

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
        .change_profile(&ann.member, rename)
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

#[apply(both_engines)]
async fn an_access_token_runs_out(club: Club) {
    let ann = club.member("ann").await;
    club.clock.advance_secs(1_799);
    shows(&club, &ann.token.access_token).await.unwrap();
    club.clock.advance_secs(1);
    let refused = shows(&club, &ann.token.access_token).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
}

#[apply(both_engines)]
async fn only_our_own_untouched_tokens_count(club: Club) {
    let ann = club.member("ann").await;
    let token = ann.token.access_token.as_str();
    let claims = claims_of(&club, token);
    assert_eq!(claims["sub"], json!(ann.member.user_id.to_string()));
    assert_eq!(claims["sid"], json!(ann.member.session_id.as_str()));
    assert_eq!(
        (&claims["rank"], &claims["admin"]),
        (&json!("STANDARD"), &json!(false))
    );
    shows(&club, &signed(Algorithm::HS256, &claims, secret(&club)))
        .await
        .unwrap();

    let parts: Vec<&str> = token.split('.').collect();
    let [header, body, signature] = parts[..] else {
        panic!("{token}")
    };
    let mut raised = claims.clone();
    raised["admin"] = json!(true);
    let mut immortal = claims.clone();
    immortal["exp"] = json!(i64::MAX);
    let mut no_end = claims.clone();
    no_end.as_object_mut().unwrap().remove("exp");
    let none = part(&json!({"alg": "none", "typ": "JWT"}));
    let flipped = if signature.starts_with('A') { "B" } else { "A" };
    let forged = [
        String::new(),
        "a".to_owned(),
        "a.b.c".to_owned(),
        "x".repeat(100_000),
        format!("{header}.{body}."),
        format!("{header}.{body}"),
        format!("{header}.{body}.{flipped}{}", &signature[1..]),
        format!("{header}.{}.{signature}", part(&raised)),
        format!("{header}.{}.{signature}", part(&immortal)),
        format!("{none}.{body}."),
        format!("{none}.{body}.{signature}"),
        format!(
            "{}.{body}.{signature}",
            part(&json!({"alg": "None", "typ": "JWT"}))
        ),
        signed(
            Algorithm::HS256,
            &claims,
            b"somebody else's secret, 32 bytes",
        ),
        signed(Algorithm::HS256, &claims, b""),
        signed(Algorithm::HS384, &claims, secret(&club)),
        signed(Algorithm::HS512, &claims, secret(&club)),
        signed(Algorithm::HS256, &no_end, secret(&club)),
        ann.token.refresh_token.clone(),
    ];
    for forgery in forged {
        let refused = shows(&club, &forgery).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated, "{forgery:.200}");
    }
}

#[apply(both_engines)]
async fn a_token_speaks_only_for_the_member_of_its_session(club: Club) {
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    let mut claims = claims_of(&club, &ann.token.access_token);
    claims["sub"] = json!(ben.member.user_id.to_string());
    let mixed = signed(Algorithm::HS256, &claims, secret(&club));
    assert_eq!(
        shows(&club, &mixed).await.unwrap_err().code(),
        Code::Unauthenticated
    );
}

#[apply(both_engines)]
async fn rank_and_role_count_as_they_are_now(club: Club) {
    let ann = club.member("Ann").await;
    assert!(
        club.backend
            .accounts
            .promote_admin("aNN")
            .await
            .unwrap()
            .is_admin
    );
    let staff = shows(&club, &ann.token.access_token)
        .await
        .unwrap()
        .staff()
        .unwrap();
    club.backend
        .accounts
        .set_rank(&staff, ann.member.user_id, Rank::Vip)
        .await
        .unwrap();
    let member = shows(&club, &ann.token.access_token).await.unwrap();
    assert_eq!((member.rank, member.is_admin), (Rank::Vip, true));
    for nobody in ["ben", "", "a\0b", "no such id"] {
        let missing = club
            .backend
            .accounts
            .promote_admin(nobody)
            .await
            .unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
    }
}

#[apply(both_engines)]
async fn a_ban_holds_at_once_and_everywhere(club: Club) {
    let Player { member, token } = club.member("ann").await;
    let boss = club.staff("boss").await;
    let accounts = &club.backend.accounts;
    assert!(
        !accounts
            .ban(&boss, member.user_id, "cheating", None)
            .await
            .unwrap()
            .is_active
    );
    assert_eq!(
        shows(&club, &token.access_token).await.unwrap_err().code(),
        Code::Banned
    );
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::Banned
    );
    assert_eq!(
        logs_in(&club, "ann", "not the password")
            .await
            .unwrap_err()
            .code(),
        Code::BadCredentials
    );
    let refreshed = accounts
        .refresh(&token.refresh_token, backend::Door::Body, &device())
        .await;
    assert_eq!(refreshed.unwrap_err().code(), Code::Banned);
    assert!(
        accounts
            .unban(&boss, member.user_id)
            .await
            .unwrap()
            .is_active
    );
    shows(&club, &token.access_token).await.unwrap();
    accounts
        .refresh(&token.refresh_token, backend::Door::Body, &device())
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn a_ban_ends_when_it_says(club: Club) {
    let Player { member, token } = club.member("ann").await;
    let until = club.backend.clock().now().plus_secs(60);
    let boss = club.staff("boss").await;
    club.backend
        .accounts
        .ban(&boss, member.user_id, "shouting", Some(until))
        .await
        .unwrap();
    club.clock.advance_secs(59);
    assert_eq!(
        shows(&club, &token.access_token).await.unwrap_err().code(),
        Code::Banned
    );
    club.clock.advance_secs(1);
    shows(&club, &token.access_token).await.unwrap();
    assert!(
        club.backend
            .accounts
            .me(member.user_id)
            .await
            .unwrap()
            .is_active
    );
    logs_in(&club, "ann", PASSWORD).await.unwrap();
}

#[apply(both_engines)]
async fn a_ban_needs_a_reason_and_a_member(club: Club) {
    let Player { member, .. } = club.member("ann").await;
    let boss = club.staff("boss").await;
    for reason in ["", "  ", "nul\0", &"x".repeat(501)] {
        let refused = club
            .backend
            .accounts
            .ban(&boss, member.user_id, reason, None)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
    let missing = club
        .backend
        .accounts
        .ban(&boss, UserId(999), "cheating", None)
        .await
        .unwrap_err();
    assert_eq!(missing.code(), Code::NotFound);
    assert_eq!(
        club.backend
            .accounts
            .unban(&boss, UserId(999))
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
}

#[apply(both_engines)]
async fn a_deleted_member_is_as_if_unknown(club: Club) {
    let Player { member, token } = club.member("ann").await;
    change(&club, "UPDATE users SET deleted_at = 1").await;
    let accounts = &club.backend.accounts;
    assert_eq!(
        shows(&club, &token.access_token).await.unwrap_err().code(),
        Code::Unauthenticated
    );
    assert_eq!(
        logs_in(&club, "ann", PASSWORD).await.unwrap_err().code(),
        Code::BadCredentials
    );
    let refreshed = accounts
        .refresh(&token.refresh_token, backend::Door::Body, &device())
        .await;
    assert_eq!(refreshed.unwrap_err().code(), Code::BadRefreshToken);
    assert_eq!(
        accounts.public(member.user_id).await.unwrap_err().code(),
        Code::NotFound
    );
    assert_eq!(
        accounts.promote_admin("ann").await.unwrap_err().code(),
        Code::NotFound
    );
    assert_eq!(
        joins(&club, sign_up("ann")).await.unwrap_err().code(),
        Code::SiteIdTaken
    );
}

#[apply(both_engines)]
async fn a_member_changes_nickname_and_phone(club: Club) {
    let ann = club.member("ann").await.member;
    club.member("ben").await;
    let accounts = &club.backend.accounts;
    let rename = |nickname: &str| ProfileChange {
        nickname: Some(nickname.to_owned()),
        ..ProfileChange::default()
    };
    let recall = |phone: &str| ProfileChange {
        phone_number: Some(phone.to_owned()),
        ..ProfileChange::default()
    };
    assert_eq!(
        accounts
            .change_profile(&ann, rename(" ANN "))
            .await
            .unwrap()
            .nickname,
        "ANN"
    );
    let user = accounts
        .change_profile(&ann, recall("+1 (555) 000-0001"))
        .await
        .unwrap();
    assert_eq!(
        (user.nickname.as_str(), user.phone_number.as_str()),
        ("ANN", "15550000001")
    );
    let taken = accounts
        .change_profile(&ann, rename("BEN"))
        .await
        .unwrap_err();
    assert_eq!(taken.code(), Code::NicknameTaken);
    let taken = accounts
        .change_profile(&ann, recall(&sign_up("ben").phone_number))
        .await
        .unwrap_err();
    assert_eq!(taken.code(), Code::PhoneTaken);
    let nothing = accounts
        .change_profile(&ann, ProfileChange::default())
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
    };
    let refused = accounts.change_profile(&ann, bad).await.unwrap_err();
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
        attempts.push(async move { club.backend.accounts.change_profile(&member, change).await });
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
        .change_profile(&ann.member, to("not the password"))
        .await
        .unwrap_err();
    assert_eq!(wrong.code(), Code::WrongPassword);
    shows(&club, &other.access_token).await.unwrap();
    accounts
        .change_profile(&ann.member, to(PASSWORD))
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
        .change_profile(&ann.member, both)
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
            .change_profile(&ann.member, guess("a guess"))
            .await
            .unwrap_err();
        assert_eq!(wrong.code(), Code::WrongPassword);
    }
    let locked = club
        .backend
        .accounts
        .change_profile(&ann.member, guess(PASSWORD))
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
