//! A database for one test.

use std::time::Duration;

use backend::settings::DatabaseSettings;
use secrecy::SecretString;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tempfile::TempDir;

use crate::template;

/// How long a test waits for its turn: the machine may be busy, and no member is told to come back.
const PATIENCE: Duration = Duration::from_secs(60);
/// The SQLite file in its folder.
const FILE: &str = "club.db";

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder that goes with the test.
    Sqlite,
    /// A database of its own on the test server.
    Postgres,
}

/// A database for one test; [`TestDatabase::remove`] takes it away.
pub struct TestDatabase {
    /// Its address.
    pub url: String,
    /// The folder of the SQLite file.
    pub folder: TempDir,
    name: Option<String>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by the environment where PostgreSQL is"
)]
fn server() -> PgConnectOptions {
    let url = std::env::var("TEST_POSTGRES_URL");
    let url = url.unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    let server: PgConnectOptions = url.parse().unwrap();
    // Tests that break the wire read what goes over it.
    server.ssl_mode(PgSslMode::Disable)
}

async fn on_server(statement: String) {
    let mut conn = server().connect().await.unwrap_or_else(|error| {
        panic!("no PostgreSQL at TEST_POSTGRES_URL ({error}); `cargo xtask test` starts one")
    });
    conn.execute(AssertSqlSafe(statement)).await.unwrap();
}

impl TestDatabase {
    /// Makes one, empty.
    pub async fn create(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => Self::in_folder(folder),
            Engine::Postgres => Self::on_server(folder, None).await,
        }
    }

    /// Makes one that has the schema.
    pub async fn migrated(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => {
                std::fs::write(folder.path().join(FILE), template::sqlite().await).unwrap();
                Self::in_folder(folder)
            }
            Engine::Postgres => {
                let template = template::postgres(&server()).await;
                Self::on_server(folder, Some(template)).await
            }
        }
    }

    fn in_folder(folder: TempDir) -> Self {
        let url = format!("sqlite://{}", folder.path().join(FILE).display());
        Self {
            url,
            folder,
            name: None,
        }
    }

    async fn on_server(folder: TempDir, template: Option<&str>) -> Self {
        let mut random = [0; 8];
        backend::Entropy::fill(&backend::SystemEntropy, &mut random);
        let name = format!("casino_test_{:016x}", u64::from_be_bytes(random));
        let of = template.map_or_else(String::new, |template| format!(" TEMPLATE {template}"));
        on_server(format!("CREATE DATABASE {name}{of}")).await;
        Self {
            url: server().database(&name).to_url_lossy().to_string(),
            folder,
            name: Some(name),
        }
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> DatabaseSettings {
        DatabaseSettings {
            url: SecretString::from(self.url.clone()),
            connections_max: 12,
            lock_wait: PATIENCE,
            acquire_wait: PATIENCE,
        }
    }

    /// Takes it away, with whoever is still connected.
    pub async fn remove(&self) {
        if let Some(name) = &self.name {
            on_server(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}
