//! `cargo xtask run`: the release, served on this machine with development seed data.

use crate::{release, shell};
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Keep rows in this PostgreSQL instead of the file data/casino-club.db
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

/// A flag beats the environment, which beats `.env`, which beats these defaults.
fn configure(server: &mut Command, args: &Args) {
    let dotenv = fs::read_to_string(".env").unwrap_or_default();
    let address = args.port.map(|port| format!("127.0.0.1:{port}"));
    let settings = [
        ("ENVIRONMENT", None, Some("development")),
        (
            "DATABASE_URL",
            args.postgres.as_deref(),
            Some("sqlite://data/casino-club.db"),
        ),
        ("REDIS_URL", args.redis.as_deref(), None),
        (
            "LEPTOS_SITE_ADDR",
            address.as_deref(),
            Some("127.0.0.1:3000"),
        ),
    ];
    for (name, flag, default) in settings {
        let is_given = std::env::var_os(name).is_some() || is_assigned(&dotenv, name);
        if let Some(value) = flag.or(default.filter(|_| !is_given)) {
            server.env(name, value);
        }
    }
}

/// Whether a `.env` file gives this name a value; the server reads the file itself.
fn is_assigned(dotenv: &str, name: &str) -> bool {
    dotenv
        .lines()
        .filter_map(|line| line.trim_start().split_once('='))
        .any(|(key, _)| key.trim().trim_start_matches("export ") == name)
}

#[cfg(test)]
mod tests {
    use super::is_assigned;

    #[test]
    fn a_dotenv_assignment_is_seen_and_a_comment_is_not() {
        let dotenv = "# DATABASE_URL=sqlite://x\nexport REDIS_URL=redis://y\nPORT = 1\n";
        assert!(!is_assigned(dotenv, "DATABASE_URL"));
        assert!(is_assigned(dotenv, "REDIS_URL"));
        assert!(is_assigned(dotenv, "PORT"));
    }
}
