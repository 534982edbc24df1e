//! Measures the club: `cargo xtask bench` builds the release and runs this.
//!
//! For each engine: spins a second over REST against the release binary, with 32 members at once,
//! and beside it the bare engine, the same service call without HTTP, in this process: one spin
//! after another (one commit a spin) and 32 at once. Figures are printed, never asserted.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench reads the clock and stops at the first error"
)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::{Backend, Device, Settings, SystemClock, SystemEntropy};
use clap::Parser;
use economy::Tokens;
use games::{ClientSeed, Draws, ServerSeed, slot};
use serde_json::{Value, json};
use wire::UserId;
use wire::auth::SignUpRequest;
use wire::slot::SpinRequest;

/// Members that play at once.
const MEMBERS: usize = 32;
/// How long each measurement lasts.
const MEASURE: Duration = Duration::from_secs(8);
/// Enough that nobody runs out of tokens.
const TOKENS: u32 = 100_000_000;

#[derive(Parser)]
struct Options {
    /// Measures on a SQLite file.
    #[arg(long)]
    sqlite: bool,
    /// Measures on a PostgreSQL server, in a database of its own: `postgres://user@host/postgres`.
    #[arg(long)]
    postgres: Option<String>,
    /// The release binary.
    #[arg(
        long,
        env = "CASINO_CLUB_BIN",
        default_value = "target/release/casino-club"
    )]
    binary: PathBuf,
}

/// How long each request took, and how long all of them took together.
struct Measured {
    latencies: Vec<Duration>,
    elapsed: Duration,
}

impl Measured {
    fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64()
    }

    fn line(&mut self, what: &str) -> String {
        self.latencies.sort_unstable();
        let at = |percent: usize| {
            self.latencies[(self.latencies.len() - 1) * percent / 100].as_secs_f64() * 1_000.0
        };
        format!(
            "{what:<44} {:>9.0}/s   p50 {:>7.2} ms   p99 {:>7.2} ms",
            self.per_second(),
            at(50),
            at(99)
        )
    }
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    pure_rule();
    if options.sqlite {
        let folder = tempfile::tempdir().unwrap();
        let url = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        engine("sqlite", &options.binary, &url("bare.db"), &url("http.db")).await;
    }
    if let Some(server) = &options.postgres {
        let names = ["casino_bench_bare", "casino_bench_http"];
        for name in names {
            postgres(
                server,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            );
            postgres(server, &format!("CREATE DATABASE {name}"));
        }
        let url = |name: &str| format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        engine("postgres", &options.binary, &url(names[0]), &url(names[1])).await;
        for name in names {
            postgres(
                server,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            );
        }
    }
}

fn postgres(server: &str, statement: &str) {
    let done = Command::new("psql")
        .args(["-q", "-v", "ON_ERROR_STOP=1", server, "-c", statement])
        .stderr(Stdio::null())
        .status();
    assert!(done.unwrap().success(), "psql could not run {statement}");
}

fn pure_rule() {
    let (secret, seed) = (ServerSeed([7; 32]), ClientSeed::parse("bench").unwrap());
    let bet = slot::Bet::new(Tokens::from_u32(50), slot::Lines::new(5).unwrap()).unwrap();
    let start = Instant::now();
    let mut spins = 0_i64;
    let mut paid = 0_i64;
    while start.elapsed() < Duration::from_secs(2) {
        for _ in 0..1_000 {
            paid += slot::settle(bet, &mut Draws::new(&secret, &seed, spins))
                .payout
                .get();
            spins += 1;
        }
    }
    let per_second = spins as f64 / start.elapsed().as_secs_f64();
    println!(
        "{:<44} {per_second:>9.0}/s   return {:.2} %",
        "pure rule, one core",
        paid as f64 / (spins as f64 * 0.5)
    );
}

async fn engine(name: &str, binary: &Path, bare_url: &str, http_url: &str) {
    let mut settings = Settings::development(bare_url, "a secret that only the bench uses, 32+");
    settings.initial_tokens = Tokens::from_u32(TOKENS);
    settings.auth.argon2_memory_kib = 64;
    let backend = Backend::open(settings, Arc::new(SystemClock), Arc::new(SystemEntropy))
        .await
        .unwrap();
    let members = bare_members(&backend).await;
    let mut single = bare(&backend, &members[..1]).await;
    println!(
        "{}",
        single.line(&format!("{name}, bare engine, one at a time"))
    );
    let mut many = bare(&backend, &members).await;
    println!(
        "{}",
        many.line(&format!("{name}, bare engine, {MEMBERS} at once"))
    );
    backend.ledger.verify().await.unwrap().unwrap();

    let mut server = Server::start(binary, http_url).await;
    let before = server.resident_kib();
    let mut http = server.measure().await;
    println!(
        "{}",
        http.line(&format!("{name}, REST, {MEMBERS} members at once"))
    );
    println!(
        "{:<44} {:>8.2}x of one at a time, {:.2}x of {MEMBERS} at once",
        format!("{name}, REST against bare"),
        http.per_second() / single.per_second(),
        http.per_second() / many.per_second()
    );
    println!(
        "{:<44} {before} KiB after start, {} KiB after the bench",
        format!("{name}, server memory"),
        server.resident_kib()
    );
    server.stop();
}

async fn bare_members(backend: &Backend) -> Vec<UserId> {
    let mut members = Vec::new();
    for n in 0..MEMBERS {
        let request = SignUpRequest {
            site_id: format!("bench{n}"),
            nickname: format!("bench{n}"),
            phone_number: format!("0100000{n:05}"),
            password: "bench bench bench".to_owned(),
            invite_code: "5858".to_owned(),
        };
        members.push(
            backend
                .accounts
                .sign_up(request, &device())
                .await
                .unwrap()
                .user
                .id,
        );
    }
    members
}

fn device() -> Device {
    Device {
        address: "127.0.0.1".to_owned(),
        user_agent: "bench".to_owned(),
    }
}

async fn bare(backend: &Backend, members: &[UserId]) -> Measured {
    let start = Instant::now();
    let tasks: Vec<_> = members
        .iter()
        .map(|&member| {
            let backend = backend.clone();
            tokio::spawn(async move {
                let mut latencies = Vec::new();
                while start.elapsed() < MEASURE {
                    let began = Instant::now();
                    let request = SpinRequest {
                        bet_amount: 50,
                        lines: 5,
                    };
                    backend
                        .slot
                        .spin(member, request, None, &device())
                        .await
                        .unwrap();
                    latencies.push(began.elapsed());
                }
                latencies
            })
        })
        .collect();
    gather(start, tasks).await
}

async fn gather(start: Instant, tasks: Vec<tokio::task::JoinHandle<Vec<Duration>>>) -> Measured {
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await.unwrap());
    }
    Measured {
        latencies,
        elapsed: start.elapsed(),
    }
}

/// The release binary on a free port.
struct Server {
    process: Child,
    origin: String,
    client: reqwest::Client,
}

impl Server {
    async fn start(binary: &Path, database: &str) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let origin = format!("http://127.0.0.1:{port}");
        let process = Command::new(binary)
            .arg("serve")
            .env("ENVIRONMENT", "test")
            .env("DATABASE_URL", database)
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}"))
            .env("UNLIMITED_INVITE_CODE", "5858")
            .env("INITIAL_CYBER_TOKENS", TOKENS.to_string())
            .env("JWT_SECRET_KEY", "a secret that only the bench uses, 32+")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self {
            process,
            origin,
            client: reqwest::Client::new(),
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        while server
            .client
            .get(format!("{}/health", server.origin))
            .send()
            .await
            .is_err()
        {
            assert!(Instant::now() < deadline, "the server does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        server
    }

    async fn post(&self, path: &str, token: &str, body: &Value) -> Value {
        let request = self
            .client
            .post(format!("{}{path}", self.origin))
            .bearer_auth(token)
            .json(body);
        let response = request.send().await.unwrap().error_for_status().unwrap();
        response.json().await.unwrap()
    }

    async fn measure(&self) -> Measured {
        let mut tokens = Vec::new();
        for n in 0..MEMBERS {
            let body = json!({
                "site_id": format!("bench{n}"), "nickname": format!("bench{n}"),
                "phone_number": format!("0100000{n:05}"), "password": "bench bench bench", "invite_code": "5858",
            });
            let token = self.post("/api/auth/signup", "", &body).await;
            tokens.push(token["access_token"].as_str().unwrap().to_owned());
        }
        let start = Instant::now();
        let url: Arc<str> = format!("{}/api/games/slot/spin", self.origin).into();
        let tasks = tokens.into_iter().map(|token| {
            let (client, url) = (self.client.clone(), url.clone());
            tokio::spawn(async move {
                let mut latencies = Vec::new();
                while start.elapsed() < MEASURE {
                    let began = Instant::now();
                    let request = client
                        .post(&*url)
                        .bearer_auth(&token)
                        .json(&json!({"bet_amount": 50, "lines": 5}));
                    request
                        .send()
                        .await
                        .unwrap()
                        .error_for_status()
                        .unwrap()
                        .bytes()
                        .await
                        .unwrap();
                    latencies.push(began.elapsed());
                }
                latencies
            })
        });
        gather(start, tasks.collect()).await
    }

    fn resident_kib(&self) -> i64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))
            .unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next())
            .and_then(|kib| kib.parse().ok())
            .unwrap_or(-1)
    }

    fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
