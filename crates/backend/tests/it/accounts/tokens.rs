//! Access tokens: whose they are, and which count.

use backend::Door;
use secrecy::SecretString;

use super::*;
use crate::crash::verbs::another_process;

/// What the club's own token says.
fn claims_of(club: &Club, token: &str) -> Value {
    let key = DecodingKey::from_secret(secret(club));
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.set_audience(&["casino-club"]);
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
        (&claims["iss"], &claims["aud"]),
        (&json!("casino-club"), &json!("casino-club"))
    );
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
async fn only_a_token_of_this_club_for_this_club_counts(club: Club) {
    let ann = club.member("ann").await;
    let claims = claims_of(&club, &ann.token.access_token);
    for name in ["iss", "aud"] {
        for other in [
            json!("another-club"),
            json!(["casino-club"]),
            json!(""),
            json!(null),
            json!(7),
        ] {
            let mut changed = claims.clone();
            changed[name] = other;
            let forged = signed(Algorithm::HS256, &changed, secret(&club));
            let refused = shows(&club, &forged).await.unwrap_err();
            assert_eq!(refused.code(), Code::Unauthenticated, "{changed}");
        }
        let mut missing = claims.clone();
        missing.as_object_mut().unwrap().remove(name);
        let forged = signed(Algorithm::HS256, &missing, secret(&club));
        let refused = shows(&club, &forged).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated, "{missing}");
    }
}

/// The next process, with a secret of its own and the one before it, if that is told.
fn with_another_secret(club: &Club, previous: Option<SecretString>) -> Club {
    let backend = another_process(club, |settings| {
        settings.auth.secret = "another secret that only tests use".into();
        settings.auth.previous_secret = previous;
    });
    Club {
        backend,
        ..club.clone()
    }
}

#[apply(both_engines)]
async fn what_the_secret_before_signed_counts_and_nothing_is_signed_with_it(club: Club) {
    let ann = club.member("ann").await;
    let old = club.backend.settings().auth.secret.clone();
    let next = with_another_secret(&club, Some(old));
    assert_eq!(
        shows(&next, &ann.token.access_token).await.unwrap(),
        ann.member
    );
    let accounts = &next.backend.accounts;
    let shown = &ann.token.refresh_token;
    let renewed = accounts.refresh(shown, Door::Body, &device()).await;
    let signed_in = logs_in(&next, "ann", PASSWORD).await;
    for token in [renewed.unwrap(), signed_in.unwrap()] {
        shows(&next, &token.access_token).await.unwrap();
        let refused = shows(&club, &token.access_token).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated);
    }
    let without = with_another_secret(&club, None);
    let refused = shows(&without, &ann.token.access_token).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
}

#[apply(both_engines)]
async fn two_tabs_get_one_pair_although_the_secret_changes_between_them(club: Club) {
    let token = club.member("ann").await.token.refresh_token;
    let tab = async |club: &Club| {
        let accounts = &club.backend.accounts;
        accounts.refresh(&token, Door::Cookie, &device()).await
    };
    let first = tab(&club).await.unwrap();
    let old = club.backend.settings().auth.secret.clone();
    let second = tab(&with_another_secret(&club, Some(old))).await.unwrap();
    assert_eq!(second.refresh_token, first.refresh_token);
    // Whoever cannot tell what was handed out ends nothing.
    let unknown = tab(&with_another_secret(&club, None)).await.unwrap_err();
    assert_eq!(unknown.code(), Code::InProgress);
    shows(&club, &first.access_token).await.unwrap();
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
