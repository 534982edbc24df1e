//! Spins a second: the rule, the engine without HTTP, and REST, of this build or of two in turn.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use backend::{Backend, Device, IdempotencyKey};
use economy::Tokens;
use games::{ClientSeed, Draws, ServerSeed, slot};
use tokio::runtime::Builder;
use wire::auth::Token;
use wire::slot::SpinRequest;

use crate::client::{Caller, sign_up};
use crate::club::{self, Server};
use crate::measure::{Measured, say};
use crate::usage::{Usage, Used};
use crate::{Engine, Options, trouble};

/// How long each drives at a time.
pub(crate) const MEASURE: Duration = Duration::from_secs(5);
/// How often: two builds take turns, so that neither has the quieter minute.
const ROUNDS: usize = 3;

const PATH: &str = "/api/games/slot/spin";
pub(crate) const BODY: &str = r#"{"bet_amount":50,"lines":5}"#;

/// Whether each hand has a key of its own.
#[derive(Clone, Copy)]
pub(crate) enum Keys {
    None,
    Each,
}

impl Keys {
    const BOTH: [Self; 2] = [Self::None, Self::Each];

    fn name(self) -> &'static str {
        match self {
            Self::None => "without keys",
            Self::Each => "with keys",
        }
    }
}

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

/// A club that is driven over REST.
struct Driven {
    name: &'static str,
    server: Server,
    database: String,
    /// Access tokens of its members.
    members: Vec<String>,
}

impl Driven {
    async fn open(name: &'static str, binary: &Path, engine: &Engine, count: usize) -> Self {
        let database = engine.fresh(&format!("spins_{name}"));
        let server = Server::start(binary, &database).await;
        let mut members = Vec::new();
        for n in 0..count {
            members.push(sign_up(&server.address, n).await);
        }
        Self {
            name,
            server,
            database,
            members,
        }
    }
}

/// Measures this build, and beside it the one before if there is one.
pub(crate) async fn measure(engine: &Engine, options: &Options) {
    for &at_once in &options.at_once {
        for keys in Keys::BOTH {
            bare(engine, at_once, keys).await;
        }
    }
    trouble::measure(engine).await;
    let members = options.at_once.iter().copied().max().unwrap_or_default();
    let mut clubs = Vec::new();
    let builds = [
        ("before", options.before.as_ref()),
        ("now", Some(&options.binary)),
    ];
    for (name, binary) in builds {
        if let Some(binary) = binary {
            clubs.push(Driven::open(name, binary, engine, members).await);
        }
    }
    for &at_once in &options.at_once {
        for keys in Keys::BOTH {
            compare(engine, &clubs, at_once, keys).await;
        }
    }
    for club in clubs {
        let memory = club.server.resident_kib();
        say(
            &format!("{}, REST, {}, server memory then", engine.name(), club.name),
            &format!("{memory} KiB"),
        );
        drop(club.server);
        club::prove(&options.binary, &club.database);
    }
}

/// Drives the clubs over REST, in turn.
async fn compare(engine: &Engine, clubs: &[Driven], at_once: usize, keys: Keys) {
    let mut of_club: Vec<_> = clubs
        .iter()
        .map(|_| (Measured::default(), Used::default()))
        .collect();
    for _ in 0..ROUNDS {
        for (club, (measured, used)) in clubs.iter().zip(&mut of_club) {
            let before = Usage::of(engine, &club.database, Some(&club.server)).await;
            let members = &club.members[..at_once];
            measured.merge(drive(&club.server, members, keys, MEASURE).await);
            let after = Usage::of(engine, &club.database, Some(&club.server)).await;
            used.add(&before, &after);
        }
    }
    for (club, (measured, used)) in clubs.iter().zip(&of_club) {
        let what = format!(
            "{}, REST, {at_once} at once, {}, {}",
            engine.name(),
            keys.name(),
            club.name
        );
        measured.rate(&what);
        used.say(measured.count(), measured.elapsed());
    }
}

/// Has members spin over REST, each one spin after another. One thread calls for all of them: what it
/// takes of the processor, it takes from the club that it measures.
pub(crate) async fn drive(
    server: &Server,
    members: &[String],
    keys: Keys,
    time: Duration,
) -> Measured {
    let (address, members) = (server.address.clone(), members.to_vec());
    let driven = tokio::task::spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime
            .unwrap()
            .block_on(call(&address, &members, keys, time))
    });
    driven.await.unwrap()
}

async fn call(address: &str, members: &[String], keys: Keys, time: Duration) -> Measured {
    let mut callers = Vec::new();
    for member in members {
        let caller = Caller::connect(address, member).await;
        callers.push(caller.ok().unwrap());
    }
    let start = Instant::now();
    let tasks = callers.into_iter().map(|mut caller| {
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < time {
                let began = Instant::now();
                let answer = caller.post(PATH, BODY, fresh_key(keys).as_deref()).await;
                let (status, answer) = answer.ok().unwrap();
                assert!(status.is_success(), "{status}: {answer:?}");
                latencies.push(began.elapsed());
            }
            latencies
        })
    });
    Measured::gather(start, tasks.collect()).await
}

/// Drives the services in this process.
async fn bare(engine: &Engine, at_once: usize, keys: Keys) {
    let database = engine.fresh("spins");
    let backend = club::open(&database, None).await;
    let members = club::join(&backend, at_once).await;
    let before = Usage::of(engine, &database, None).await;
    let start = Instant::now();
    let tasks = members
        .iter()
        .map(|member| tokio::spawn(spin(backend.clone(), member, start, keys, usize::MAX)));
    let measured = Measured::gather(start, tasks.collect()).await;
    let after = Usage::of(engine, &database, None).await;
    measured.rate(&format!(
        "{}, bare, {at_once} at once, {}",
        engine.name(),
        keys.name()
    ));
    let mut used = Used::default();
    used.add(&before, &after);
    used.say(measured.count(), measured.elapsed());
    backend.proofs.ledger().await.unwrap().unwrap();
}

pub(crate) fn request() -> SpinRequest {
    SpinRequest {
        bet_amount: 50,
        lines: 5,
    }
}

/// One member's spins, one after another, at most so many.
pub(crate) fn spin(
    backend: Backend,
    member: &Token,
    start: Instant,
    keys: Keys,
    most: usize,
) -> impl Future<Output = Vec<Duration>> + use<> {
    let claimed = backend.accounts.claimed(&member.access_token).unwrap();
    let device: Arc<Device> = club::device().into();
    async move {
        let mut latencies = Vec::new();
        while latencies.len() < most && start.elapsed() < MEASURE {
            let began = Instant::now();
            let key = fresh_key(keys).map(|key| IdempotencyKey::parse(&key).unwrap());
            let spin = backend.slot.spin(&claimed, request(), key, &device);
            spin.await.unwrap();
            latencies.push(began.elapsed());
        }
        latencies
    }
}

fn fresh_key(keys: Keys) -> Option<String> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    match keys {
        Keys::None => None,
        Keys::Each => Some(format!("bench-{}", NEXT.fetch_add(1, Ordering::Relaxed))),
    }
}
