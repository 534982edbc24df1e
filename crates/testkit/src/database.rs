//! A database for one test.

use std::time::Duration;

use backend::settings::DatabaseSettings;
use secrecy::SecretString;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tempfile::TempDir;

/// How long a test waits for its turn: the machine may be busy, and no member is told to come back.
const PATIENCE: Duration = Duration::from_secs(60);

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
fn server() -> String {
    std::env::var("TEST_POSTGRES_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

async fn on_server(statement: String) {
    let options: sqlx::postgres::PgConnectOptions = server().parse().unwrap();
    let mut conn = options.connect().await.unwrap_or_else(|error| {
        panic!("no PostgreSQL at TEST_POSTGRES_URL ({error}); `cargo xtask test` starts one")
    });
    conn.execute(AssertSqlSafe(statement)).await.unwrap();
}

impl TestDatabase {
    /// Makes one, empty.
    pub async fn create(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => {
                let url = format!("sqlite://{}", folder.path().join("club.db").display());
                Self {
                    url,
                    folder,
                    name: None,
                }
            }
            Engine::Postgres => {
                let mut random = [0; 8];
                backend::Entropy::fill(&backend::SystemEntropy, &mut random);
                let name = format!("casino_test_{:016x}", u64::from_be_bytes(random));
                on_server(format!("CREATE DATABASE {name}")).await;
                let mut url: sqlx::postgres::PgConnectOptions = server().parse().unwrap();
                url = url.database(&name);
                Self {
                    url: url.to_url_lossy().to_string(),
                    folder,
                    name: Some(name),
                }
            }
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
