//! What the server is told: from the environment, then `.env`, then the table in [`table`].

mod http;
mod payment;
mod reader;
mod secret;
mod services;
pub mod table;

use std::net::SocketAddr;

use backend::Settings;
use backend::shop::Access;
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::Failure;
use crate::sandbox::Mode;
pub use crate::tally::Most;
use reader::Reader;
pub use reader::Source;

/// What kind of place this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// On a developer's machine: demo members, generous limits, a secret of its own making.
    Development,
    /// Under test: as in development, without demo members.
    Test,
    /// In front of members: nothing is made up.
    Production,
}

impl Environment {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "development" => Ok(Self::Development),
            "test" => Ok(Self::Test),
            "production" => Ok(Self::Production),
            _ => Err("is development, test or production".to_owned()),
        }
    }
}

/// How requests are received.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// What kind of place this is.
    pub environment: Environment,
    /// Where members reach the club, when it is not the address served.
    pub site_url: Option<Url>,
    /// Proxies whose forwarded client address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The most connections at once. Beyond all of them one waits; beyond those of its network or block
    /// one is closed, unless it is a trusted proxy's.
    pub connections: Most,
    /// How many requests are worked on at once; the next ones are told to come back.
    pub requests_at_once: usize,
    /// What `/metrics` wants to be shown in production; without one it is not there.
    pub metrics_token: Option<SecretString>,
    /// Whether the server starts a payment sandbox beside itself, and its pages let members choose how
    /// a payment ends. In production nobody's money is played with.
    pub has_sandbox: bool,
    /// Whether this is development and the network reaches it, with its demo passwords.
    pub is_development_open: bool,
    /// Where the pages' files are, and the address to listen on.
    pub site: LeptosOptions,
}

impl HttpConfig {
    /// Whether members are in front of it, who reach it over https only.
    #[must_use]
    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }
}

/// How the log is written.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// Which events, in the words of `tracing-subscriber`.
    pub filter: String,
    /// One JSON object a line, or text for people.
    pub json: bool,
}

/// Everything the server is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// How requests are received.
    pub http: HttpConfig,
    /// How the log is written.
    pub log: LogConfig,
    /// How a payment sandbox answers.
    pub sandbox_mode: Mode,
    /// Who takes money; nobody does without it, unless a sandbox does.
    pub gateway_url: Option<SecretString>,
    /// What whoever takes money is shown.
    pub gateway_key: Option<SecretString>,
    /// Each setting in force as `NAME=value`, with secrets masked.
    pub shown: Vec<String>,
    /// Settings that are given and that nothing reads yet.
    pub unused: Vec<&'static str>,
    secret: Option<SecretString>,
    services: Settings,
}

impl Config {
    /// The settings of this process.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn load() -> Result<Self, Failure> {
        Self::read(&Source::process()?)
    }

    /// The settings that a source gives.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn read(source: &Source) -> Result<Self, Failure> {
        let mut reader = Reader::new(source);
        let environment = reader.parse(&table::ENVIRONMENT, Environment::parse);
        reader.environment = environment.unwrap_or(Environment::Production);
        let http = http::http(&mut reader);
        let log = log(&mut reader);
        let secret = services::jwt_secret(&mut reader);
        let services = services::services(&mut reader);
        let gateway_url = payment::gateway_url(&mut reader);
        let gateway_key = payment::gateway_key(&mut reader);
        let mode = payment::mode(&mut reader);
        let unused = table::NOT_READ_YET
            .iter()
            .copied()
            .filter(|name| source.get(name).is_some())
            .collect();
        let (shown, mistakes) = reader.finish();
        match (http, log, services, gateway_url, mode) {
            (Some(http), Some(log), Some(services), Some(gateway_url), Some(mode))
                if mistakes.is_empty() =>
            {
                Ok(Self {
                    http,
                    log,
                    sandbox_mode: mode,
                    gateway_url,
                    gateway_key,
                    shown,
                    unused,
                    secret,
                    services,
                })
            }
            _ => Err(Failure::Settings(mistakes)),
        }
    }

    /// Where to listen.
    #[must_use]
    pub fn listen(&self) -> SocketAddr {
        self.http.site.site_addr
    }

    /// How whoever takes money is reached, if anybody does.
    #[must_use]
    pub fn gateway(&self) -> Option<Access> {
        Some(Access {
            url: self.gateway_url.clone()?,
            key: self.gateway_key.clone()?,
            secret: self.webhook_secret()?,
        })
    }

    /// What whoever takes money signs with, if it was said: one that the club makes for a sandbox of its
    /// own is known to nobody else.
    #[must_use]
    pub fn webhook_secret(&self) -> Option<SecretString> {
        self.services.payment.webhook_secret.clone()
    }

    /// The settings of the services; outside production a missing secret is made and kept in a file.
    ///
    /// # Errors
    /// When that file cannot be read or written.
    pub fn services(&self) -> Result<Settings, Failure> {
        let mut settings = self.services.clone();
        settings.auth.secret = match &self.secret {
            Some(secret) => secret.clone(),
            None => secret::of_development(settings.database.url.expose_secret())?,
        };
        if self.http.has_sandbox && settings.payment.webhook_secret.is_none() {
            // The sandbox is this server's own, so that both know it.
            settings.payment.webhook_secret = Some(settings.auth.secret.clone());
        }
        Ok(settings)
    }
}

fn log(reader: &mut Reader<'_>) -> Option<LogConfig> {
    let filter = reader.text(&table::RUST_LOG);
    let json = reader.parse(&table::LOG_FORMAT, |text| match text {
        "json" => Ok(true),
        "text" => Ok(false),
        _ => Err("is json or text".to_owned()),
    });
    Some(LogConfig {
        filter,
        json: json?,
    })
}

#[cfg(test)]
mod tests;
