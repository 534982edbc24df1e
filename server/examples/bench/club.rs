//! The club that is measured: its services in this process, and the release binary.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::db::ScopedFutureExt;
use backend::{Backend, Device, SystemClock, SystemEntropy};
use economy::Tokens;
use server::Config;
use server::config::Source;
use sqlx::AssertSqlSafe;
use wire::auth::{SignUpRequest, Token};

/// Enough that nobody runs out of tokens.
pub(crate) const TOKENS: u32 = 100_000_000;
/// The services and the binary share it, so that a member of one is let in by the other.
pub(crate) const SECRET: &str = "a secret that only the bench uses, 32+";
/// The password of every member.
pub(crate) const PASSWORD: &str = "bench bench bench";

/// The services, on that database.
pub(crate) async fn open(database: &str, redis: Option<&str>) -> Backend {
    let told = [("DATABASE_URL", database), ("JWT_SECRET_KEY", SECRET)];
    let config = Config::read(&Source::of(&told)).unwrap();
    let mut settings = config.services().unwrap();
    settings.initial_tokens = Tokens::from_u32(TOKENS);
    settings.redis_url = redis.map(|url| url.to_owned().into());
    // Neither the brakes nor joining are what is measured.
    settings.limits.purchases_per_minute = 10_000_000;
    settings.payment.purchases_max = 0;
    settings.auth.argon2_memory_kib = 64;
    settings.auth.argon2_passes = 1;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    Backend::open(settings, clock, entropy, None).await.unwrap()
}

/// So many members.
pub(crate) async fn join(backend: &Backend, count: usize) -> Vec<Token> {
    let mut members = Vec::new();
    for n in 0..count {
        let request = SignUpRequest {
            site_id: format!("bench{n}"),
            nickname: format!("bench{n}"),
            phone_number: format!("0100000{n:05}"),
            password: PASSWORD.to_owned(),
            invite_code: "5858".to_owned(),
        };
        // One address may not join so often.
        let device = Device {
            address: format!("10.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255),
            ..device()
        };
        members.push(backend.accounts.sign_up(request, &device).await.unwrap());
    }
    members
}

/// Changes rows as nothing in the club would.
pub(crate) async fn run(backend: &Backend, statement: String) {
    let statement = &statement;
    let done = backend.db().write(|tx| {
        async move {
            sqlx::query(AssertSqlSafe(statement.clone()))
                .execute(&mut **tx)
                .await?;
            Ok(())
        }
        .scope_boxed()
    });
    done.await.unwrap();
}

pub(crate) fn device() -> Device {
    Device {
        address: "127.0.0.1".to_owned(),
        user_agent: "bench".to_owned(),
    }
}

/// What asks over HTTP.
pub(crate) fn http() -> reqwest::Client {
    backend::tls::client("http:").build().unwrap()
}

/// The release binary on a free port.
pub(crate) struct Server {
    process: Child,
    /// `127.0.0.1:port`
    pub(crate) address: String,
}

impl Server {
    pub(crate) async fn start(binary: &Path, database: &str) -> Self {
        Self::start_with(binary, database, "").await
    }

    /// With a payment gateway beside it, unless its address is empty.
    pub(crate) async fn start_with(binary: &Path, database: &str, gateway: &str) -> Self {
        let address = free_address();
        let process = command(binary, database)
            .arg("serve")
            .env("LEPTOS_SITE_ADDR", &address)
            .env("PAYMENT_GATEWAY_URL", gateway)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { process, address };
        let deadline = Instant::now() + Duration::from_secs(20);
        let health = format!("http://{}/health", server.address);
        let client = http();
        while client.get(&health).send().await.is_err() {
            assert!(Instant::now() < deadline, "the server does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        server
    }

    /// Its process' number.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }

    /// What it holds in memory.
    pub(crate) fn resident_kib(&self) -> i64 {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok())
            .unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// Has the binary prove the ledger and the hands of that database.
pub(crate) fn prove(binary: &Path, database: &str) {
    for proof in ["verify-ledger", "verify-hands"] {
        let done = command(binary, database).arg(proof).status();
        assert!(done.unwrap().success(), "{proof} failed");
    }
}

/// The binary's command line, on that database.
pub(crate) fn command(binary: &Path, database: &str) -> Command {
    let mut command = Command::new(binary);
    command
        .env("ENVIRONMENT", "test")
        // What a `.env` of this checkout says of a club in production is not meant.
        .env("SITE_URL", "")
        .env("DATABASE_URL", database)
        .env("JWT_SECRET_KEY", SECRET)
        .env("PAYMENT_GATEWAY_KEY", SECRET)
        .env("PAYMENT_WEBHOOK_SECRET", SECRET)
        .env("INITIAL_CYBER_TOKENS", TOKENS.to_string())
        // Every request comes from one network, which has a quarter of them.
        .env("REQUESTS_AT_ONCE", "2048")
        .env("PURCHASES_IN_FIVE_MINUTES", "0")
        .env("PURCHASES_PER_MINUTE", "10000000")
        .env("RUST_LOG", "warn");
    command
}

pub(crate) fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}
