//! An account that has no room for another token.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor};
use testkit::{Club, apply, both_engines};

use crate::app::TestApp;
use crate::crash_game::long_round;
use crate::member::Member;

/// The most tokens that an account holds.
const BALANCE_MAX: i64 = 9_007_199_254_740_991;

/// Buys all the tokens that there is room for.
async fn fills(club: &Club, member: &Member) {
    let room = BALANCE_MAX - member.stands_at().await.0;
    if room == 0 {
        return;
    }
    let change = format!("UPDATE products SET tokens = {room} WHERE id = 'tokens_1000'");
    let mut conn = sqlx::AnyConnection::connect(&club.database.url)
        .await
        .unwrap();
    conn.execute(AssertSqlSafe(change)).await.unwrap();
    conn.close().await.unwrap();
    let tokens = json!({"product_id": "tokens_1000"});
    member.post("/api/shop/buy", &tokens).await.with(200);
    assert_eq!(member.stands_at().await.0, BALANCE_MAX);
}

/// Plays until the club has to refuse a win, which it does before it takes the stake.
async fn wins_too_much(club: &Club, member: &Member, path: &str, body: &Value) {
    loop {
        fills(club, member).await;
        // Else the brake on purchases would come first.
        club.clock.advance_secs(16);
        let answer = member.post(path, body).await;
        if answer.status != 200 {
            answer.refused(409, "balance_too_large");
            return;
        }
    }
}

#[apply(both_engines)]
async fn a_balance_never_passes_the_largest(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let boss = Member::promoted(&app, "boss").await;
    let bet = json!({"bet_amount": 50, "auto_cashout_multiplier": 1.5});
    let round = long_round(&club, &ann, &bet).await;
    let felt = json!({"product_id": "felt_midnight"});
    let bought = ann.post("/api/shop/buy", &felt).await.with(200);
    fills(&club, &ann).await;
    club.clock.advance_secs(3);
    let cashout = json!({"game_id": round["game_id"]});
    ann.post("/api/games/crash/cashout", &cashout)
        .await
        .refused(409, "balance_too_large");
    ann.post("/api/games/achievements/first_hand/claim", &json!({}))
        .await
        .refused(409, "balance_too_large");
    ann.post("/api/shop/buy", &json!({"product_id": "tokens_1000"}))
        .await
        .refused(409, "balance_too_large");
    let package = json!({
        "package_id": "gift", "price": 10, "contents": {"tokens": 20, "items": []}, "stock": 1,
        "member_limit": 1, "is_active": true,
    });
    boss.post("/api/admin/limited-packages", &package)
        .await
        .with(200);
    ann.post("/api/shop/buy-limited", &json!({"package_id": "gift"}))
        .await
        .refused(409, "balance_too_large");
    let code = bought["receipt_code"].as_str().unwrap();
    boss.post(
        &format!("/api/admin/transactions/{code}/refund"),
        &json!({}),
    )
    .await
    .refused(409, "balance_too_large");
    club.clock.advance_secs(60);
    ann.post("/api/games/crash/bet", &bet)
        .await
        .refused(409, "balance_too_large");
    assert_eq!(ann.stands_at().await.0, BALANCE_MAX);
    let bob = Member::join(&app, "bob").await;
    let spin = json!({"bet_amount": 10, "lines": 5});
    wins_too_much(&club, &bob, "/api/games/slot/spin", &spin).await;
    let throw = json!({"bet_amount": 10, "choice": "rock"});
    wins_too_much(&club, &bob, "/api/games/rps/play", &throw).await;
}
