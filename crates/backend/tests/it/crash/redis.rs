//! Redis holds only what may be lost: without it no new round begins, and every round ends.

use redis::AsyncCommands;
use testkit::{Club, Engine, both_engines};
use wire::Code;

use super::verbs::*;
use crate::table::balance;

/// Nothing listens on the discard port.
const NOBODY: &str = "redis://127.0.0.1:9";

both_engines! {
    async fn without_the_store_no_round_begins_and_the_running_one_ends(club: Club) {
        let ann = club.member("ann").await;
        let round = round_where(&club, &ann, bet(100, None), |point| point >= times(200)).await;
        let backend = another_process(&club, |settings| settings.redis_url = Some(NOBODY.to_owned().into()));
        let cut_off = Club { backend, ..club.clone() };
        let bob = club.member("bob").await;
        let refused = bets(&cut_off, &bob, bet(100, None), None).await.unwrap_err();
        assert_eq!((refused.code(), refused.public().code.status()), (Code::Unavailable, 503));
        assert_eq!(balance(&club, &bob).await, 1_000);
        assert_eq!(number(&club, "SELECT CAST(SUM(nonce) AS BIGINT) FROM seed_pairs WHERE user_id = 2").await, 0);
        let current = cut_off.backend.crash.current(ann.member.user_id).await.unwrap();
        assert!(!current.available && current.session.is_some());
        climbs_to(&club, times(150));
        let taken = cashes(&cut_off, &ann, &round.game_id, None).await.unwrap();
        assert_eq!(taken.payout.get(), 150);
        proves(&club).await;
    }
}

/// The only test that looks into Redis: the members of other tests have the same ids there.
#[tokio::test(flavor = "multi_thread")]
async fn what_redis_forgot_is_put_back_from_rows() {
    let url = crate::limits::redis();
    let club = Club::open_with(Engine::Sqlite, |settings| {
        settings.redis_url = Some(url.clone().into());
    })
    .await;
    let client = redis::Client::open(url).unwrap();
    let mut conn = client.get_multiplexed_async_connection().await.unwrap();
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let key = &format!("casino-club:crash:{user}");
    let _: () = conn.del(key).await.unwrap();

    let round = round_where(&club, &ann, bet(100, None), |point| point >= times(200)).await;
    assert_eq!(
        conn.get::<_, String>(key).await.unwrap(),
        round.game_id.as_str()
    );
    let left_millis: i64 = conn.pttl(key).await.unwrap();
    assert!(
        (1..=30 * 60 * 1_000).contains(&left_millis),
        "{left_millis}"
    );
    let _: () = conn.del(key).await.unwrap();
    let refused = bets(&club, &ann, bet(100, None), None).await.unwrap_err();
    assert_eq!(refused.code(), Code::RoundActive, "rows decide");
    assert!(club.backend.crash.current(user).await.unwrap().available);
    assert_eq!(
        conn.get::<_, String>(key).await.unwrap(),
        round.game_id.as_str()
    );
    let _: () = conn.del(key).await.unwrap();
    climbs_to(&club, times(150));
    cashes(&club, &ann, &round.game_id, None).await.unwrap();

    let _: () = conn.set(key, "a round that is over").await.unwrap();
    let next = bets(&club, &ann, bet(100, None), None).await.unwrap();
    assert_eq!(
        conn.get::<_, String>(key).await.unwrap(),
        next.game_id.as_str()
    );
    passes(&club).await;
    assert!(!conn.exists::<_, bool>(key).await.unwrap());
    proves(&club).await;
}
