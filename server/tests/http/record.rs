//! The record of play over REST: sittings, statistics, leaderboards, achievements.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

fn fields(value: &Value) -> Vec<&str> {
    let fields = value.as_object().unwrap().keys();
    fields.map(String::as_str).collect()
}

#[apply(both_engines)]
async fn a_sitting_from_its_start_to_its_end(club: Club) {
    let app = TestApp::serve(&club).await;
    let (ann, bob) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "bob").await,
    );
    let boss = Member::promoted(&app, "boss").await;
    let active = "/api/games/session/active";
    assert_eq!(ann.get(active).await.with(200), json!({"session": null}));
    let opened = ann
        .post("/api/games/session/start", &json!({"gameType": "slot"}))
        .await
        .with(200);
    ann.post("/api/games/session/start", &json!({"game_type": "slot"}))
        .await
        .refused(409, "session_open");
    ann.post("/api/games/session/start", &json!({"game_type": "poker"}))
        .await
        .refused(404, "unknown_game");
    ann.post("/api/games/session/start", &json!({}))
        .await
        .refuses_field("game_type");
    ann.spins(20).await.with(200);
    let session = ann.get(active).await.with(200)["session"].clone();
    assert_eq!(
        (&session["session_id"], &session["hands"], &session["stake"]),
        (&opened["session_id"], &json!(1), &json!(20))
    );
    assert_eq!(
        ann.get(&format!("{active}?game_type=rps")).await.with(200)["session"],
        Value::Null
    );
    let current = format!("/api/games/session/{}/current", ann.id);
    assert_eq!(ann.get(&current).await.with(200)["session"], session);
    assert_eq!(boss.get(&current).await.with(200)["session"], session);
    bob.get(&current).await.refused(403, "forbidden");
    let id = json!({"sessionId": session["session_id"]});
    bob.post("/api/games/session/end", &id)
        .await
        .refused(404, "not_found");
    let ended = ann.post("/api/games/session/end", &id).await.with(200);
    assert_eq!(
        (&ended["status"], &ended["ended_at"]),
        (&json!("completed"), &json!("2026-01-01T00:00:00Z"))
    );
    ann.post("/api/games/session/end", &id)
        .await
        .refused(409, "session_ended");
}

#[apply(both_engines)]
async fn statistics_have_a_public_part_and_an_own(club: Club) {
    let app = TestApp::serve(&club).await;
    let (ann, bob) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "bob").await,
    );
    ann.spins(20).await.with(200);
    let path = format!("/api/games/stats/{}?game_type=slot&period=week", ann.id);
    let public = [
        "best_multiplier",
        "best_streak",
        "current_streak",
        "game_type",
        "hands",
        "largest_win",
        "period",
        "rated_hands",
        "user_id",
        "win_rate",
        "wins",
    ];
    assert_eq!(fields(&bob.get(&path).await.with(200)), public);
    let own = ann.get(&path).await.with(200);
    for field in [
        "staked",
        "won",
        "return_rate",
        "favourite",
        "seconds_played",
        "games",
    ] {
        assert!(own.get(field).is_some(), "{field}");
    }
    assert_eq!(
        (&own["hands"], &own["staked"], &own["period"]),
        (&json!(1), &json!(20), &json!("week"))
    );
    ann.get("/api/games/stats/999")
        .await
        .refused(404, "not_found");
    ann.get(&format!("/api/games/stats/{}?game_type=poker", ann.id))
        .await
        .refused(404, "unknown_game");
    ann.get(&format!("/api/games/stats/{}?period=year", ann.id))
        .await
        .refuses_field("period");
    ann.get("/api/games/stats/ann")
        .await
        .refuses_field("user_id");
}

#[apply(both_engines)]
async fn a_leaderboard_tells_the_own_place(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    while ann.spins(10).await.with(200)["win_amount"] == json!(0) {}
    let path = "/api/games/leaderboard?gameType=slot&period=day&metric=largest_win&limit=10";
    let board = ann.get(path).await.with(200);
    assert_eq!(
        fields(&board),
        ["game_type", "items", "me", "metric", "neighbours", "period"]
    );
    assert_eq!(
        fields(&board["me"]),
        ["nickname", "rank", "user_id", "value"]
    );
    assert_eq!(
        (&board["me"], &board["neighbours"]),
        (&board["items"][0], &board["items"])
    );
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("metric=staked", "metric"),
        ("period=x", "period"),
    ] {
        ann.get(&format!("/api/games/leaderboard?{query}"))
            .await
            .refuses_field(field);
    }
}

#[apply(both_engines)]
async fn a_reward_is_claimed_once(club: Club) {
    let app = TestApp::serve(&club).await;
    let (ann, bob) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "bob").await,
    );
    let claim = "/api/games/achievements/first_hand/claim";
    let stood = ann.stands_at().await;
    ann.post(claim, &json!({})).await.refused(404, "not_found");
    ann.post("/api/games/achievements/nothing/claim", &json!({}))
        .await
        .refused(404, "not_found");
    assert_eq!(ann.stands_at().await, stood);
    ann.spins(10).await.with(200);
    let before = ann.stands_at().await;
    let with_key = || {
        ann.request(Method::POST, claim)
            .header("idempotency-key", "k")
    };
    let claimed = Answer::to(with_key()).await.with(200);
    assert_eq!(Answer::to(with_key()).await.with(200), claimed);
    assert_eq!(ann.stands_at().await, (before.0 + 50, before.1 + 1));
    ann.post(claim, &json!({}))
        .await
        .refused(409, "already_claimed");
    let path = format!("/api/games/achievements/{}", ann.id);
    let own = ann.get(&path).await.with(200)["items"].clone();
    let seen = bob.get(&path).await.with(200)["items"].clone();
    assert!(own.as_array().unwrap().len() > seen.as_array().unwrap().len());
    assert_eq!(
        (&own[0]["code"], &own[0]["progress"]),
        (&json!("first_hand"), &json!(1))
    );
    assert!(own[0]["claimed_at"].is_string() && seen[0]["claimed_at"].is_null());
    let transfers = ann.get("/api/users/transactions?limit=1").await.with(200);
    assert_eq!(transfers["items"][0]["kind"], "achievement");
}

#[apply(both_engines)]
async fn the_job_closes_what_is_idle(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.spins(10).await.with(200);
    club.clock.advance_secs(15 * 60);
    // A second server's first pass comes at its start.
    let _second = TestApp::serve(&club).await;
    let open = "SELECT COUNT(*) AS n FROM play_sessions WHERE status = 'active'";
    for _ in 0..1_200 {
        let mut conn = club.backend.db().read().await.unwrap();
        let row = sqlx::query(open).fetch_one(&mut *conn).await.unwrap();
        if backend::db::Columns::int(&row, "n").unwrap() == 0 {
            return;
        }
        drop(conn);
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the session stays open");
}
