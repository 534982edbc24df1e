//! How the process ends when it cannot begin: one clear text and one exit code for each reason.

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use sqlx::{Connection, Executor};
use testkit::{Engine, TestDatabase};

use crate::app::SITE;
use crate::binary::{Serving, command, ends, on};

/// 32 bytes in base64.
const SECRETS_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// Others.
const ANOTHER_KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

fn settings(pairs: &[(&str, &str)], args: &[&str]) -> Command {
    command(&std::env::temp_dir(), pairs, args)
}

#[test]
fn production_without_a_secret_does_not_start() {
    let said = ends(settings(&[("ENVIRONMENT", "production")], &["serve"]), 2);
    for name in ["JWT_SECRET_KEY", "SECRETS_KEY"] {
        let sentence = format!("{name} is required in production");
        assert!(said.contains(&sentence), "{said}");
    }
    let short = [("ENVIRONMENT", "production"), ("JWT_SECRET_KEY", "short")];
    assert!(ends(settings(&short, &["serve"]), 2).contains("at least 32 bytes"));
}

#[test]
fn a_bad_database_address_does_not_start_and_tells_no_password() {
    let said = ends(
        settings(
            &[("DATABASE_URL", "mysql://root:hunter2@db/club")],
            &["serve"],
        ),
        2,
    );
    assert!(
        said.contains("DATABASE_URL begins with sqlite:// or postgres://"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
    let nobody = [
        ("DATABASE_URL", "postgres://club:hunter2@127.0.0.1:9/club"),
        ("JWT_SECRET_KEY", &"k".repeat(32)),
    ];
    let said = ends(settings(&nobody, &["migrate"]), 3);
    assert!(said.contains("the database cannot be opened"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let wrong = [
        ("ENVIRONMENT", "staging"),
        ("TRUSTED_PROXIES", "nonsense"),
        ("INITIAL_CYBER_TOKENS", "-1"),
    ];
    let said = ends(settings(&wrong, &["config"]), 2);
    for name in ["ENVIRONMENT", "TRUSTED_PROXIES", "INITIAL_CYBER_TOKENS"] {
        assert!(said.contains(name), "{name} in {said}");
    }
}

#[test]
fn a_site_of_production_in_the_file_is_refused_unless_it_is_left_empty() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join(".env"),
        "SITE_URL=https://club.example\n",
    )
    .unwrap();
    let said = ends(command(folder.path(), &[], &["config"]), 2);
    assert!(said.contains("leave SITE_URL empty here"), "{said}");
    let empty = [("SITE_URL", "")];
    let said = ends(command(folder.path(), &empty, &["config"]), 0);
    assert!(!said.contains("club.example"), "{said}");
}

#[test]
fn a_gateway_that_shares_nothing_with_a_club_does_not_start() {
    let secret = "s".repeat(32);
    let (key, secret) = (
        ("PAYMENT_GATEWAY_KEY", secret.as_str()),
        ("PAYMENT_WEBHOOK_SECRET", secret.as_str()),
    );
    // That a club would sign with the last one itself does not make it shared.
    let of_club = ("JWT_SECRET_KEY", secret.1);
    let args = ["sandbox-gateway", "--addr", "127.0.0.1:0"];
    for (told, missing) in [
        (vec![of_club], vec![key.0, secret.0]),
        (vec![of_club, key], vec![secret.0]),
        (vec![of_club, secret], vec![key.0]),
    ] {
        let said = ends(settings(&told, &args), 2);
        for name in [key.0, secret.0] {
            let is_missing = said.contains(&format!("{name} is required"));
            assert_eq!(is_missing, missing.contains(&name), "{name} in {said}");
        }
    }
}

#[test]
fn config_shows_what_is_in_force_and_no_secret() {
    let secret = "hunter2".repeat(5);
    let said = ends(
        settings(
            &[
                ("ENVIRONMENT", "production"),
                ("JWT_SECRET_KEY", &secret),
                ("SECRETS_KEY", SECRETS_KEY),
                ("SITE_URL", "https://club.example"),
            ],
            &["config"],
        ),
        0,
    );
    assert!(
        said.contains("SITE_URL=https://club.example") && said.contains("JWT_SECRET_KEY=***"),
        "{said}"
    );
    assert!(said.contains("SECRETS_KEY=***"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn the_document_is_printed() {
    assert_eq!(
        ends(settings(&[], &["openapi"]), 0),
        server::openapi::json()
    );
}

#[tokio::test]
async fn a_port_in_use_is_said_before_the_database_is_touched() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut serve = on(&database, &["serve"]);
    serve.env("LEPTOS_SITE_ADDR", &address);
    let said = ends(serve, 6);
    assert!(said.contains(&format!("{address} is in use")), "{said}");
    assert!(!database.folder.path().join("club.db").exists());
}

#[tokio::test]
async fn development_on_the_network_is_refused_or_at_least_said() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    // Taken, so that the process ends once it has said what it has to say.
    let taken = TcpListener::bind("0.0.0.0:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let serve = |may_be_open: &str| {
        let mut serve = on(&database, &["serve"]);
        serve
            .env("ENVIRONMENT", "development")
            .env("LEPTOS_SITE_ADDR", &address)
            .env("DEVELOPMENT_ON_NETWORK", may_be_open);
        serve
    };
    let refused = ends(serve("false"), 2);
    assert!(refused.contains("DEVELOPMENT_ON_NETWORK=true"), "{refused}");
    let said = ends(serve("true"), 6);
    assert!(said.contains("open to the network"), "{said}");
}

#[tokio::test]
async fn a_read_only_database_does_not_start() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    ends(on(&database, &["migrate"]), 0);
    let folder = database.folder.path();
    let file = folder.join("club.db");
    // The log beside it too: it has the rights of the file, and is read with it.
    for entry in std::fs::read_dir(folder).unwrap() {
        let readable = PermissionsExt::from_mode(0o444);
        std::fs::set_permissions(entry.unwrap().path(), readable).unwrap();
    }
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o555)).unwrap();
    let mut serve = on(&database, &["serve"]);
    as_a_plain_user(&mut serve, &file);
    let said = ends(serve, 4);
    assert!(said.contains("the database is read-only"), "{said}");
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
}

/// Permissions do not bind root: then the process is started as nobody.
fn as_a_plain_user(command: &mut Command, mine: &Path) {
    const NOBODY: u32 = 65_534;
    if std::fs::metadata(mine).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
}

#[tokio::test]
async fn a_database_from_a_newer_build_does_not_start() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = TestDatabase::create(engine).await;
        ends(on(&database, &["migrate"]), 0);
        sqlx::any::install_default_drivers();
        let mut conn = sqlx::AnyConnection::connect(&database.url).await.unwrap();
        let copy = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                    SELECT 9999, 'from the future', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
        conn.execute(copy).await.unwrap();
        conn.close().await.unwrap();
        let said = ends(on(&database, &["serve"]), 5);
        database.remove().await;
        assert!(
            said.contains("newer than this build") && said.contains("9999"),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn status_tells_whether_the_server_is_healthy() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    let mut serving = Serving::start(on(&database, &["serve"])).await;
    let status = |address: &str| {
        let mut status = on(&database, &["status"]);
        status.env("LEPTOS_SITE_ADDR", address);
        status
    };
    let address = serving.address().to_owned();
    assert!(ends(status(&address), 0).contains("healthy"));
    serving.terminate();
    assert_eq!(serving.ended().await, Some(0));
    assert!(ends(status(&address), 1).contains(&address));
}

#[tokio::test]
async fn the_first_admin_and_the_first_invite_come_from_the_command_line() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    let code = ends(
        on(
            &database,
            &[
                "invite",
                "create",
                "--max-uses",
                "2",
                "--expires-in-days",
                "7",
            ],
        ),
        0,
    );
    assert_eq!(code.lines().count(), 1, "{code}");
    assert!(ends(on(&database, &["invite", "create", "--max-uses", "0"]), 1).contains("max_uses"));
    assert!(
        ends(on(&database, &["promote-admin", "--site-id", "nobody"]), 1).contains("casino-club: ")
    );
    let reset = ["staff", "reset-totp", "--site-id", "nobody"];
    assert!(ends(on(&database, &reset), 1).contains("casino-club: "));
    ends(on(&database, &["verify-ledger"]), 0);
    ends(on(&database, &["verify-hands", "--user", "1"]), 0);
}

#[tokio::test]
async fn the_audit_log_is_proved_on_the_command_line() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    let said = ends(on(&database, &["verify-audit"]), 0);
    assert!(said.contains("0 rows"), "{said}");
    let never = "ab".repeat(32);
    let said = ends(on(&database, &["verify-audit", "--head", &never]), 1);
    assert!(said.contains(&never), "{said}");
    ends(on(&database, &["verify-audit", "--head", "no hash"]), 2);
    let promote = ["promote-admin", "--site-id", "nobody", "--role"];
    ends(on(&database, &[&promote[..], &["god"]].concat()), 2);
    ends(on(&database, &[&promote[..], &["support"]].concat()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_club_in_development_has_demo_members_once() {
    let database = TestDatabase::create(Engine::Sqlite).await;
    let client = crate::app::client();
    for _ in 0..2 {
        let mut serve = on(&database, &["serve"]);
        serve
            .env("ENVIRONMENT", "development")
            .env_remove("JWT_SECRET_KEY");
        let mut serving = Serving::start(serve).await;
        for (name, is_admin) in [("demo", false), ("admin", true)] {
            let body = serde_json::json!({"site_id": name, "password": format!("{name}-password")});
            let request = client
                .post(format!("{}/api/auth/login", serving.base))
                .json(&body);
            let token = crate::answer::Answer::to(request).await.with(200);
            assert_eq!(token["user"]["is_admin"], is_admin);
        }
        serving.terminate();
        assert_eq!(serving.ended().await, Some(0));
    }
    let secret = std::fs::metadata(database.folder.path().join("development-secret")).unwrap();
    assert_eq!(secret.permissions().mode() & 0o777, 0o600);
}

/// A club of development that is taken along into production, with everybody in it.
#[tokio::test(flavor = "multi_thread")]
async fn production_does_not_start_while_a_demo_password_works() {
    for (engine, first, last) in [
        (Engine::Sqlite, "admin", "demo"),
        (Engine::Postgres, "demo", "admin"),
    ] {
        let database = TestDatabase::create(engine).await;
        let serve = |environment: &str| {
            let mut serve = on(&database, &["serve"]);
            serve.env("ENVIRONMENT", environment);
            if environment == "production" {
                serve.env("SITE_URL", SITE).env("SECRETS_KEY", SECRETS_KEY);
            }
            serve
        };
        let is_refused_for = |site_ids: &str| {
            let said = ends(serve("production"), 1);
            let sentence = format!("the demo password still works for {site_ids}:");
            assert!(said.contains(&sentence), "{said}");
        };
        let mut serving = Serving::start(serve("development")).await;
        is_refused_for("demo, admin");
        changes_password(&serving.base, first).await;
        is_refused_for(last);
        changes_password(&serving.base, last).await;
        serving.terminate();
        assert_eq!(serving.ended().await, Some(0));
        let mut serving = Serving::start(serve("production")).await;
        serving.terminate();
        assert_eq!(serving.ended().await, Some(0));
        database.remove().await;
    }
}

/// Gives a demo member a second factor, whose secret nothing opens.
async fn has_factor(database: &TestDatabase) {
    sqlx::any::install_default_drivers();
    let mut conn = sqlx::AnyConnection::connect(&database.url).await.unwrap();
    let factor = "INSERT INTO second_factors (user_id, secret, confirmed_at, last_step, created_at, session_id) \
                  SELECT s.user_id, s.salt, 1, 0, 1, s.id FROM auth_sessions s \
                  JOIN users u ON u.id = s.user_id WHERE u.site_id = 'demo' LIMIT 1";
    conn.execute(factor).await.unwrap();
    conn.close().await.unwrap();
}

/// Whoever has a second factor would come in nowhere that asks for it.
#[tokio::test(flavor = "multi_thread")]
async fn another_secrets_key_does_not_start_while_anybody_has_a_second_factor() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = TestDatabase::create(engine).await;
        let serve = |key: &str| {
            let mut serve = on(&database, &["serve"]);
            serve
                .env("ENVIRONMENT", "development")
                .env("SECRETS_KEY", key);
            serve
        };
        let starts = async |key: &str| {
            let mut serving = Serving::start(serve(key)).await;
            serving.terminate();
            assert_eq!(serving.ended().await, Some(0));
        };
        starts(SECRETS_KEY).await;
        has_factor(&database).await;
        starts(SECRETS_KEY).await;
        let said = ends(serve(ANOTHER_KEY), 2);
        assert!(said.contains("SECRETS_KEY is another one"), "{said}");
        let reset = ["staff", "reset-totp", "--site-id", "demo"];
        ends(on(&database, &reset), 0);
        starts(ANOTHER_KEY).await;
        database.remove().await;
    }
}

/// Signs in by the demo password, and chooses another.
async fn changes_password(base: &str, site_id: &str) {
    let client = crate::app::client();
    let demo = format!("{site_id}-password");
    let credentials = serde_json::json!({"site_id": site_id, "password": demo});
    let request = client
        .post(format!("{base}/api/auth/login"))
        .json(&credentials);
    let token = crate::answer::Answer::to(request).await.with(200);
    let change = serde_json::json!({"password": "a new password", "current_password": demo});
    let request = client
        .put(format!("{base}/api/users/profile"))
        .bearer_auth(token["access_token"].as_str().unwrap())
        .json(&change);
    crate::answer::Answer::to(request).await.with(200);
}
