//! Redis holds only what may be lost: without it no new round begins, and every round ends.

use std::time::Duration;

use backend::Settings;
use redis::AsyncCommands;
use testkit::{Club, Engine, Player, apply, both_engines, within};
use wire::Code;
use wire::crash::{BetResult, CurrentRound};

use super::verbs::*;
use crate::gate::{Gate, Way};
use crate::table::{balance, spin, spins};

/// Nothing listens on the discard port.
const NOBODY: &str = "redis://127.0.0.1:9";

#[apply(both_engines)]
async fn without_the_store_no_round_begins_and_the_running_one_ends(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(100, None), |point| point >= times(200)).await;
    let backend = another_process(&club, |settings| {
        settings.redis_url = Some(NOBODY.to_owned().into())
    });
    let cut_off = Club {
        backend,
        ..club.clone()
    };
    let bob = club.member("bob").await;
    let refused = bets(&cut_off, &bob, bet(100, None), None)
        .await
        .unwrap_err();
    assert_eq!(
        (refused.code(), refused.public().code.status()),
        (Code::Unavailable, 503)
    );
    assert_eq!(balance(&club, &bob).await, 1_000);
    assert_eq!(
        number(
            &club,
            "SELECT CAST(SUM(nonce) AS BIGINT) FROM seed_pairs WHERE user_id = 2"
        )
        .await,
        0
    );
    let current = cut_off
        .backend
        .crash
        .current(ann.member.user_id)
        .await
        .unwrap();
    assert!(!current.available && current.session.is_some());
    climbs_to(&club, times(150));
    let taken = cashes(&cut_off, &ann, &round.game_id, None).await.unwrap();
    assert_eq!(taken.payout.get(), 150);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_bet_that_was_answered_is_answered_again_without_the_store(club: Club) {
    let ann = club.member("ann").await;
    let placed = bets(&club, &ann, bet(100, None), Some("k")).await.unwrap();
    let backend = another_process(&club, |settings| {
        settings.redis_url = Some(NOBODY.to_owned().into())
    });
    let cut_off = Club {
        backend,
        ..club.clone()
    };
    let again = bets(&cut_off, &ann, bet(100, None), Some("k")).await;
    assert_eq!(again.unwrap(), placed);
    let other = bets(&cut_off, &ann, bet(50, None), Some("k")).await;
    assert_eq!(other.unwrap_err().code(), Code::IdempotencyMismatch);
    let fresh = bets(&cut_off, &ann, bet(100, None), Some("another")).await;
    assert_eq!(fresh.unwrap_err().code(), Code::Unavailable);
    assert_eq!(balance(&club, &ann).await, 900);
    passes(&club).await;
    proves(&club).await;
}

/// The test's own way to Redis.
async fn patient(url: &str) -> redis::aio::MultiplexedConnection {
    let client = redis::Client::open(url).unwrap();
    let config = redis::AsyncConnectionConfig::new()
        .set_connection_timeout(Some(crate::limits::PATIENCE))
        .set_response_timeout(Some(crate::limits::PATIENCE));
    let conn = client.get_multiplexed_async_connection_with_config(&config);
    conn.await.unwrap()
}

/// The only test that looks into Redis: the members of other tests have the same ids there.
#[tokio::test(flavor = "multi_thread")]
async fn what_redis_forgot_is_put_back_from_rows() {
    let with_redis = |settings: &mut Settings| {
        settings.redis_url = Some(testkit::redis::url().into());
        settings.redis_wait = crate::limits::PATIENCE;
    };
    within(Engine::Sqlite, with_redis, forgotten_and_put_back).await;
}

async fn forgotten_and_put_back(club: Club) {
    let mut conn = patient(&testkit::redis::url()).await;
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

/// Redis, as the club of one engine reaches it in this test: a database of its own behind a gate.
struct Shelf {
    gate: Gate,
    conn: redis::aio::MultiplexedConnection,
    url: String,
}

impl Shelf {
    async fn open(engine: Engine) -> Self {
        let number = match engine {
            Engine::Sqlite => 9,
            Engine::Postgres => 10,
        };
        let server = testkit::redis::url();
        let server = server.trim_start_matches("redis://").trim_end_matches('/');
        let gate = Gate::to(server.to_owned()).await;
        let url = format!("redis://{}/{number}", gate.address);
        let conn = patient(&format!("redis://{server}/{number}")).await;
        let mut shelf = Self { gate, conn, url };
        shelf.clear().await;
        shelf
    }

    /// Forgets everything, as a Redis does that is stopped and started again.
    async fn clear(&mut self) {
        let keys: Vec<String> = self.conn.keys("casino-club:*").await.unwrap();
        for key in keys {
            let _: () = self.conn.del(key).await.unwrap();
        }
    }

    async fn knows(&mut self, player: &Player) -> bool {
        let key = format!("casino-club:crash:{}", player.member.user_id);
        self.conn.exists(key).await.unwrap()
    }
}

/// So small that no run of bad luck, which is the system's here, empties a purse.
const STAKE: i64 = 10;

/// Asks until Redis is there for it: a club looks once a second whether it is back, and a busy
/// machine can make any Redis look slow.
async fn once_available<T, F: Future<Output = Option<T>>>(ask: impl Fn() -> F) -> T {
    let again = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), again)
        .await
        .unwrap()
}

/// What a bet is answered by a club that reaches Redis.
async fn bet_answer(club: &Club, player: &Player) -> backend::Result<BetResult> {
    once_available(|| async {
        let answer = bets(club, player, bet(STAKE, None), None).await;
        let is_unavailable = matches!(&answer, Err(error) if error.code() == Code::Unavailable);
        (!is_unavailable).then_some(answer)
    })
    .await
}

/// What a club that reaches Redis tells of a member's round.
async fn current_round(club: &Club, player: &Player) -> CurrentRound {
    once_available(|| async {
        let crash = &club.backend.crash;
        let current = crash.current(player.member.user_id).await.unwrap();
        current.available.then_some(current)
    })
    .await
}

/// A round of each that climbs beyond 2.00x.
async fn high_rounds(club: &Club, one: &Player, other: &Player) -> (BetResult, BetResult) {
    loop {
        let of_one = bet_answer(club, one).await.unwrap();
        let of_other = bet_answer(club, other).await.unwrap();
        let lower = point(club, &of_one.game_id)
            .await
            .min(point(club, &of_other.game_id).await);
        if lower > times(200) {
            return (of_one, of_other);
        }
        passes(club).await;
    }
}

async fn is_refused(club: &Club, player: &Player) {
    let before = balance(club, player).await;
    let refused = bets(club, player, bet(STAKE, None), None)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::Unavailable);
    assert_eq!(balance(club, player).await, before);
}

#[apply(both_engines)]
async fn a_redis_that_is_slow_silent_stopped_and_empty_costs_no_token(club: Club) {
    let mut shelf = Shelf::open(club.engine).await;
    let backend = another_process(&club, |settings| {
        settings.redis_url = Some(shelf.url.clone().into())
    });
    let club = Club {
        backend,
        ..club.clone()
    };
    let (ann, bob, eve) = (
        club.member("ann").await,
        club.member("bob").await,
        club.member("eve").await,
    );

    slow_then_silent(&club, &shelf.gate, &ann, &bob).await;
    shelf.gate.set(Way::Open);
    let of_eve = bet_answer(&club, &eve).await.unwrap();
    assert!(shelf.knows(&eve).await);
    stopped_and_empty(&club, &mut shelf, &ann).await;
    let refused = bet_answer(&club, &eve).await.unwrap_err();
    assert_eq!(refused.code(), Code::RoundActive, "rows decide");
    let shown = current_round(&club, &eve).await.session.unwrap();
    assert_eq!(shown.game_id, of_eve.game_id);
    assert!(
        shelf.knows(&eve).await,
        "what Redis forgot is put back from rows"
    );

    shelf.gate.set(Way::Shut);
    passes(&club).await;
    let active = "SELECT COUNT(*) FROM crash_sessions WHERE status = 'active'";
    assert_eq!(number(&club, active).await, 0);
    proves(&club).await;
}

/// While it is slow rounds begin and end; while it is silent none begins, and what runs ends.
async fn slow_then_silent(club: &Club, gate: &Gate, ann: &Player, bob: &Player) {
    gate.set(Way::Slow(Duration::from_millis(40)));
    let (of_ann, of_bob) = high_rounds(club, ann, bob).await;
    climbs_to(club, times(150));
    let taken = cashes(club, ann, &of_ann.game_id, None).await.unwrap();
    assert_eq!(taken.payout.get(), 15);

    gate.set(Way::Silent);
    is_refused(club, ann).await;
    climbs_to(club, times(120));
    let taken = cashes(club, bob, &of_bob.game_id, None).await.unwrap();
    assert_eq!(taken.payout.get(), 18);
    spins(club, bob, spin(10, 5), None).await.unwrap();
}

/// While it is stopped no round begins; once it is back, without what it knew, one does.
async fn stopped_and_empty(club: &Club, shelf: &mut Shelf, player: &Player) {
    shelf.gate.set(Way::Shut);
    is_refused(club, player).await;
    shelf.clear().await;
    shelf.gate.set(Way::Open);
    bet_answer(club, player).await.unwrap();
}
