//! The schema, made once and copied: migrating a database anew is most of what a short test costs.

use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Whoever makes the template holds this advisory lock, because test programs run side by side.
const LOCK: i64 = 0x0063_6173_696e_6f00;
const PREFIX: &str = "casino_template_";

/// A SQLite file with the schema and nothing else.
pub(crate) async fn sqlite() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    FILE.get_or_init(|| async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("template.db");
        let options = SqliteConnectOptions::new().filename(&path);
        let mut conn = options.create_if_missing(true).connect().await.unwrap();
        SQLITE.run(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        std::fs::read(path).unwrap()
    })
    .await
}

/// The name of a PostgreSQL database with the schema and nothing else, on that server.
pub(crate) async fn postgres(server: &PgConnectOptions) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(|| async {
        let mut conn = server.connect().await.unwrap();
        let lock = sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK);
        lock.execute(&mut conn).await.unwrap();
        let name = name();
        if !is_ready(&mut conn, &name).await {
            make(&mut conn, server, &name).await;
        }
        // The lock goes with the connection.
        conn.close().await.unwrap();
        name
    })
    .await
}

/// Another schema has another name.
fn name() -> String {
    let mut all = Sha256::new();
    for migration in POSTGRES.iter() {
        all.update(&migration.checksum);
    }
    let digest = all.finalize();
    let digits: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{PREFIX}{digits}")
}

/// A template is marked as one once it is complete.
async fn is_ready(conn: &mut PgConnection, name: &str) -> bool {
    let found = "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate)";
    let found = sqlx::query_scalar(found).bind(name);
    found.fetch_one(conn).await.unwrap()
}

/// Makes it, in the place of those of earlier schemas.
async fn make(conn: &mut PgConnection, server: &PgConnectOptions, name: &str) {
    let earlier = "SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)";
    let earlier: Vec<String> = sqlx::query_scalar(earlier)
        .bind(PREFIX)
        .fetch_all(&mut *conn)
        .await
        .unwrap();
    for old in earlier {
        run(conn, format!("ALTER DATABASE {old} IS_TEMPLATE false")).await;
        run(conn, format!("DROP DATABASE {old} WITH (FORCE)")).await;
    }
    run(conn, format!("CREATE DATABASE {name}")).await;
    let mut fresh = server.clone().database(name).connect().await.unwrap();
    POSTGRES.run(&mut fresh).await.unwrap();
    fresh.close().await.unwrap();
    run(conn, format!("ALTER DATABASE {name} IS_TEMPLATE true")).await;
}

async fn run(conn: &mut PgConnection, statement: String) {
    conn.execute(AssertSqlSafe(statement)).await.unwrap();
}
