//! How sessions end that nobody ends by an access token.

use backend::{Door, Entry};

use super::*;
use crate::crash::verbs::number;

const DAY_SECS: i64 = 24 * 60 * 60;

async fn refreshes(club: &Club, refresh_token: &str) -> Result<Token> {
    let accounts = &club.backend.accounts;
    accounts
        .refresh(refresh_token, Door::Cookie, &device())
        .await
}

/// Neither of its tokens counts any more.
async fn assert_ended(club: &Club, token: &Token) {
    let refused = shows(club, &token.access_token).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
    let refused = refreshes(club, &token.refresh_token).await.unwrap_err();
    assert_eq!(refused.code(), Code::BadRefreshToken);
}

/// How many sessions ended for this reason.
async fn ended(club: &Club, reason: &str) -> i64 {
    let query = format!("SELECT COUNT(*) FROM auth_sessions WHERE end_reason = '{reason}'");
    number(club, &query).await
}

#[apply(both_engines)]
async fn signing_out_needs_no_access_token_that_counts(club: Club) {
    let ann = club.member("ann").await.token;
    let other = logs_in(&club, "ann", PASSWORD).await.unwrap();
    club.clock.advance_secs(31 * 60);
    let accounts = &club.backend.accounts;
    accounts.logout_by(&ann.refresh_token).await.unwrap();
    assert_ended(&club, &ann).await;
    assert_eq!(ended(&club, "logout").await, 1);
    let renewed = refreshes(&club, &other.refresh_token).await.unwrap();

    // A token of an earlier generation names its session as well.
    club.clock.advance_secs(31 * 60);
    accounts.logout_by(&other.refresh_token).await.unwrap();
    assert_ended(&club, &renewed).await;
    assert_eq!(ended(&club, "logout").await, 2);
}

#[apply(both_engines)]
async fn what_is_no_refresh_token_signs_nobody_out(club: Club) {
    let ann = club.member("ann").await.token;
    let accounts = &club.backend.accounts;
    for token in ["", "nonsense", &"x".repeat(43), &ann.access_token] {
        accounts.logout_by(token).await.unwrap();
    }
    shows(&club, &ann.access_token).await.unwrap();
    assert_eq!(ended(&club, "logout").await, 0);
}

#[apply(both_engines)]
async fn a_session_has_a_last_day_however_often_it_is_renewed(club: Club) {
    let mut token = club.member("ann").await.token;
    for _ in 0..4 {
        club.clock.advance_secs(20 * DAY_SECS);
        token = refreshes(&club, &token.refresh_token).await.unwrap();
    }
    club.clock.advance_secs(10 * DAY_SECS - 1);
    token = refreshes(&club, &token.refresh_token).await.unwrap();
    shows(&club, &token.access_token).await.unwrap();
    club.clock.advance_secs(1);
    assert_ended(&club, &token).await;
    logs_in(&club, "ann", PASSWORD).await.unwrap();
}

#[apply(both_engines)]
async fn a_session_of_an_earlier_build_has_it_too(club: Club) {
    let mut token = club.member("ann").await.token;
    for _ in 0..4 {
        club.clock.advance_secs(20 * DAY_SECS);
        token = refreshes(&club, &token.refresh_token).await.unwrap();
    }
    change(
        &club,
        "UPDATE auth_sessions SET expires_at = created_at + 9504000000",
    )
    .await;
    club.clock.advance_secs(10 * DAY_SECS);
    let refused = refreshes(&club, &token.refresh_token).await.unwrap_err();
    assert_eq!(refused.code(), Code::BadRefreshToken);
}

/// Signs in by a browser that has this refresh token.
async fn logs_in_after(club: &Club, site_id: &str, password: &str, before: &str) -> Result<Token> {
    let request = LoginRequest {
        site_id: site_id.to_owned(),
        password: password.to_owned(),
    };
    let device = device();
    let entry = Entry::of_browser(&device, Some(before));
    club.backend.accounts.login(request, entry).await
}

#[apply(both_engines)]
async fn the_next_sign_in_of_a_browser_ends_the_one_before(club: Club) {
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    let phone = logs_in(&club, "ann", PASSWORD).await.unwrap();
    let first = &ann.token.refresh_token;

    let wrong = logs_in_after(&club, "ann", "not the password", first).await;
    assert_eq!(wrong.unwrap_err().code(), Code::BadCredentials);
    shows(&club, &ann.token.access_token).await.unwrap();

    let again = logs_in_after(&club, "ann", PASSWORD, first).await.unwrap();
    assert_ended(&club, &ann.token).await;
    // Somebody else at the same browser.
    let bens = logs_in_after(&club, "ben", PASSWORD, &again.refresh_token).await;
    let bens = bens.unwrap();
    assert_ended(&club, &again).await;
    let device = device();
    let entry = Entry::of_browser(&device, Some(&bens.refresh_token));
    let joined = club.backend.accounts.sign_up(sign_up("cho"), entry).await;
    let cho = joined.unwrap();
    assert_eq!(ended(&club, "replaced").await, 3);
    logs_in_after(&club, "ann", PASSWORD, "nonsense")
        .await
        .unwrap();
    assert_eq!(ended(&club, "replaced").await, 3);
    for token in [&phone, &ben.token, &cho] {
        shows(&club, &token.access_token).await.unwrap();
    }
}
