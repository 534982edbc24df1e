//! Spins a second: the rule, the engine without HTTP, and REST.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::Backend;
use economy::Tokens;
use games::{ClientSeed, Draws, ServerSeed, slot};
use serde_json::json;
use wire::auth::Token;
use wire::slot::SpinRequest;

use crate::Engine;
use crate::club::{self, Server, device};
use crate::measure::{Measured, say};

/// Members that play at once.
const MEMBERS: usize = 32;
/// How long each measurement lasts.
const MEASURE: Duration = Duration::from_secs(8);

pub(crate) fn pure_rule() {
    let (secret, seed) = (ServerSeed([7; 32]), ClientSeed::parse("bench").unwrap());
    let bet = slot::Bet::new(Tokens::from_u32(50), slot::Lines::new(5).unwrap()).unwrap();
    let start = Instant::now();
    let (mut spins, mut paid) = (0_i64, 0_i64);
    while start.elapsed() < Duration::from_secs(2) {
        for _ in 0..1_000 {
            let outcome = slot::settle(bet, &mut Draws::new(&secret, &seed, spins));
            paid += outcome.payout.get();
            spins += 1;
        }
    }
    let rate = spins as f64 / start.elapsed().as_secs_f64();
    let back = paid as f64 / (spins as f64 * 0.5);
    say(
        "pure rule, one core",
        &format!("{rate:>9.0}/s   return {back:.2} %"),
    );
}

pub(crate) async fn measure(engine: &Engine, binary: &Path) {
    let name = engine.name();
    let database = engine.fresh("spins");
    let backend = club::open(&database, None).await;
    let members = club::join(&backend, MEMBERS).await;
    let single = bare(&backend, &members[..1]).await;
    single.rate(&format!("{name}, bare engine, one spin after another"));
    let many = bare(&backend, &members).await;
    many.rate(&format!("{name}, bare engine, {MEMBERS} members at once"));
    let server = Server::start(binary, &database).await;
    let before = server.resident_kib();
    let rest = rest(&server, &members).await;
    rest.rate(&format!("{name}, REST, {MEMBERS} members at once"));
    let (one, all) = (
        rest.per_second() / single.per_second(),
        rest.per_second() / many.per_second(),
    );
    say(
        &format!("{name}, REST against bare"),
        &format!("{one:.2} of one after another, {all:.2} of {MEMBERS} at once"),
    );
    let after = server.resident_kib();
    say(
        &format!("{name}, server memory"),
        &format!("{before} KiB after start, {after} KiB after the spins"),
    );
    backend.proofs.ledger().await.unwrap().unwrap();
}

async fn bare(backend: &Backend, members: &[Token]) -> Measured {
    let start = Instant::now();
    let tasks = members.iter().map(|member| {
        let (backend, user) = (backend.clone(), member.user.id);
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < MEASURE {
                let began = Instant::now();
                let request = SpinRequest {
                    bet_amount: 50,
                    lines: 5,
                };
                let device = device();
                let spin = backend.slot.spin(user, request, None, &device);
                spin.await.unwrap();
                latencies.push(began.elapsed());
            }
            latencies
        })
    });
    Measured::gather(start, tasks.collect()).await
}

async fn rest(server: &Server, members: &[Token]) -> Measured {
    let client = reqwest::Client::new();
    let url: Arc<str> = format!("http://{}/api/games/slot/spin", server.address).into();
    let start = Instant::now();
    let tasks = members.iter().map(|member| {
        let (client, url, token) = (client.clone(), url.clone(), member.access_token.clone());
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < MEASURE {
                let began = Instant::now();
                let body = json!({"bet_amount": 50, "lines": 5});
                let request = client.post(&*url).bearer_auth(&token).json(&body);
                let answer = request.send().await.unwrap().error_for_status().unwrap();
                answer.bytes().await.unwrap();
                latencies.push(began.elapsed());
            }
            latencies
        })
    });
    Measured::gather(start, tasks.collect()).await
}
