//! How sessions end that nobody ends by an access token.

use backend::Door;

use super::*;
use crate::crash::verbs::number;

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
