//! What the server is told: from the environment, then `.env`, then the table in [`table`].

mod http;
mod payment;
mod reader;
mod secret;
mod services;
pub mod table;

use std::net::SocketAddr;

use backend::Settings;
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::Failure;
use crate::sandbox::Mode;
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
    /// How many requests are worked on at once; the next ones are told to come back.
    pub requests_at_once: usize,
    /// Whether the server starts a payment sandbox beside itself, and its pages let members choose how
    /// a payment ends. In production nobody's money is played with.
    pub has_sandbox: bool,
    /// Where the pages' files are, and the address to listen on.
    pub site: LeptosOptions,
}

impl HttpConfig {
    /// Whether members reach the club over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.site_url
            .as_ref()
            .is_some_and(|url| url.scheme() == "https")
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
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Failure> {
        Config::read(&Source::of(pairs))
    }

    fn mistakes(pairs: &[(&str, &str)]) -> Vec<String> {
        match read(pairs) {
            Err(Failure::Settings(mistakes)) => mistakes,
            other => panic!("accepted: {other:?}"),
        }
    }

    #[test]
    fn nothing_is_needed_in_development() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen().port(), 3000);
        assert_eq!(
            config.services.unlimited_invite_code.as_deref(),
            Some("5858")
        );
        assert_eq!(config.services.initial_tokens.get(), 1_000);
        assert!(!config.http.is_https());
    }

    #[test]
    fn production_wants_a_secret_and_has_no_invite_code() {
        let missing = mistakes(&[("ENVIRONMENT", "production")]);
        assert!(
            missing
                .iter()
                .any(|m| m.starts_with("JWT_SECRET_KEY is required")),
            "{missing:?}"
        );
        let config = read(&[
            ("ENVIRONMENT", "production"),
            ("JWT_SECRET_KEY", &"k".repeat(32)),
        ])
        .unwrap();
        assert_eq!(config.services.unlimited_invite_code, None);
    }

    fn previous_secret(pairs: &[(&str, &str)]) -> Option<String> {
        let previous = read(pairs).unwrap().services.auth.previous_secret;
        previous.map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn there_is_a_secret_before_where_one_is_given() {
        assert_eq!(previous_secret(&[]), None);
        let old = "o".repeat(32);
        let told = previous_secret(&[("JWT_SECRET_KEY_PREVIOUS", &old)]);
        assert_eq!(told.as_deref(), Some(old.as_str()));
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let found = mistakes(&[
            ("ENVIRONMENT", "staging"),
            ("DATABASE_URL", "mysql://root:hunter2@db/club"),
            ("JWT_SECRET_KEY", "short"),
            ("JWT_SECRET_KEY_PREVIOUS", "short"),
            ("LOGIN_LOCKOUT_MINUTES", "0"),
            ("TRUSTED_PROXIES", "10.0.0.0/8, nonsense"),
            ("SITE_URL", "club.example"),
        ]);
        assert_eq!(found.len(), 7, "{found:#?}");
        assert!(!found.join("\n").contains("hunter2"));
    }

    #[test]
    fn what_is_shown_hides_secrets() {
        let config = read(&[
            ("DATABASE_URL", "postgres://club:hunter2@db/club"),
            ("JWT_SECRET_KEY", &"hunter2".repeat(5)),
            ("JWT_SECRET_KEY_PREVIOUS", &"hunter2".repeat(6)),
            ("REDIS_URL", "redis://:hunter2@cache"),
        ]);
        let shown = config.unwrap().shown.join("\n");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.contains("DATABASE_URL=postgres://club:***@db/club"),
            "{shown}"
        );
    }

    #[test]
    fn in_production_nobody_is_paid_by_a_sandbox() {
        let production = [
            ("ENVIRONMENT", "production"),
            ("JWT_SECRET_KEY", &"k".repeat(32)),
        ];
        assert!(
            !read(&production).unwrap().http.has_sandbox && read(&[]).unwrap().http.has_sandbox
        );
        let with_gateway = [
            production.as_slice(),
            &[("PAYMENT_GATEWAY_URL", "http://pay.example")],
        ];
        let missing = mistakes(&with_gateway.concat());
        assert!(
            missing[0].starts_with("PAYMENT_WEBHOOK_SECRET"),
            "{missing:?}"
        );
        let bad = [
            ("PAYMENT_GATEWAY_URL", "https://x"),
            ("PAYMENT_GATEWAY_MODE", "sometimes"),
        ];
        assert_eq!(mistakes(&bad).len(), 2);
    }

    #[test]
    fn what_nothing_reads_yet_is_named() {
        assert_eq!(
            read(&[("KAFKA_BROKERS", "kafka:9092")]).unwrap().unused,
            ["KAFKA_BROKERS"]
        );
    }
}
