//! `serve`: reads settings, starts the log, binds, opens the club, and serves until told to stop.

use std::fmt::Write;

use backend::Backend;
use backend::live::LISTENERS_MAX;
use tokio::net::TcpListener;

use super::sandbox;
use crate::config::Environment;
use crate::seed::{self, DEMOS};
use crate::{Config, Failure, connections, shutdown, telemetry};

/// All connections, the sockets of all who listen, which are no connections any more, and room for the
/// database's, Redis' and files.
const DESCRIPTORS_MIN: u64 = connections::CONNECTIONS_MAX as u64 + LISTENERS_MAX as u64 + 512;

pub(super) async fn run() -> Result<(), Failure> {
    let config = Config::load()?;
    telemetry::start(&config.log)?;
    let stop = shutdown::asked()
        .map_err(|error| Failure::Other(format!("listening for signals: {error}")))?;
    raise_descriptors();
    if config.http.is_development_open {
        tracing::warn!(
            "development listens on {}: the demo passwords are open to the network",
            config.listen()
        );
    }
    // First, so that a second server on the same address fails before it touches anything.
    let listener = bind(&config).await?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::Other(error.to_string()))?;
    let (settings, clock) = (config.services()?, super::clock(&config));
    let secret = settings.payment.webhook_secret.clone();
    let access = match secret {
        Some(secret) if config.http.has_sandbox => {
            Some(sandbox::beside(&config, secret, address, clock.clone()).await?)
        }
        _ => config.gateway(),
    };
    let gateway = access.map(super::gateway).transpose()?;
    let backend = super::open_with(settings, clock, gateway).await?;
    if config.http.environment == Environment::Production {
        refuse_demo_passwords(&backend).await?;
    }
    expect_secrets_key(&backend).await?;
    let has_demos =
        config.http.environment == Environment::Development && seed::demo_members(&backend).await?;
    for name in &config.unused {
        tracing::warn!("{name} is set, and nothing reads it yet");
    }
    print!(
        "{}",
        greeting(&config, &backend, &address.to_string(), has_demos)
    );
    crate::serve(listener, config.http, backend, stop).await;
    Ok(())
}

/// A database of development may have come along, whose passwords everybody knows. No member can keep a
/// club from starting: nobody else may choose these passwords.
async fn refuse_demo_passwords(backend: &Backend) -> Result<(), Failure> {
    let opened = seed::opened(backend).await?;
    if opened.is_empty() {
        return Ok(());
    }
    Err(Failure::Check(format!(
        "the demo password still works for {}: serve with ENVIRONMENT=development where nobody else \
         comes in, change these passwords, then start again",
        opened.join(", ")
    )))
}

/// Where another key sealed second factors, those who have one come in nowhere that asks for it.
async fn expect_secrets_key(backend: &Backend) -> Result<(), Failure> {
    if backend.accounts.opens_second_factors().await? {
        return Ok(());
    }
    Err(Failure::Settings(vec![
        "SECRETS_KEY is another one than sealed the second factors of this club (where none is set it follows \
         from JWT_SECRET_KEY): set that one, or, if it is lost, take each second factor away with \
         `casino-club staff reset-totp --site-id ID`, then start again"
            .to_owned(),
    ]))
}

/// Each connection takes a descriptor, and the usual limit is a thousand, which one host could fill.
fn raise_descriptors() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(limit) if limit >= DESCRIPTORS_MIN => {}
        Ok(limit) => tracing::warn!(
            limit,
            "too few file descriptors for all connections: raise `ulimit -n` to {DESCRIPTORS_MIN}"
        ),
        Err(error) => tracing::warn!(%error, "the limit of file descriptors stays as it is"),
    }
}

async fn bind(config: &Config) -> Result<TcpListener, Failure> {
    let address = config.listen();
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Failure::AddressInUse(address),
            _ => Failure::Settings(vec![format!(
                "LEPTOS_SITE_ADDR: cannot listen on {address}: {error}"
            )]),
        })
}

/// Who takes money.
fn payments(config: &Config) -> &'static str {
    match config.gateway_url {
        _ if config.http.has_sandbox => "sandbox",
        None => "none",
        Some(_) => "gateway",
    }
}

/// What whoever starts the club wants to know first.
fn greeting(config: &Config, backend: &Backend, address: &str, has_demos: bool) -> String {
    let site = config
        .http
        .site_url
        .as_ref()
        .map_or_else(|| format!("http://{address}"), |url| url.to_string());
    let mut text = format!("Casino-Club {} at {site}\n", env!("CARGO_PKG_VERSION"));
    let mut line = |name: &str, value: &str| _ = writeln!(text, "  {name:<12}{value}");
    line("rows", backend.db().dialect().name());
    line("sessions", backend.limits.engine());
    line("stream", "in-process");
    line("payments", payments(config));
    if config.http.environment == Environment::Production {
        return text;
    }
    if let Some(code) = &backend.settings().unlimited_invite_code {
        line("invite code", code);
    }
    for demo in DEMOS.iter().filter(|_| has_demos) {
        line(
            "demo member",
            &format!("{} / {}", demo.site_id, demo.password),
        );
    }
    text
}
