//! The door for writes: what commits, what does not, and that readers see only the former.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backend::db::ScopedFutureExt;
use backend::settings::DatabaseSettings;
use backend::{Backend, Error, Result, Settings};
use secrecy::ExposeSecret;
use sqlx::{Connection, Row};
use testkit::{Club, Engine, FakeClock, SeededEntropy, apply, both_engines, within};
use wire::Code;

use crate::crash::verbs::{bet, bets};
use crate::gate::{Way, behind_a_gate};
use crate::table::{holds, run, spin, spins};

async fn put(club: &Club, name: &str, refuse: bool) -> Result<()> {
    club.backend
        .db()
        .write(|tx| {
            async move {
                sqlx::query("INSERT INTO club_values (name, value) VALUES ($1, 'x')")
                    .bind(name)
                    .execute(&mut **tx)
                    .await?;
                if refuse {
                    Err(Error::from(Code::Forbidden))
                } else {
                    Ok(())
                }
            }
            .scope_boxed()
        })
        .await
}

async fn names(club: &Club) -> i64 {
    let mut conn = club.backend.db().read().await.unwrap();
    let row = sqlx::query("SELECT COUNT(*) AS n FROM club_values WHERE name LIKE 'k%'")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    row.get("n")
}

#[apply(both_engines)]
async fn what_is_refused_leaves_no_row(club: Club) {
    let writes = (0..60).map(|n| {
        let club = club.clone();
        tokio::spawn(async move { put(&club, &format!("k{n}"), n % 3 == 0).await.is_ok() })
    });
    let mut kept = 0;
    for write in writes.collect::<Vec<_>>() {
        kept += i64::from(write.await.unwrap());
    }
    assert_eq!(kept, 40);
    assert_eq!(names(&club).await, 40);
}

#[apply(both_engines)]
async fn a_write_that_is_dropped_in_the_middle_leaves_no_row(club: Club) {
    let db = club.backend.db();
    let stuck = db.write(|tx| {
        async move {
            sqlx::query("INSERT INTO club_values (name, value) VALUES ('k-stuck', 'x')")
                .execute(&mut **tx)
                .await?;
            std::future::pending::<Result<()>>().await
        }
        .scope_boxed()
    });
    let dropped = tokio::time::timeout(std::time::Duration::from_millis(200), stuck).await;
    assert!(dropped.is_err());
    put(&club, "k-after", false).await.unwrap();
    assert_eq!(names(&club).await, 1);
}

/// Somebody hangs up while another process holds the file.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_dropped_before_it_began_leaves_no_transaction_open() {
    within(Engine::Sqlite, |_| (), dropped_before_it_began).await;
}

async fn dropped_before_it_began(club: Club) {
    let url = club.backend.settings().database.url.expose_secret();
    let mut other = sqlx::AnyConnection::connect(url).await.unwrap();
    let mut say = async |sql: &'static str| {
        sqlx::query(sql).execute(&mut other).await.unwrap();
    };
    say("BEGIN IMMEDIATE").await;
    let dropped = tokio::time::timeout(Duration::from_millis(200), put(&club, "k-stuck", false));
    assert!(dropped.await.is_err());
    say("ROLLBACK").await;
    for name in ["k-after", "k-later"] {
        put(&club, name, false).await.unwrap();
    }
    assert_eq!(names(&club).await, 2);
}

#[apply(both_engines)]
async fn a_row_that_breaks_the_model_is_named_with_its_table(club: Club) {
    club.tampers();
    let ann = club.member("ann").await;
    run(&club, "UPDATE seed_pairs SET client_seed = ''").await;
    let broken = bets(&club, &ann, bet(10, None), None).await.unwrap_err();
    assert_eq!(broken.code(), Code::Internal);
    assert_eq!(
        broken.to_string(),
        "a row breaks the model: seed_pairs.client_seed"
    );
}

async fn a_long_wait_ends_with_in_progress_and_when_to_come_back(engine: Engine) {
    let patience = Duration::from_millis(200);
    let hasty = |settings: &mut Settings| settings.database.lock_wait = patience;
    within(engine, hasty, waits_for_long).await;
}

async fn waits_for_long(club: Club) {
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let (release, holder) = holds(&club, user).await;
    let refused = spins(&club, &ann, spin(10, 5), None).await.unwrap_err();
    release.send(()).unwrap();
    holder.await.unwrap();
    let refused = refused.public();
    assert_eq!(
        (refused.code, refused.retry_after_secs),
        (Code::InProgress, Some(1))
    );
    spins(&club, &ann, spin(10, 5), None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_wait_ends_with_in_progress_and_when_to_come_back_on_sqlite() {
    a_long_wait_ends_with_in_progress_and_when_to_come_back(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_wait_ends_with_in_progress_and_when_to_come_back_on_postgres() {
    a_long_wait_ends_with_in_progress_and_when_to_come_back(Engine::Postgres).await;
}

/// The server that was asked is gone without a word, and another stands in its place.
#[tokio::test(flavor = "multi_thread")]
async fn a_failover_is_noticed_and_what_took_over_is_found() {
    within(Engine::Postgres, |_| (), fails_over).await;
}

async fn fails_over(club: Club) {
    let hasty = |settings: &mut Settings| settings.database.acquire_wait = Duration::from_secs(3);
    for is_given_up in [false, true] {
        let (gate, club) = behind_a_gate(&club, hasty).await;
        is_reachable_again(&club).await;
        // Asked at once: a connection that was just used is trusted.
        gate.set(Way::FailedOver);
        let asked = club.backend.db().is_reachable();
        if is_given_up {
            let dropped = tokio::time::timeout(Duration::from_millis(200), asked).await;
            assert!(dropped.is_err());
        } else {
            assert!(!asked.await);
        }
        is_reachable_again(&club).await;
    }
}

async fn is_reachable_again(club: &Club) {
    let asked = async { while !club.backend.db().is_reachable().await {} };
    let found = tokio::time::timeout(Duration::from_secs(60), asked).await;
    found.expect("the database is reachable");
}

/// A club on the SQLite file `club.db` of that folder.
async fn opened_in(folder: &Path) -> Backend {
    let settings = testkit::club::settings(DatabaseSettings {
        url: format!("sqlite://{}/club.db", folder.display()).into(),
        connections_max: 2,
        lock_wait: Duration::from_secs(60),
        acquire_wait: Duration::from_secs(60),
    });
    let (clock, entropy) = (Arc::new(FakeClock::default()), SeededEntropy::default());
    let opened = Backend::open(settings, clock, Arc::new(entropy), None);
    opened.await.unwrap()
}

#[track_caller]
fn assert_mode(path: &Path, wanted: u32) {
    let mode = fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, wanted, "{}: {mode:o}", path.display());
}

#[tokio::test]
async fn a_sqlite_file_and_its_folder_are_made_for_their_user_alone() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("not/there");
    let _club = opened_in(&folder).await;
    for made in [&folder, &temporary.path().join("not")] {
        assert_mode(made, 0o700);
    }
    for file in ["club.db", "club.db-wal", "club.db-shm"] {
        assert_mode(&folder.join(file), 0o600);
    }
}

#[tokio::test]
async fn a_sqlite_file_that_is_there_is_closed_to_others_and_its_folder_stays_as_it_is() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let files = ["club.db", "club.db-wal", "club.db-shm"].map(|name| folder.join(name));
    fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
    let mut clubs = vec![opened_in(folder).await];
    let elsewhere = tempfile::tempdir().unwrap();
    symlink(&files[0], elsewhere.path().join("club.db")).unwrap();
    // By its own name, and by one that leads to it.
    for way in [folder, elsewhere.path()] {
        for (file, mode) in files.iter().zip([0o640, 0o644, 0o666]) {
            fs::set_permissions(file, PermissionsExt::from_mode(mode)).unwrap();
        }
        clubs.push(opened_in(way).await);
        for file in &files {
            assert_mode(file, 0o600);
        }
        assert_mode(folder, 0o755);
    }
}
