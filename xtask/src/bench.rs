//! `cargo xtask bench`: measured numbers, never asserted.

use crate::services::{Durability, Services};
use crate::{release, shell, steps};
use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Measure on this PostgreSQL (an administrator's URL) instead of a found or started one
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Further arguments for the measuring program
    #[arg(last = true)]
    rest: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    release::build()?;
    let mut services = Services::new(Durability::Durable);
    let postgres = match &args.postgres {
        Some(url) => url.clone(),
        None => services.postgres()?,
    };
    let mut bench = shell::cargo("run --locked --release --package server --example bench --");
    bench.args(["--sqlite", "--postgres", &postgres]);
    bench.args(["--redis", &services.redis()?]);
    bench.args(&args.rest);
    release::locate_site(&mut bench);
    shell::run(bench.env("CASINO_CLUB_BIN", shell::absolute(release::BINARY)))?;
    steps::browser_bench(&mut services)?;
    println!("{}", steps::size()?);
    Ok(())
}
