//! Bodies that are held back: they keep nobody out who brings theirs.

use std::process::Command;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use backend::Settings;
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use testkit::{Club, Engine, TestDatabase, apply, both_engines, within};
use tokio::time::timeout;

use crate::answer::Answer;
use crate::app::{TestApp, client};
use crate::binary::{Serving, on};
use crate::crash::with_database;
use crate::raw::{CONTINUE, Raw};

/// More than the club works on at once for one network.
const CONNECTIONS: usize = 600;
/// The largest body.
const BODY_MAX: usize = 64 * 1024;
/// How many such bodies fill what one network may hold.
const BODIES_OF_A_NETWORK: usize = 64;
/// How many networks fill all that there is room for: each has a quarter.
const NETWORKS: usize = 4;
/// How long a body of which all but a byte has come is waited for.
const HELD_AT_LEAST: Duration = Duration::from_secs(2);
const VALIDATE: &str = "/api/invite/validate";
/// A slow machine may need so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The tests of this process run side by side, and a shell usually gives it a thousand.
fn raise_descriptors() {
    rlimit::increase_nofile_limit(u64::MAX).unwrap();
}

#[apply(both_engines)]
async fn six_hundred_bodies_that_never_come_keep_nobody_out(engine: Engine) {
    with_database(engine, attacked).await;
}

async fn attacked(database: Arc<TestDatabase>) {
    raise_descriptors();
    let serving = Serving::start(on(&database, &["serve"])).await;
    let attack = join_all((0..CONNECTIONS).map(|_| {
        let base = serving.base.clone();
        async move {
            let mut connection = Raw::open(&base).await;
            let heard = connection
                .begin("POST /api/auth/login", &[], BODY_MAX)
                .await;
            (connection, heard)
        }
    }));
    let attack = attack.await;
    let page = client().get(format!("{}/", serving.base));
    let page = Answer::to(page.header("accept", "text/html")).await;
    assert_eq!(page.status, 200, "{page:?}");
    for path in ["/health", "/ready", "/metrics", "/api/games"] {
        let answer = Answer::to(client().get(format!("{}{path}", serving.base))).await;
        assert!(answer.status < 300, "{answer:?}");
    }
    // What only says how much it brings takes no room from what is there.
    let posted = client().post(format!("{}{VALIDATE}", serving.base));
    Answer::to(posted.json(&json!({"code": "5858"})))
        .await
        .with(200);
    for (connection, heard) in attack {
        assert!(heard.starts_with(CONTINUE), "{heard}");
        let answer = connection.answer().await;
        answer.refused(408, "timed_out");
        assert_eq!(answer.header("connection"), "close");
    }
}

/// Below what a shell or a service manager usually gives a process, one host would fill all of it. The
/// system tells, whichever engine there is.
#[tokio::test]
async fn the_club_takes_as_many_descriptors_as_the_system_allows() {
    with_database(Engine::Sqlite, given_few).await;
}

async fn given_few(database: Arc<TestDatabase>) {
    let club = on(&database, &["serve"]);
    let mut few = Command::new("sh");
    few.args(["-c", "ulimit -Sn 256; exec \"$0\" serve"])
        .arg(club.get_program())
        .current_dir(database.folder.path())
        .env_clear();
    for (name, value) in club.get_envs() {
        few.env(name, value.unwrap_or_default());
    }
    let serving = Serving::start(few).await;
    let limits = format!("/proc/{}/limits", serving.process.id().unwrap());
    let limits = std::fs::read_to_string(limits).unwrap();
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let [soft, hard] = [3, 4].map(|place| line.unwrap().split_whitespace().nth(place).unwrap());
    assert_eq!(soft, hard);
    assert_ne!(soft, "256");
}

#[apply(both_engines)]
async fn what_asks_whether_the_club_is_well_waits_for_no_body(club: Club) {
    let app = TestApp::serve(&club).await;
    for path in ["/health", "/ready"] {
        let mut connection = Raw::open(&app.base).await;
        let request = format!("GET {path}");
        connection.ask(&request, &[("Content-Length", "10")]).await;
        let answer = connection.answer().await;
        assert!(answer.status < 300, "{answer:?}");
        assert_eq!(answer.header("connection"), "close");
    }
}

#[apply(both_engines)]
async fn a_network_that_fills_its_share_keeps_no_other_out(engine: Engine) {
    // It asks until it is refused for want of room, however often that is.
    let settings = |it: &mut Settings| it.limits.code_checks_per_minute = 1_000_000;
    within(engine, settings, shared_out).await;
}

async fn shared_out(club: Club) {
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let (full, other) = ("198.51.100.7", "203.0.113.9");
    // On a slow machine the first may be given up before the last is there.
    let fill = async {
        loop {
            let held = fills(&app, full).await;
            let refused = async {
                loop {
                    let answer = validates(&app, full).await;
                    if answer.status == 503 {
                        break answer;
                    }
                }
            };
            if let Ok(refused) = timeout(HELD_AT_LEAST, refused).await {
                break (held, refused);
            }
        }
    };
    let (held, refused) = timeout(PATIENCE, fill).await.unwrap();
    refused.refused(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("connection"), "close");
    validates(&app, other).await.with(200);
    // What is left of a request that nobody waits for any more is given back.
    drop(held);
    let emptied = async { while validates(&app, full).await.status == 503 {} };
    timeout(PATIENCE, emptied).await.unwrap();
    validates(&app, full).await.with(200);
}

/// As many bodies as one network may hold, of which all but the last byte has come.
async fn fills(app: &TestApp, address: &str) -> Vec<Raw> {
    let bodies = (0..BODIES_OF_A_NETWORK).map(|_| async {
        let mut connection = Raw::open(&app.base).await;
        let headers = [("X-Forwarded-For", address), ("Connection", "close")];
        let request = format!("POST {VALIDATE}");
        let heard = connection.begin(&request, &headers, BODY_MAX).await;
        if heard.starts_with(CONTINUE) {
            connection.say(&" ".repeat(BODY_MAX - 1)).await;
        }
        connection
    });
    join_all(bodies).await
}

async fn validates(app: &TestApp, address: &str) -> Answer {
    let request = app.request(Method::POST, VALIDATE);
    let request = request.header("x-forwarded-for", address);
    // More than is left beside bodies that lack a byte each.
    let more = "x".repeat(BODIES_OF_A_NETWORK);
    Answer::to(request.json(&json!({"code": "5858", "more": more}))).await
}

/// No row is asked for, so that one engine tells; and on one thread, whose clock can be stopped.
#[tokio::test]
async fn bodies_are_asked_for_up_to_16_megabytes_and_one_beyond_is_refused_unread() {
    within(Engine::Sqlite, |_| (), filled).await;
}

async fn filled(club: Club) {
    raise_descriptors();
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let _still = Still::begin();
    let mut held = Vec::new();
    for network in 1..=NETWORKS {
        held.extend(fills(&app, &format!("198.51.100.{network}")).await);
    }
    // A byte more than all of these lack.
    let refused = refused_unread(&app, held.len() + 1);
    let refused = timeout(PATIENCE, refused).await.unwrap();
    refused.refused(503, "unavailable");
    assert_eq!(refused.header("connection"), "close");
    for mut connection in held {
        connection.say(" ").await;
        // It was taken to its last byte: nothing but spaces is no JSON.
        connection.answer().await.refused(400, "malformed_body");
    }
}

/// Says that it brings so many bytes, and sends none of them, until it is not asked for them any more.
/// Gives what it is told instead.
async fn refused_unread(app: &TestApp, length: usize) -> Answer {
    let headers = [("X-Forwarded-For", "203.0.113.9"), ("Connection", "close")];
    let request = format!("POST {VALIDATE}");
    loop {
        let mut connection = Raw::open(&app.base).await;
        let heard = connection.begin(&request, &headers, length).await;
        if !heard.starts_with(CONTINUE) {
            return connection.answer().await;
        }
    }
}

/// Until this is dropped no time passes, so that a body which is held back is not given up on a slow
/// machine before the last one is there.
struct Still {
    _until: mpsc::Sender<()>,
}

impl Still {
    fn begin() -> Self {
        let (until, ended) = mpsc::channel::<()>();
        // A paused clock jumps ahead whenever all wait, but not while a thread blocks. That ends too, so
        // that a test which fails does not hang.
        tokio::task::spawn_blocking(move || ended.recv_timeout(PATIENCE));
        tokio::time::pause();
        Self { _until: until }
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}
