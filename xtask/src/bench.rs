//! `cargo xtask bench`: measured numbers, never asserted. `cargo xtask kill`: the same club, killed.

use crate::services::{Durability, Services};
use crate::{release, shell, steps};
use anyhow::Result;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Measure on this PostgreSQL (an administrator's URL) instead of a found or started one
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Measure spins over REST on the build of this commit too, in turn
    #[arg(long, value_name = "REF")]
    compare: Option<String>,
    /// Further arguments for the measuring program
    #[arg(last = true)]
    rest: Vec<String>,
}

#[derive(clap::Args)]
pub(crate) struct KillArgs {
    /// How often, on each engine
    #[arg(long, default_value_t = 300)]
    times: usize,
    /// The PostgreSQL to use (an administrator's URL) instead of a found or started one
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    release::build()?;
    let before = args.compare.as_deref().map(release::build_of).transpose()?;
    let mut services = Services::new(Durability::Durable);
    let mut bench = program(&mut services, args.postgres.as_deref())?;
    bench.args(["--redis", &services.redis()?]);
    if let Some(before) = before {
        bench.arg("--before").arg(before);
    }
    shell::run(bench.args(&args.rest))?;
    steps::browser_bench(&mut services)?;
    println!("{}", steps::size()?);
    Ok(())
}

pub(crate) fn kill(args: &KillArgs) -> Result<()> {
    release::build()?;
    let mut services = Services::new(Durability::Durable);
    let mut bench = program(&mut services, args.postgres.as_deref())?;
    shell::run(bench.args(["--kills", &args.times.to_string()]))
}

/// The measuring program, which drives the release on both engines.
fn program(services: &mut Services, postgres: Option<&str>) -> Result<Command> {
    let postgres = match postgres {
        Some(url) => url.to_owned(),
        None => services.postgres()?,
    };
    let mut bench = shell::cargo("run --locked --release --package server --example bench --");
    bench.args(["--sqlite", "--postgres", &postgres]);
    release::locate_site(&mut bench);
    bench.env("CASINO_CLUB_BIN", shell::absolute(release::BINARY));
    Ok(bench)
}
