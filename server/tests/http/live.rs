//! The live channel over HTTP: who is let in, what they hear, and how it ends.

mod client;
mod faults;

use serde_json::json;
use testkit::{apply, both_engines};
use wire::live::{Announcement, Topic};

use crate::app::TestApp;
use crate::member::Member;
use crate::openapi::operations;
use client::{Events, Socket, refused};

#[apply(both_engines)]
async fn a_spin_is_heard_on_every_connection(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut socket = Socket::open(&ann, "/ws/notifications/1").await;
    let mut stats = Socket::open(&ann, "/ws/game-stats/1").await;
    let mut events = Events::open(&ann, "/sse/notifications/1", None).await;
    assert_eq!(socket.next().await["type"], "HELLO");
    ann.spins(10).await.with(200);
    let balance = ann.get("/api/users/balance").await.with(200);
    let heard = socket
        .until(|it| it["type"] == "BALANCE" && it["data"]["seq"] == balance["seq"])
        .await;
    assert_eq!(
        heard,
        json!({"topic": "account", "type": "BALANCE", "data": balance})
    );
    events
        .until(|it| it["type"] == "BALANCE" && it["data"]["seq"] == balance["seq"])
        .await;
    let heard = stats
        .until(|it| it["type"] == "STATS" && it["data"]["hands"] == 1)
        .await;
    assert_eq!(heard["topic"], "play");
    assert!(
        stats
            .heard
            .iter()
            .all(|it| ["HELLO", "STATS", "SESSION"].contains(&it["type"].as_str().unwrap()))
    );
}

#[apply(both_engines)]
async fn an_announcement_is_an_event_that_can_be_resumed_from(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut socket = Socket::open(&ann, "/ws/notifications/1?topics=club").await;
    let epoch = socket.next().await["epoch"].as_str().unwrap().to_owned();
    for title in ["One", "Two"] {
        let words = Announcement {
            title: title.to_owned(),
            body: "Hello.".to_owned(),
        };
        club.backend.live.announce(words).await.unwrap();
        club.clock.advance_secs(1);
    }
    let mut two = socket.until(|it| it["id"] == 2).await;
    two["at"] = json!("[time]");
    assert_eq!(
        two,
        json!({
            "id": 2, "epoch": epoch, "topic": "club", "priority": "high", "type": "ADMIN_BROADCAST",
            "data": {"title": "Two", "body": "Hello."}, "at": "[time]",
        })
    );
    let one = format!("{epoch}:1");
    let mut resumed = Socket::open(
        &ann,
        &format!("/ws/notifications/1?topics=club&lastEventId={one}"),
    )
    .await;
    assert_eq!(resumed.next().await["recovered"], true);
    assert_eq!(resumed.next().await["id"], 2);
    let mut resumed = Events::open(&ann, "/sse/notifications/1?topics=club", Some(&one)).await;
    assert_eq!(resumed.next().await["recovered"], true);
    assert_eq!(resumed.next().await["id"], 2);
    assert_eq!(resumed.last_id.as_deref(), Some(&*format!("{epoch}:2")));
    let list = ann.get("/api/notifications").await.with(200);
    assert_eq!(
        (&list["items"][0]["id"], &list["items"][0]["is_read"]),
        (&json!(2), &json!(false))
    );
    ann.post("/api/notifications/2/read", &json!({}))
        .await
        .with(204);
    assert_eq!(
        ann.get("/api/notifications/unread").await.with(200)["unread"],
        1
    );
    ann.post("/api/notifications/read-all", &json!({}))
        .await
        .with(204);
    assert_eq!(
        ann.get("/api/notifications/unread").await.with(200)["unread"],
        0
    );
    ann.post("/api/notifications/3/read", &json!({}))
        .await
        .refused(404, "not_found");
}

#[apply(both_engines)]
async fn nobody_is_let_in_without_a_right_to(club: Club) {
    let app = TestApp::serve(&club).await;
    let (ann, bob) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "bob").await,
    );
    for path in [
        "/ws/notifications/1",
        "/ws/game-stats/1",
        "/sse/notifications/1",
    ] {
        assert_eq!(refused(&app.base, path, &[]).await, 401, "{path}");
        assert_eq!(
            refused(&app.base, &format!("{path}?token=x.y.z"), &[]).await,
            401,
            "{path}"
        );
        let bearer = format!("Bearer {}", bob.access);
        assert_eq!(
            refused(&app.base, path, &[("authorization", &bearer)]).await,
            403,
            "{path}"
        );
        let bearer = format!("Bearer {}", ann.access);
        let odd = format!("{path}?last_event_id=7");
        assert_eq!(
            refused(&app.base, &odd, &[("authorization", &bearer)]).await,
            422,
            "{path}"
        );
    }
    let boss = Member::promoted(&app, "boss").await;
    let bearer = format!("Bearer {}", boss.access);
    for path in [
        "/ws/notifications/999",
        "/ws/game-stats/999",
        "/sse/notifications/999",
    ] {
        let headers = [("authorization", &*bearer)];
        assert_eq!(refused(&app.base, path, &headers).await, 404, "{path}");
    }
    let cookie = format!("casino_access={}", ann.access);
    let evil = [("cookie", &*cookie), ("origin", "http://evil.example")];
    for path in ["/ws/notifications/1", "/ws/game-stats/1"] {
        assert_eq!(refused(&app.base, path, &evil).await, 403, "{path}");
        ann.get(path).await.refused(426, "upgrade_required");
    }
    club.clock.advance_secs(31 * 60);
    let path = format!("/ws/notifications/1?token={}", ann.access);
    assert_eq!(
        refused(&app.base, &path, &[]).await,
        401,
        "an expired token"
    );
    assert_eq!(club.backend.live.listeners(), 0);
}

#[apply(both_engines)]
async fn whoever_asks_for_a_topic_that_is_none_is_told_all_of_them(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let answer = ann.get("/sse/notifications/1?topics=weather").await;
    answer.refuses_field("topics");
    let told = answer.json()["fields"][0]["message"].to_string();
    let parameters = operations().into_iter().flat_map(|(_, _, operation)| {
        let parameters = operation["parameters"].as_array().cloned();
        parameters.unwrap_or_default()
    });
    let of_topics = parameters.filter(|parameter| parameter["name"] == "topics");
    let words = of_topics.map(|parameter| parameter["description"].to_string());
    let words: Vec<String> = words.collect();
    assert!(!words.is_empty());
    for topic in Topic::ALL.map(Topic::as_str) {
        assert!(told.contains(topic), "{topic} in {told}");
        let named = format!("`{topic}`");
        assert!(
            words.iter().all(|it| it.contains(&named)),
            "{named} in {words:?}"
        );
    }
}

#[apply(both_engines)]
async fn a_token_in_the_query_opens_a_socket(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut socket = Socket::bare(
        &app.base,
        &format!("/ws/notifications/1?token={}", ann.access),
    )
    .await;
    assert_eq!(socket.next().await["type"], "HELLO");
    socket.say(r#"{"op":"ping"}"#).await;
    socket.until(|it| it["type"] == "PONG").await;
}
