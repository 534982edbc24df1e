//! Measures the club: `cargo xtask bench` builds the release and runs this.
//!
//! Of no engine: spins of the pure rule, and how long a request takes to read, beside serde alone. On
//! each engine: spins of the bare engine and over REST, of this build or of two in turn; what is held in
//! memory once many have joined and played; rounds of crash with each store of live sessions; how late
//! the club settles; sockets and what is said to everyone; purchases of items and of one hot package;
//! reading a record of a million hands. Figures are printed, never asserted.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench reads the clock and stops at the first error"
)]

mod client;
mod club;
mod hands;
mod kills;
mod live;
mod measure;
mod memory;
mod requests;
mod rounds;
mod shop;
mod spins;
mod trouble;
mod usage;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use clap::{Parser, ValueEnum};

#[derive(Parser)]
struct Options {
    /// Measures on a SQLite file.
    #[arg(long)]
    sqlite: bool,
    /// Measures on a PostgreSQL server, in a database of its own: `postgres://user@host/postgres`.
    #[arg(long)]
    postgres: Option<String>,
    /// Measures rounds of crash with their live sessions in this Redis too.
    #[arg(long)]
    redis: Option<String>,
    /// Only this; everything when left out.
    #[arg(long)]
    only: Vec<Part>,
    /// Kills the club so many times under load, instead of measuring it.
    #[arg(long)]
    kills: Option<usize>,
    /// The release binary.
    #[arg(
        long,
        env = "CASINO_CLUB_BIN",
        default_value = "target/release/casino-club"
    )]
    binary: PathBuf,
    /// How many members spin at once, in turn.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 32, 128])]
    at_once: Vec<usize>,
    /// Another release binary; spins over REST are measured on both, in turn.
    #[arg(long)]
    before: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Spins,
    Requests,
    Memory,
    Rounds,
    Live,
    Shop,
    Hands,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// How many SQLite files there were.
static FILES: AtomicU32 = AtomicU32::new(0);

/// An engine, and where to find databases that nobody has used.
enum Engine {
    Sqlite(tempfile::TempDir),
    Postgres(String),
}

impl Engine {
    fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// The address of an empty database.
    fn fresh(&self, name: &str) -> String {
        match self {
            Self::Sqlite(folder) => {
                // Whoever had the one before may still be closing it.
                let number = FILES.fetch_add(1, Ordering::Relaxed);
                let file = folder.path().join(format!("{name}-{number}.db"));
                format!("sqlite://{}", file.display())
            }
            Self::Postgres(server) => {
                let name = format!("casino_bench_{name}");
                psql(
                    server,
                    &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
                );
                psql(server, &format!("CREATE DATABASE {name}"));
                format!("{}/{name}", server.rsplit_once('/').unwrap().0)
            }
        }
    }
}

fn psql(server: &str, statement: &str) {
    let done = Command::new("psql")
        .args(["-q", "-v", "ON_ERROR_STOP=1", server, "-c", statement])
        .stderr(Stdio::null())
        .status();
    assert!(done.unwrap().success(), "psql could not run {statement}");
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    if options.kills.is_none() {
        measure_without_engine(&options);
    }
    if options.sqlite {
        measure_on(&options, &Engine::Sqlite(tempfile::tempdir().unwrap())).await;
    }
    if let Some(server) = &options.postgres {
        measure_on(&options, &Engine::Postgres(server.clone())).await;
    }
}

fn measure_without_engine(options: &Options) {
    if options.wants(Part::Spins) {
        spins::pure_rule();
    }
    if options.wants(Part::Requests) {
        requests::measure();
    }
}

async fn measure_on(options: &Options, engine: &Engine) {
    if let Some(kills) = options.kills {
        return kills::run(engine, &options.binary, kills).await;
    }
    if options.wants(Part::Spins) {
        spins::measure(engine, options).await;
    }
    if options.wants(Part::Memory) {
        memory::measure(engine, &options.binary).await;
    }
    if options.wants(Part::Rounds) {
        rounds::cycles(engine, None).await;
        if let Some(redis) = &options.redis {
            rounds::cycles(engine, Some(redis)).await;
        }
        rounds::lateness(engine).await;
    }
    if options.wants(Part::Live) {
        live::measure(engine, &options.binary).await;
    }
    if options.wants(Part::Shop) {
        shop::measure(engine, &options.binary).await;
    }
    if options.wants(Part::Hands) {
        hands::measure(engine).await;
    }
}
