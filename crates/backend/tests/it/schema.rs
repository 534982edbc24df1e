//! Both engines end in the same schema: tables, columns, nullability, primary keys, uniques, indexes.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row};
use testkit::{Club, Engine, TestDatabase, within};

/// One line a fact, so that a difference reads as what is missing on which engine.
type Schema = BTreeSet<String>;

const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name || ' ' || \
     CASE data_type WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob' ELSE data_type END || ' ' || \
     CASE is_nullable WHEN 'YES' THEN 'null' ELSE 'not null' END AS fact \
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";

const POSTGRES_INDEXES: &str = "SELECT CAST(t.relname AS TEXT) || ' ' || \
     CASE WHEN x.indisprimary THEN 'primary' WHEN x.indisunique THEN 'unique' ELSE 'index' END || ' (' || \
     string_agg(COALESCE(CAST(a.attname AS TEXT), 'expression'), ', ' ORDER BY k.place) || ')' || \
     CASE WHEN x.indpred IS NULL THEN '' ELSE ' partial' END AS fact \
     FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
     CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(column_number, place) \
     LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.column_number \
     WHERE n.nspname = 'public' AND t.relname <> '_sqlx_migrations' \
     GROUP BY t.relname, x.indexrelid, x.indisprimary, x.indisunique, x.indpred";

const SQLITE_COLUMNS: &str = "SELECT m.name || '.' || c.name || ' ' || lower(c.type) || ' ' || \
     CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 'not null' ELSE 'null' END AS fact \
     FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'";

const SQLITE_INDEXES: &str = "SELECT m.name || ' ' || \
     CASE WHEN i.origin = 'pk' THEN 'primary' WHEN i.\"unique\" = 1 THEN 'unique' ELSE 'index' END || ' (' || \
     (SELECT group_concat(COALESCE(name, 'expression'), ', ') FROM (SELECT name FROM pragma_index_info(i.name) \
     ORDER BY seqno)) || ')' || \
     CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END AS fact \
     FROM sqlite_schema m JOIN pragma_index_list(m.name) i \
     WHERE m.type = 'table' AND m.name <> '_sqlx_migrations'";

/// An integer primary key is the row itself on SQLite and has no index of its own.
const SQLITE_ROW_KEYS: &str = "SELECT m.name || ' primary (' || c.name || ')' AS fact \
     FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name <> '_sqlx_migrations' AND c.pk = 1 AND c.type = 'INTEGER' \
     AND (SELECT COUNT(*) FROM pragma_table_info(m.name) WHERE pk > 0) = 1";

async fn facts(conn: &mut AnyConnection, sql: &'static str) -> Schema {
    let rows = sqlx::query(sql).fetch_all(conn).await.unwrap();
    rows.iter()
        .map(|row| row.get::<String, _>("fact"))
        .collect()
}

async fn schema(club: Club) -> Schema {
    let mut conn = club.backend.db().read().await.unwrap();
    let queries: &[&'static str] = match club.engine {
        Engine::Sqlite => &[SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_ROW_KEYS],
        Engine::Postgres => &[POSTGRES_COLUMNS, POSTGRES_INDEXES],
    };
    let mut schema = Schema::new();
    for query in queries {
        schema.extend(facts(&mut conn, query).await);
    }
    schema
}

#[tokio::test]
async fn both_engines_end_in_the_same_schema() {
    let sqlite = within(Engine::Sqlite, |_| (), schema).await;
    let postgres = within(Engine::Postgres, |_| (), schema).await;
    assert!(
        sqlite.len() > 100,
        "the query sees the schema: {}",
        sqlite.len()
    );
    let only_sqlite: Vec<_> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<_> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only SQLite: {only_sqlite:#?}\nonly PostgreSQL: {only_postgres:#?}"
    );
}

#[test]
fn the_engines_have_the_same_migrations() {
    let names = |folder: &str| -> BTreeSet<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../migrations")
            .join(folder);
        std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        within(engine, |_| (), is_refused_when_newer).await;
    }
}

async fn is_refused_when_newer(club: Club) {
    // Nothing of this version opens it again.
    club.tampers();
    add_unknown_migration(&club).await;
    let refused = club.backend.db().migrate().await.unwrap_err();
    assert!(refused.to_string().contains("9999"), "{refused}");
}

async fn add_unknown_migration(club: &Club) {
    use backend::db::ScopedFutureExt;
    let done = club.backend.db().write(|tx| {
        async move {
            sqlx::query(
                "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
                 SELECT 9999, description, installed_on, success, checksum, execution_time FROM _sqlx_migrations \
                 WHERE version = 1",
            )
            .execute(&mut **tx)
            .await?;
            Ok(())
        }
        .scope_boxed()
    });
    done.await.unwrap();
}

#[tokio::test]
async fn a_read_only_file_is_refused() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    std::fs::write(database.folder.path().join("club.db"), b"").unwrap();
    let mut settings = Club::settings(&database);
    settings.database.url = format!("{}?mode=ro", database.url).into();
    let entropy = std::sync::Arc::new(testkit::SeededEntropy::default());
    let clock = std::sync::Arc::new(testkit::FakeClock::default());
    let Err(refused) = backend::Backend::open(settings, clock, entropy, None).await else {
        panic!("a read-only database was opened");
    };
    assert!(refused.to_string().contains("readonly"), "{refused}");
}
