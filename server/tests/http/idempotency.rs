//! One key, one spin.

use serde_json::json;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

async fn hands(member: &Member) -> usize {
    member.get("/api/games/history").await.with(200)["items"]
        .as_array()
        .unwrap()
        .len()
}

#[apply(both_engines)]
async fn the_same_key_answers_the_same_bytes(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let first = Answer::to(ann.spin_request(10, "k1")).await;
    first.with(200);
    let stood = ann.stands_at().await;
    let again = Answer::to(ann.spin_request(10, "k1")).await;
    assert_eq!(again.text, first.text);
    assert_eq!(ann.stands_at().await, stood);
    assert_eq!(hands(&ann).await, 1);
}

#[apply(both_engines)]
async fn the_same_key_for_another_request_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    Answer::to(ann.spin_request(10, "k1")).await.with(200);
    let stood = ann.stands_at().await;
    Answer::to(ann.spin_request(20, "k1"))
        .await
        .refused(422, "idempotency_mismatch");
    assert_eq!(ann.stands_at().await, stood);
    let bob = Member::join(&app, "bob").await;
    Answer::to(bob.spin_request(20, "k1")).await.with(200);
}

#[apply(both_engines)]
async fn fifty_twins_move_tokens_once(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let twins = (0..50)
        .map(|_| tokio::spawn(Answer::to(ann.spin_request(10, "twin"))))
        .collect::<Vec<_>>();
    let mut texts = Vec::new();
    for twin in twins {
        let answer = twin.await.unwrap();
        answer.with(200);
        texts.push(answer.text);
    }
    texts.dedup();
    assert_eq!(texts.len(), 1);
    assert_eq!(hands(&ann).await, 1);
    let won: i64 = serde_json::from_str::<serde_json::Value>(&texts[0]).unwrap()["win_amount"]
        .as_i64()
        .unwrap();
    assert_eq!(ann.stands_at().await.0, 990 + won);
}

#[apply(both_engines)]
async fn a_refusal_binds_no_key(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    Answer::to(ann.spin_request(1_005, "k1"))
        .await
        .refused(400, "insufficient_tokens");
    Answer::to(ann.spin_request(10, "k1")).await.with(200);
}

#[apply(both_engines)]
async fn a_bad_key_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for key in ["", "two words", &"k".repeat(129)] {
        Answer::to(ann.spin_request(10, key))
            .await
            .refuses_field("Idempotency-Key");
    }
    let twice = ann.spin_request(10, "k1").header("idempotency-key", "k2");
    Answer::to(twice).await.refuses_field("Idempotency-Key");
    assert_eq!(ann.stands_at().await, stood);
    Answer::to(ann.spin_request(10, &"k".repeat(128)))
        .await
        .with(200);
}

#[apply(both_engines)]
async fn without_a_key_each_request_is_new(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let body = json!({"bet_amount": 10, "lines": 5});
    let first = ann.post("/api/games/slot/spin", &body).await.with(200);
    let second = ann.post("/api/games/slot/spin", &body).await.with(200);
    assert_ne!(first["hand_id"], second["hand_id"]);
}
