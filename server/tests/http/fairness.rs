//! Seeds stay secret until they are rotated, and then every hand can be checked.

use games::verify::{self, Hand};
use games::{ClientSeed, ServerSeed};
use serde_json::json;
use testkit::{apply, both_engines};
use wire::fairness::Round;

use crate::app::TestApp;
use crate::member::Member;

#[apply(both_engines)]
async fn a_hand_can_be_checked_once_its_seed_is_out_and_not_before(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let spin = ann.spins(10).await.with(200);
    let path = format!("/api/fairness/rounds/{}", spin["hand_id"].as_str().unwrap());
    let sealed: Round = serde_json::from_value(ann.get(&path).await.with(200)).unwrap();
    assert_eq!(sealed.server_seed, None);
    assert_eq!(
        ann.get("/api/fairness/rounds").await.with(200)["items"],
        json!([])
    );
    ann.post("/api/fairness/rotate", &json!({})).await.with(200);
    let round: Round = serde_json::from_value(ann.get(&path).await.with(200)).unwrap();
    assert_eq!(round.server_seed_hash, sealed.server_seed_hash);
    assert_eq!(checked(&round), Ok(()));
    assert_eq!(
        ann.get("/api/fairness/rounds").await.with(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[apply(both_engines)]
async fn rotating_brings_the_promised_pair_into_use(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let before = ann.get("/api/fairness/seeds").await.with(200);
    let after = ann
        .post(
            "/api/fairness/rotate",
            &json!({"client_seed": "my own luck"}),
        )
        .await
        .with(422);
    assert_eq!(after["fields"][0]["field"], "client_seed");
    let after = ann
        .post(
            "/api/fairness/rotate",
            &json!({"client_seed": "my-own-luck"}),
        )
        .await
        .with(200);
    assert_eq!(
        after["active"]["server_seed_hash"],
        before["next"]["server_seed_hash"]
    );
    assert_eq!(after["active"]["client_seed"], "my-own-luck");
    assert_eq!(after["revealed"][0]["pair_id"], before["active"]["pair_id"]);
}

#[apply(both_engines)]
async fn a_client_seed_keeps_pair_and_nonce(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.spins(10).await.with(200);
    let pair = ann
        .put(
            "/api/fairness/client-seed",
            &json!({"client_seed": "lucky"}),
        )
        .await
        .with(200);
    assert_eq!(
        (&pair["client_seed"], &pair["nonce"]),
        (&json!("lucky"), &json!(1))
    );
    for bad in ["", "with space", "nul\0", &"x".repeat(65)] {
        ann.put("/api/fairness/client-seed", &json!({"client_seed": bad}))
            .await
            .refuses_field("client_seed");
    }
}

#[apply(both_engines)]
async fn a_hand_is_shown_to_nobody_else(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let spin = ann.spins(10).await.with(200);
    let bob = Member::join(&app, "bob").await;
    let path = format!("/api/fairness/rounds/{}", spin["hand_id"].as_str().unwrap());
    bob.get(&path).await.refused(404, "not_found");
}

/// Checks a round as the browser does.
fn checked(round: &Round) -> Result<(), verify::Fault> {
    let hand = Hand {
        member: round.member,
        rules_version: round.rules_version,
        client_seed: ClientSeed::parse(&round.client_seed).unwrap(),
        nonce: round.nonce,
        stake: round.stake,
        payout: round.payout,
        result: round.result,
        play: round.play.clone(),
        transfers: round.transfers.clone(),
    };
    let seed = ServerSeed::from_hex(round.server_seed.as_ref().unwrap()).unwrap();
    verify::check(&hand, &seed, &round.server_seed_hash)
}
