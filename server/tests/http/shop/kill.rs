//! A club that is killed while a payment is under way, beside a gateway that lives on.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::{Engine, TestDatabase};

use crate::app::client;
use crate::binary::{Serving, command, ends};
use crate::crash::with_database;
use crate::member::Member;

const SECRET: &str = "a secret of a club that is killed, 32+";
const GATEWAY_KEY: &str = "what it shows its payment gateway, 32 bytes+";
const WEBHOOK_SECRET: &str = "a secret of its payment gateway, 32 bytes+";

/// The club, or its gateway, as a process of its own.
fn process(database: &TestDatabase, gateway: &str, args: &[&str]) -> Command {
    let pairs = [
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", database.url.as_str()),
        ("JWT_SECRET_KEY", SECRET),
        ("PAYMENT_GATEWAY_KEY", GATEWAY_KEY),
        ("PAYMENT_WEBHOOK_SECRET", WEBHOOK_SECRET),
        ("PAYMENT_GATEWAY_URL", gateway),
        ("LEPTOS_SITE_ADDR", "127.0.0.1:0"),
    ];
    command(database.folder.path(), &pairs, args)
}

async fn ends_captured(member: &Member, code: &Value) {
    let path = format!("/api/shop/transactions/{}", code.as_str().unwrap());
    let wait = async { while member.get(&path).await.with(200)["status"] != "captured" {} };
    tokio::time::timeout(Duration::from_secs(60), wait)
        .await
        .unwrap();
}

async fn killed_while_a_payment_waits(database: Arc<TestDatabase>) {
    let args = ["sandbox-gateway", "--addr", "127.0.0.1:0"];
    let gateway = Serving::start(process(&database, "", &args)).await;
    let serve = || process(&database, &gateway.base, &["serve"]);
    let mut first = Serving::start(serve()).await;
    let ann = Member::join_at(&client(), &first.base, "ann").await;
    // The gateway's messages go nowhere, so that only the club's own job can find out.
    let body = json!({"product_id": "tokens_1000", "payment_method": "card_pending"});
    let pending = ann.post("/api/shop/buy", &body).await.with(202);
    first.process.kill().await.unwrap();
    ends(process(&database, "", &["verify-ledger"]), 0);
    let second = Serving::start(serve()).await;
    let ann = ann.at(&second.base);
    ends_captured(&ann, &pending["receipt_code"]).await;
    assert_eq!(ann.stands_at().await.0, 2_000);
    drop(second);
    ends(process(&database, "", &["verify-ledger"]), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_outlives_the_club_on_sqlite() {
    with_database(Engine::Sqlite, killed_while_a_payment_waits).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_outlives_the_club_on_postgres() {
    with_database(Engine::Postgres, killed_while_a_payment_waits).await;
}
