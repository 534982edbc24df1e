//! Rate limits, in process and in Redis. No database is involved.

use std::time::Duration;

use backend::limits::Limit;
use backend::settings::{DatabaseSettings, REDIS_WAIT};
use backend::{Entropy, Limits, Settings, SystemEntropy};
use tokio::net::TcpListener;
use wire::Code;

/// How long a Redis may take that is there: the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Limits of three a minute.
fn settings(redis_url: Option<&str>) -> Settings {
    let mut settings = testkit::club::settings(DatabaseSettings {
        url: "sqlite://unused".into(),
        connections_max: 1,
        lock_wait: PATIENCE,
        acquire_wait: PATIENCE,
    });
    settings.redis_url = redis_url.map(|url| url.to_owned().into());
    settings.redis_wait = PATIENCE;
    settings.limits.sign_ups_per_minute = 3;
    settings.limits.sign_ins_per_minute = 3;
    settings.limits.plays_per_minute = 3;
    settings.limits.writes_per_minute = 3;
    settings.limits.reads_per_minute = 3;
    settings.limits.code_checks_per_minute = 3;
    settings
}

/// Someone whom no other run has counted.
fn somebody() -> String {
    let mut random = [0; 16];
    SystemEntropy.fill(&mut random);
    hex::encode(random)
}

/// Three are let through, the fourth is told when to come back.
async fn assert_three(limits: &Limits, limit: Limit, who: &str) {
    for _ in 0..3 {
        limits.check(limit, who).await.unwrap();
    }
    assert_refused(limits, limit, who).await;
}

async fn assert_refused(limits: &Limits, limit: Limit, who: &str) {
    let refused = limits.check(limit, who).await.unwrap_err().public();
    assert_eq!(refused.code, Code::RateLimited);
    let secs = refused.retry_after_secs.unwrap();
    assert!((1..=60).contains(&secs), "{secs}");
}

async fn each_limit_and_each_who_counts_alone(limits: &Limits) {
    let (ann, ben) = (somebody(), somebody());
    for limit in [
        Limit::SignUp,
        Limit::SignIn,
        Limit::Play,
        Limit::CashOut,
        Limit::Write,
        Limit::Read,
        Limit::CodeCheck,
        Limit::Forbidden,
    ] {
        assert_three(limits, limit, &ann).await;
        assert_three(limits, limit, &ben).await;
    }
}

#[tokio::test]
async fn in_process_the_one_over_the_limit_is_refused() {
    let limits = Limits::open(&settings(None)).await.unwrap();
    assert_eq!(limits.engine(), "in-process");
    each_limit_and_each_who_counts_alone(&limits).await;
}

#[tokio::test]
async fn a_subscriber_counts_as_one_whichever_ipv6_address_they_use() {
    let limits = Limits::open(&settings(None)).await.unwrap();
    for n in 0..3 {
        limits
            .check(Limit::SignIn, &format!("2001:db8:1:2::{n}"))
            .await
            .unwrap();
    }
    assert_refused(&limits, Limit::SignIn, "2001:db8:1:2:ffff::1").await;
    limits
        .check(Limit::SignIn, "2001:db8:1:3::1")
        .await
        .unwrap();
}

/// An IPv6 /48 that no other run has counted.
fn some_block() -> String {
    let mut random = [0; 4];
    SystemEntropy.fill(&mut random);
    let [a, b, c, d] = random;
    format!("2001:{a:02x}{b:02x}:{c:02x}{d:02x}")
}

#[tokio::test]
async fn a_customer_has_four_times_as_many_from_all_their_networks() {
    for redis_url in [None, Some(testkit::redis::url())] {
        let settings = settings(redis_url.as_deref());
        let limits = Limits::open(&settings).await.unwrap();
        for limit in [Limit::SignUp, Limit::SignIn, Limit::CodeCheck] {
            let (one, other) = (some_block(), some_block());
            // What a network is refused is not held against its block.
            assert_three(&limits, limit, &format!("{one}:ff::1")).await;
            for n in 0..9 {
                let network = format!("{one}:{n:x}::1");
                limits.check(limit, &network).await.unwrap();
            }
            assert_refused(&limits, limit, &format!("{one}:fe::1")).await;
            assert_three(&limits, limit, &format!("{other}:1::1")).await;
        }
    }
}

#[tokio::test]
async fn redis_counts_for_all_processes() {
    let url = testkit::redis::url();
    let one = Limits::open(&settings(Some(&url))).await.unwrap();
    let other = Limits::open(&settings(Some(&url))).await.unwrap();
    assert_eq!(one.engine(), "redis");
    let who = somebody();
    one.check(Limit::Play, &who).await.unwrap();
    other.check(Limit::Play, &who).await.unwrap();
    one.check(Limit::Play, &who).await.unwrap();
    assert_refused(&other, Limit::Play, &who).await;
    assert_refused(&one, Limit::Play, &who).await;
    each_limit_and_each_who_counts_alone(&one).await;
}

#[tokio::test]
async fn the_window_in_redis_ends() {
    let url = testkit::redis::url();
    let limits = Limits::open(&settings(Some(&url))).await.unwrap();
    let who = somebody();
    assert_three(&limits, Limit::Play, &who).await;
    let mut conn = redis::Client::open(url)
        .unwrap()
        .get_multiplexed_async_connection()
        .await
        .unwrap();
    let key = format!("casino-club:limit:play:{who}");
    let left_millis: i64 = redis::cmd("PTTL")
        .arg(&key)
        .query_async(&mut conn)
        .await
        .unwrap();
    assert!((1..=60_000).contains(&left_millis), "{left_millis}");
    let _: () = redis::cmd("DEL")
        .arg(&key)
        .query_async(&mut conn)
        .await
        .unwrap();
    assert_three(&limits, Limit::Play, &who).await;
}

#[tokio::test]
async fn a_redis_that_cannot_be_reached_keeps_nobody_out_and_the_limit_stays() {
    // Nothing listens on the discard port.
    let limits = Limits::open(&settings(Some("redis://127.0.0.1:9")))
        .await
        .unwrap();
    each_limit_and_each_who_counts_alone(&limits).await;
}

#[tokio::test]
async fn a_redis_that_never_answers_keeps_nobody_out() {
    // It takes connections and stays silent.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("redis://{}", silent.local_addr().unwrap());
    let hasty = Settings {
        redis_wait: REDIS_WAIT,
        ..settings(Some(&url))
    };
    let limits = Limits::open(&hasty).await.unwrap();
    assert_three(&limits, Limit::SignIn, &somebody()).await;
}

#[tokio::test]
async fn a_redis_address_that_is_none_is_refused_at_the_start() {
    assert!(
        Limits::open(&settings(Some("not an address")))
            .await
            .is_err()
    );
}
