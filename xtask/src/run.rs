//! `cargo xtask run`: the release, served on this machine with development seed data.

use crate::{release, shell};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Keep rows in this PostgreSQL instead of a file
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Keep live sessions and rate limits in this Redis instead of in the process
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// Listen on this port of 127.0.0.1
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    release::build()?;
    let mut server = shell::command(release::BINARY);
    server.arg("serve");
    release::locate_site(&mut server);
    configure(&mut server, args);
    // The server takes this process's place, so that Ctrl-C and signals reach it directly.
    let error = server.exec();
    Err(error).with_context(|| format!("starting {}", release::BINARY))
}

/// A flag beats the environment, which beats `.env`, which beats the server's own defaults; but where
/// `.env` says that members reach the club, it means the one in production beside this checkout.
fn configure(server: &mut Command, args: &Args) {
    server.env("SITE_URL", shell::env("SITE_URL").unwrap_or_default());
    let address = args.port.map(|port| format!("127.0.0.1:{port}"));
    let flags = [
        ("DATABASE_URL", args.postgres.as_deref()),
        ("REDIS_URL", args.redis.as_deref()),
        ("LEPTOS_SITE_ADDR", address.as_deref()),
    ];
    for (name, flag) in flags {
        if let Some(value) = flag {
            server.env(name, value);
        }
    }
}
