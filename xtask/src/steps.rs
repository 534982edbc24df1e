//! One function for each check. Each gets what it needs and can be run alone.
//!
//! Clippy, docs and tests select the same packages with the same features,
//! so that a dependency is compiled once for checking and once for running.

use crate::release::Site;
use crate::services::{Services, chromium, free_port};
use crate::shell::{self, cargo, run};
use crate::{postgres, refusals, release, tools};
use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";
const RULE_COVERAGE_MIN_PERCENT: u8 = 95;
/// The server of the native tests.
pub(crate) const TEST_BINARY: &str = "target/debug/casino-club";
const VECTORS: &str = "crates/games/tests/vectors.mjs";

/// Most steps have nothing to say beside "passed".
fn passed() -> Result<String> {
    Ok(String::new())
}

pub(crate) fn fmt() -> Result<String> {
    tools::component("rustfmt")?;
    run(&mut cargo("fmt --all -- --check"))?;
    passed()
}

pub(crate) fn glyphs() -> Result<String> {
    tools::node_modules()?;
    run(shell::command("node").args(["style/glyphs.mjs", "--check"]))?;
    passed()
}

pub(crate) fn types() -> Result<String> {
    tools::node_modules()?;
    run(shell::command("tsc").args(["--noEmit", "--project", "end2end"]))?;
    passed()
}

pub(crate) fn unused() -> Result<String> {
    tools::MACHETE.ensure()?;
    run(&mut shell::command("cargo-machete"))?;
    passed()
}

/// Advisories are looked for by [`advisories`]: they need a network and change without a commit.
pub(crate) fn deny() -> Result<String> {
    tools::DENY.ensure()?;
    run(&mut cargo("deny --locked check licenses bans sources"))?;
    passed()
}

/// Fails when a dependency has a known fault, or one of the club's own is not maintained any more.
pub(crate) fn advisories() -> Result<()> {
    tools::DENY.ensure()?;
    run(&mut cargo("deny --locked check advisories"))
}

pub(crate) fn clippy() -> Result<String> {
    tools::component("clippy")?;
    run(&mut cargo("clippy --locked --all-targets -- -D warnings"))?;
    passed()
}

pub(crate) fn clippy_wasm() -> Result<String> {
    tools::component("clippy")?;
    tools::wasm_target()?;
    let line = format!("clippy --locked --package frontend --target {WASM} -- -D warnings");
    run(&mut cargo(&line))?;
    passed()
}

pub(crate) fn docs() -> Result<String> {
    run(cargo("doc --locked --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
    passed()
}

pub(crate) fn rules() -> Result<String> {
    tools::wasm_target()?;
    tools::node()?;
    let line =
        format!("build --locked --release --package games --example vectors --target {WASM}");
    run(&mut cargo(&line))?;
    run(shell::command("node").arg(VECTORS))?;
    passed()
}

pub(crate) fn native(services: &mut Services) -> Result<String> {
    let (postgres, redis) = (services.postgres()?, services.redis()?);
    let met = refusals::met()?;
    run(cargo("test --locked")
        .env("TEST_POSTGRES_URL", postgres)
        .env("TEST_REDIS_URL", redis)
        .env("REFUSALS_MET", &met))?;
    refusals::compare(&met)
}

pub(crate) fn coverage() -> Result<String> {
    tools::component("llvm-tools")?;
    tools::LLVM_COV.ensure()?;
    let line = format!(
        "llvm-cov --locked --package economy --package games --package progress --profile coverage \
         --summary-only --fail-under-lines {RULE_COVERAGE_MIN_PERCENT}"
    );
    run(&mut cargo(&line))?;
    passed()
}

/// Built behind the steps before, unless this one runs alone.
pub(crate) fn site() -> Result<String> {
    Site::begin()?.map_or(Ok(()), Site::finish)?;
    passed()
}

/// The budget stands in `end2end/weight/budget.ts`; the table of every page is printed.
pub(crate) fn weight(services: &mut Services) -> Result<String> {
    let mut playwright = on_test_server("sqlite", &sqlite_url()?, services)?;
    run(playwright.args(["test", "-c", "weight.config.ts"]))?;
    size()
}

/// What `bench` prints too: how much code there is, whichever page needs it.
pub(crate) fn size() -> Result<String> {
    let wasm = release::client_wasm()?;
    Ok(format!(
        "first wasm {} kB in brotli, all {} kB in {} files",
        wasm.first.div_ceil(1000),
        wasm.all.div_ceil(1000),
        wasm.files
    ))
}

pub(crate) fn e2e_sqlite(services: &mut Services) -> Result<String> {
    browser_tests("sqlite", &sqlite_url()?, services)?;
    passed()
}

/// An empty file.
fn sqlite_url() -> Result<String> {
    let dir = shell::absolute("target/e2e");
    // A database left by an earlier run has its members and its lockouts.
    if dir.exists() {
        fs::remove_dir_all(&dir).with_context(|| format!("emptying {}", dir.display()))?;
    }
    fs::create_dir_all(&dir).with_context(|| format!("creating {}", dir.display()))?;
    Ok(format!("sqlite://{}", dir.join("casino-club.db").display()))
}

/// What a browser does in a second; on the SQLite file of its own, as the tests have.
pub(crate) fn browser_bench(services: &mut Services) -> Result<()> {
    release::build()?;
    let mut playwright = playwright(release::BINARY, "sqlite", &sqlite_url()?, services)?;
    run(playwright.args(["test", "-c", "bench.config.ts"]))
}

pub(crate) fn e2e_postgres(services: &mut Services) -> Result<String> {
    let admin = services.postgres()?;
    let name = format!("casino_club_e2e_{}", std::process::id());
    let url = postgres::create_database(&admin, &name)?;
    let outcome = browser_tests("postgres", &url, services);
    postgres::drop_database(&admin, &name)?;
    outcome?;
    passed()
}

/// What failed has failed, whatever comes of it the second time: that one is for its trace alone.
fn browser_tests(engine: &str, database_url: &str, services: &mut Services) -> Result<()> {
    let outcome = run(on_test_server(engine, database_url, services)?.arg("test"));
    if outcome.is_err() {
        println!("What failed runs once more, to leave a trace in end2end/test-results.");
        let mut again = on_test_server(engine, database_url, services)?;
        if run(again.args(["test", "--last-failed", "--trace", "on"])).is_ok() {
            println!("It passed the second time, so something is left to chance.");
        }
    }
    outcome
}

/// The page as it is released, on the server that the native tests have: its SSR is the same, and
/// compiling all of it a third time would cost more than its tests take.
fn on_test_server(engine: &str, url: &str, services: &mut Services) -> Result<Command> {
    site()?;
    // As for the native tests, or features would differ and dependencies be compiled again.
    run(&mut cargo("test --locked --no-run"))?;
    release::lay_hashes_beside(TEST_BINARY)?;
    playwright(TEST_BINARY, engine, url, services)
}

/// What runs in the browser starts the server itself, from what is named here.
fn playwright(
    binary: &str,
    engine: &str,
    database_url: &str,
    services: &mut Services,
) -> Result<Command> {
    tools::node_modules()?;
    let mut playwright = shell::command("playwright");
    playwright
        .current_dir("end2end")
        .env("E2E_ENGINE", engine)
        .env("E2E_DATABASE_URL", database_url)
        .env("E2E_POSTGRES_URL", services.postgres()?)
        .env("E2E_REDIS_URL", services.redis()?)
        .env("E2E_PORT", free_port()?.to_string())
        .env("CHROMIUM_PATH", chromium()?)
        .env("CASINO_CLUB_BIN", shell::absolute(binary));
    release::locate_site(&mut playwright);
    Ok(playwright)
}
