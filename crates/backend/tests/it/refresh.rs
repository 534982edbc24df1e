//! Refresh tokens, each good for one turn, and the sessions they keep alive.

use backend::{Device, Door, Member, Result};
use sqlx::Row;
use testkit::club::{PASSWORD, device};
use testkit::{Club, apply, both_engines};
use wire::auth::{LoginRequest, Token};
use wire::{Code, SessionId};

async fn refreshes(club: &Club, token: &str, door: Door) -> Result<Token> {
    club.backend.accounts.refresh(token, door, &device()).await
}

async fn shows(club: &Club, token: &Token) -> Result<Member> {
    club.backend
        .accounts
        .authenticate(&token.access_token)
        .await
}

async fn logs_in(club: &Club, from: &Device) -> Token {
    let request = LoginRequest {
        site_id: "ann".to_owned(),
        password: PASSWORD.to_owned(),
    };
    club.backend.accounts.login(request, from).await.unwrap()
}

async fn text(club: &Club, query: &'static str) -> Option<String> {
    let mut conn = club.backend.db().read().await.unwrap();
    sqlx::query(query)
        .fetch_one(&mut *conn)
        .await
        .unwrap()
        .get(0)
}

/// The family is dead: neither of its newest tokens counts any more.
async fn assert_ended(club: &Club, newest: &Token) {
    assert_eq!(
        shows(club, newest).await.unwrap_err().code(),
        Code::Unauthenticated
    );
    let refused = refreshes(club, &newest.refresh_token, Door::Body)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::BadRefreshToken);
}

#[apply(both_engines)]
async fn a_refresh_gives_a_new_pair_of_the_same_session(club: Club) {
    let first = club.member("ann").await;
    club.clock.advance_secs(3_600);
    assert_eq!(
        shows(&club, &first.token).await.unwrap_err().code(),
        Code::Unauthenticated
    );
    let second = refreshes(&club, &first.token.refresh_token, Door::Body)
        .await
        .unwrap();
    assert_ne!(second.access_token, first.token.access_token);
    assert_ne!(second.refresh_token, first.token.refresh_token);
    assert_eq!(
        shows(&club, &second).await.unwrap().claimed(),
        first.member.claimed()
    );
    let third = refreshes(&club, &second.refresh_token, Door::Cookie)
        .await
        .unwrap();
    assert_eq!(
        shows(&club, &third).await.unwrap().claimed(),
        first.member.claimed()
    );
}

#[apply(both_engines)]
async fn a_refresh_token_used_twice_ends_its_session(club: Club) {
    let first = club.member("ann").await.token;
    let other = logs_in(&club, &device()).await;
    let second = refreshes(&club, &first.refresh_token, Door::Body)
        .await
        .unwrap();
    let third = refreshes(&club, &second.refresh_token, Door::Body)
        .await
        .unwrap();
    let reused = refreshes(&club, &first.refresh_token, Door::Body)
        .await
        .unwrap_err();
    assert_eq!(reused.code(), Code::BadRefreshToken);
    assert_ended(&club, &third).await;
    shows(&club, &other).await.unwrap();
    refreshes(&club, &other.refresh_token, Door::Body)
        .await
        .unwrap();
    let reason = text(
        &club,
        "SELECT end_reason FROM auth_sessions WHERE ended_at IS NOT NULL",
    )
    .await;
    assert_eq!(reason.as_deref(), Some("reuse"));
}

#[apply(both_engines)]
async fn by_body_there_is_no_grace(club: Club) {
    let first = club.member("ann").await.token;
    let second = refreshes(&club, &first.refresh_token, Door::Cookie)
        .await
        .unwrap();
    let reused = refreshes(&club, &first.refresh_token, Door::Body)
        .await
        .unwrap_err();
    assert_eq!(reused.code(), Code::BadRefreshToken);
    assert_ended(&club, &second).await;
}

#[apply(both_engines)]
async fn of_many_refreshes_at_once_by_body_one_works_and_the_session_ends(club: Club) {
    let first = club.member("ann").await.token;
    let attempts: Vec<_> = (0..8)
        .map(|_| {
            let (club, token) = (club.clone(), first.refresh_token.clone());
            tokio::spawn(async move { refreshes(&club, &token, Door::Body).await })
        })
        .collect();
    let mut renewed = Vec::new();
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(token) => renewed.push(token),
            Err(error) => assert_eq!(error.code(), Code::BadRefreshToken),
        }
    }
    assert_eq!(renewed.len(), 1);
    assert_ended(&club, &renewed[0]).await;
}

#[apply(both_engines)]
async fn many_tabs_with_one_cookie_all_get_the_same_pair(club: Club) {
    let ann = club.member("ann").await;
    let attempts: Vec<_> = (0..8)
        .map(|_| {
            let (club, token) = (club.clone(), ann.token.refresh_token.clone());
            tokio::spawn(async move { refreshes(&club, &token, Door::Cookie).await.unwrap() })
        })
        .collect();
    let mut newest = None;
    for attempt in attempts {
        let token = attempt.await.unwrap();
        assert_eq!(
            shows(&club, &token).await.unwrap().claimed(),
            ann.member.claimed()
        );
        assert_eq!(
            newest.get_or_insert(token.refresh_token.clone()),
            &token.refresh_token
        );
    }
    refreshes(&club, &newest.unwrap(), Door::Body)
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn the_grace_lasts_ten_seconds(club: Club) {
    let first = club.member("ann").await.token;
    let second = refreshes(&club, &first.refresh_token, Door::Cookie)
        .await
        .unwrap();
    club.clock.advance_secs(10);
    let again = refreshes(&club, &first.refresh_token, Door::Cookie)
        .await
        .unwrap();
    assert_eq!(again.refresh_token, second.refresh_token);
    club.clock.advance_secs(1);
    let late = refreshes(&club, &first.refresh_token, Door::Cookie)
        .await
        .unwrap_err();
    assert_eq!(late.code(), Code::BadRefreshToken);
    assert_ended(&club, &second).await;
}

#[apply(both_engines)]
async fn the_grace_is_for_the_token_before_the_current_one_only(club: Club) {
    let first = club.member("ann").await.token;
    let second = refreshes(&club, &first.refresh_token, Door::Cookie)
        .await
        .unwrap();
    let third = refreshes(&club, &second.refresh_token, Door::Cookie)
        .await
        .unwrap();
    let old = refreshes(&club, &first.refresh_token, Door::Cookie)
        .await
        .unwrap_err();
    assert_eq!(old.code(), Code::BadRefreshToken);
    assert_ended(&club, &third).await;
}

#[apply(both_engines)]
async fn what_is_no_refresh_token_is_refused_and_ends_nothing(club: Club) {
    let ann = club.member("ann").await;
    let ours = &ann.token.refresh_token;
    let changed = format!(
        "{}{}",
        &ours[..42],
        if ours.ends_with('A') { 'B' } else { 'A' }
    );
    for token in [
        "",
        "x",
        &"x".repeat(43),
        &"x".repeat(100_000),
        "nul\0",
        &ann.token.access_token,
        &changed,
    ] {
        let refused = refreshes(&club, token, Door::Body).await.unwrap_err();
        assert_eq!(refused.code(), Code::BadRefreshToken);
    }
    refreshes(&club, ours, Door::Body).await.unwrap();
}

#[apply(both_engines)]
async fn refresh_tokens_are_stored_hashed(club: Club) {
    let token = club.member("ann").await.token.refresh_token;
    let mut conn = club.backend.db().read().await.unwrap();
    let row = sqlx::query("SELECT token_hash FROM refresh_tokens")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    let stored: Vec<u8> = row.get(0);
    assert_eq!(stored.len(), 32);
    assert_ne!(stored, token.as_bytes());
}

#[apply(both_engines)]
async fn each_refresh_keeps_the_session_for_thirty_days_more(club: Club) {
    const DAYS_29: i64 = 29 * 24 * 60 * 60;
    let first = club.member("ann").await.token;
    club.clock.advance_secs(DAYS_29);
    let second = refreshes(&club, &first.refresh_token, Door::Body)
        .await
        .unwrap();
    club.clock.advance_secs(DAYS_29);
    let third = refreshes(&club, &second.refresh_token, Door::Body)
        .await
        .unwrap();
    club.clock.advance_secs(DAYS_29 + 24 * 60 * 60);
    let late = refreshes(&club, &third.refresh_token, Door::Body)
        .await
        .unwrap_err();
    assert_eq!(late.code(), Code::BadRefreshToken);
    let forgotten = text(&club, "SELECT CAST(COUNT(*) AS TEXT) FROM refresh_tokens").await;
    assert_eq!(
        forgotten.as_deref(),
        Some("2"),
        "the first token had run out by the third turn"
    );
}

#[apply(both_engines)]
async fn signing_out_ends_the_session_at_once(club: Club) {
    let ann = club.member("ann").await;
    let other = logs_in(&club, &device()).await;
    club.backend
        .accounts
        .logout(&ann.member, None)
        .await
        .unwrap();
    assert_ended(&club, &ann.token).await;
    shows(&club, &other).await.unwrap();
}

#[apply(both_engines)]
async fn signing_out_takes_the_session_of_the_refresh_token_along(club: Club) {
    let ann = club.member("ann").await;
    let ben = club.member("ben").await;
    let other = logs_in(&club, &device()).await;
    let accounts = &club.backend.accounts;
    accounts
        .logout(&ann.member, Some(&other.refresh_token))
        .await
        .unwrap();
    assert_ended(&club, &ann.token).await;
    assert_ended(&club, &other).await;
    accounts
        .logout(&ann.member, Some(&ben.token.refresh_token))
        .await
        .unwrap();
    accounts
        .logout(&ann.member, Some("nonsense"))
        .await
        .unwrap();
    shows(&club, &ben.token).await.unwrap();
}

#[apply(both_engines)]
async fn signing_out_everywhere_ends_every_session_of_the_member(club: Club) {
    let ann = club.member("ann").await;
    let ben = club.member("ben").await;
    let other = logs_in(&club, &device()).await;
    club.backend.accounts.logout_all(&ann.member).await.unwrap();
    assert_ended(&club, &ann.token).await;
    assert_ended(&club, &other).await;
    shows(&club, &ben.token).await.unwrap();
}

#[apply(both_engines)]
async fn a_member_sees_their_devices_and_ends_one(club: Club) {
    let ann = club.member("ann").await;
    club.clock.advance_secs(5);
    let phone = Device {
        address: "2001:db8::7".to_owned(),
        user_agent: "p".repeat(300),
    };
    let token = logs_in(&club, &phone).await;
    let accounts = &club.backend.accounts;
    let sessions = accounts.sessions(&ann.member).await.unwrap();
    let seen: Vec<_> = sessions
        .iter()
        .map(|s| (s.device.len(), s.address.as_str(), s.current))
        .collect();
    assert_eq!(seen, [(200, "2001:db8::7", false), (4, "192.0.2.1", true)]);
    let ben = club.member("ben").await.member;
    let foreign = accounts
        .end_session(&ben, &sessions[0].id)
        .await
        .unwrap_err();
    assert_eq!(foreign.code(), Code::NotFound);
    accounts
        .end_session(&ann.member, &sessions[0].id)
        .await
        .unwrap();
    assert_ended(&club, &token).await;
    assert_eq!(accounts.sessions(&ann.member).await.unwrap().len(), 1);
    for id in [
        sessions[0].id.as_str(),
        "",
        "nul\0",
        "nothing",
        &"0".repeat(32),
    ] {
        let gone = accounts
            .end_session(&ann.member, &SessionId(id.to_owned()))
            .await
            .unwrap_err();
        assert_eq!(gone.code(), Code::NotFound);
    }
}

#[apply(both_engines)]
async fn a_refresh_shows_in_the_list_of_devices(club: Club) {
    let ann = club.member("ann").await;
    club.clock.advance_secs(60);
    let train = Device {
        address: "203.0.113.9".to_owned(),
        ..device()
    };
    club.backend
        .accounts
        .refresh(&ann.token.refresh_token, Door::Body, &train)
        .await
        .unwrap();
    let sessions = club.backend.accounts.sessions(&ann.member).await.unwrap();
    assert_eq!(sessions[0].address, "203.0.113.9");
    assert_eq!(
        sessions[0]
            .last_used_at
            .millis_since(sessions[0].created_at),
        60_000
    );
}

#[apply(both_engines)]
async fn the_session_unused_for_longest_gives_way_to_the_fifty_first(club: Club) {
    let ann = club.member("ann").await;
    club.clock.advance_secs(1);
    let second = logs_in(&club, &device()).await;
    club.clock.advance_secs(1);
    let kept = refreshes(&club, &ann.token.refresh_token, Door::Body)
        .await
        .unwrap();
    for _ in 0..49 {
        shows(&club, &logs_in(&club, &device()).await)
            .await
            .unwrap();
    }
    assert_eq!(
        shows(&club, &second).await.unwrap_err().code(),
        Code::Unauthenticated
    );
    shows(&club, &kept).await.unwrap();
    assert_eq!(
        club.backend
            .accounts
            .sessions(&ann.member)
            .await
            .unwrap()
            .len(),
        50
    );
}
