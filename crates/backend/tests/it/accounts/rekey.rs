//! Keys that are made anew while a server of an earlier build still writes names.

use std::sync::Arc;

use backend::{Backend, SystemEntropy};
use testkit::Engine;

use super::names::{keys, told_apart};
use super::*;
use crate::crash::verbs::{another_process, number};
use crate::table::holds_by;

/// As if the keys were those of an earlier build.
const FORGET: &str = "DELETE FROM club_values WHERE name = 'name_keys'";

/// On SQLite whoever writes keeps the others waiting instead.
#[test]
fn a_key_that_an_earlier_build_takes_meanwhile_makes_it_begin_again() {
    testkit::run(Engine::Postgres, met_by_an_earlier_build);
}

async fn met_by_an_earlier_build(club: Club) {
    told_apart(&club).await;
    let hal = club.member("hal").await.member.user_id;
    change(&club, FORGET).await;
    let taken =
        format!("UPDATE users SET nickname = 'ann 8', nickname_key = 'ann 8' WHERE id = {hal}");
    let (release, holder) = holds_by(&club, taken).await;
    let opening = {
        let club = club.clone();
        tokio::task::spawn_blocking(move || another_process(&club, |_| ()))
    };
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waits = async {
        while number(&club, waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(30);
    tokio::time::timeout(patience, waits).await.unwrap();
    release.send(()).unwrap();
    holder.await.unwrap();
    drop(opening.await.unwrap());
    let found = keys(&club).await;
    assert_eq!(
        (found[4].1.as_str(), found[7].1.as_str()),
        ("ann 8", " 8 ann 8"),
        "the older has it"
    );
}

/// What makes every key collide with another, and what ends that.
fn obstacle(engine: Engine) -> (&'static [&'static str], &'static str) {
    match engine {
        Engine::Sqlite => (
            &[
                "CREATE TRIGGER in_the_way BEFORE UPDATE OF nickname_key ON users BEGIN \
               SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.nickname_key'); END",
            ],
            "DROP TRIGGER in_the_way",
        ),
        Engine::Postgres => (
            &[
                "CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN \
                 RAISE unique_violation USING CONSTRAINT = ''users_nickname_key_key''; END'",
                "CREATE TRIGGER in_the_way BEFORE UPDATE OF nickname_key ON users \
                 FOR EACH ROW EXECUTE FUNCTION in_the_way()",
            ],
            "DROP TRIGGER in_the_way ON users",
        ),
    }
}

/// Why the next process does not open the club.
fn refuses_to_open(club: &Club) -> String {
    let settings = Club::settings(&club.database);
    let opened = Backend::open(settings, club.clock.clone(), Arc::new(SystemEntropy), None);
    let opened = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(opened));
    opened.err().unwrap().to_string()
}

#[apply(both_engines)]
async fn an_earlier_build_that_is_always_in_the_way_is_told_of(club: Club) {
    told_apart(&club).await;
    change(&club, FORGET).await;
    let before = keys(&club).await;
    let (begins, ends) = obstacle(club.engine);
    for statement in begins {
        change(&club, statement).await;
    }
    let told = refuses_to_open(&club);
    assert!(told.contains("5 times"), "{told}");
    assert!(
        told.contains("stop every server of an earlier build"),
        "{told}"
    );
    assert_eq!(keys(&club).await, before, "nothing was done");
    change(&club, ends).await;
    another_process(&club, |_| ());
    assert_eq!(keys(&club).await[1].1, " 2 admin");
}
