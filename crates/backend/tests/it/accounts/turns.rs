//! Whose password is hashed next: whoever comes from elsewhere does not wait for a crowd at one address.

use std::pin::Pin;
use std::sync::mpsc;

use backend::{Device, Settings};
use futures::poll;
use testkit::within;
use tokio::runtime::Builder;
use tokio::task::{JoinSet, spawn_blocking};

use super::*;

/// Where a crowd is, and how many come from there.
const CROWD: &str = "192.0.2.66";
const MANY: usize = 6;
/// Where one more is.
const ELSEWHERE: &str = "198.51.100.7";
/// How many of the crowd may come before: who has the seat, and who was next.
const BEFORE_MAX: usize = 2;

/// What somebody asks for that needs a password hashed.
type Asked = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a test on each engine, where one password is hashed at once, on the one thread that there is.
fn on_one_seat(body: impl AsyncFn(&Club)) {
    for engine in [testkit::Engine::Sqlite, testkit::Engine::Postgres] {
        let one_seat = |settings: &mut Settings| {
            settings.auth.hashes_at_once = 1;
            settings.database.connections_max = 2;
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(1)
            .build()
            .unwrap();
        runtime.block_on(within(engine, one_seat, async |club| body(&club).await));
    }
}

/// Has all of this asked for, and nothing hashed until each waits for its turn, in this order. `reads`
/// is how often each takes a connection before that.
async fn in_a_row(club: &Club, reads: usize, all: Vec<Asked>) {
    let db = club.backend.db();
    let (held, left) = (db.read().await.unwrap(), db.read().await.unwrap());
    // Whoever reads or writes does it by this one, in the order in which they came.
    drop(left);
    let (release, released) = mpsc::channel();
    let thread = spawn_blocking(move || released.recv());
    let mut waiting = JoinSet::new();
    for mut asked in all {
        assert!(poll!(&mut asked).is_pending());
        waiting.spawn(asked);
        for _ in 0..reads {
            drop(db.read().await.unwrap());
        }
    }
    release.send(()).unwrap();
    thread.await.unwrap().unwrap();
    while let Some(done) = waiting.join_next().await {
        done.unwrap();
    }
    drop(held);
}

fn at(address: &str) -> Device {
    Device {
        address: address.to_owned(),
        ..device()
    }
}

/// A crowd, and after it one who is elsewhere.
fn crowd_and_one(crowd: impl Fn(usize) -> Asked, one: Asked) -> Vec<Asked> {
    (0..MANY).map(crowd).chain([one]).collect()
}

/// Where the one from elsewhere stands among those whom the rows name in their order.
async fn place_of(club: &Club, site_id: &str, query: &'static str) -> usize {
    let mut conn = club.backend.db().read().await.unwrap();
    let rows = sqlx::query(query).fetch_all(&mut *conn).await.unwrap();
    let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(names.len(), MANY + 1, "{names:?}");
    names.iter().position(|name| name == site_id).unwrap()
}

/// Whose attempts were decided on, in which order.
const ATTEMPTS: &str = "SELECT site_id_key FROM login_attempts ORDER BY id";

fn signs_in(club: &Club, site_id: &'static str, address: &'static str) -> Asked {
    let club = club.clone();
    Box::pin(async move {
        let request = LoginRequest {
            site_id: site_id.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let signed_in = club.backend.accounts.login(request, &at(address)).await;
        signed_in.unwrap();
    })
}

#[test]
fn who_signs_in_does_not_wait_for_a_crowd_elsewhere() {
    on_one_seat(async |club: &Club| {
        for name in ["ann", "ben"] {
            club.member(name).await;
        }
        let crowd = |_: usize| signs_in(club, "ann", CROWD);
        let all = crowd_and_one(crowd, signs_in(club, "ben", ELSEWHERE));
        in_a_row(club, 1, all).await;
        assert!(place_of(club, "ben", ATTEMPTS).await <= BEFORE_MAX);
    });
}

fn signs_up(club: &Club, name: &str, address: &'static str) -> Asked {
    let (club, request) = (club.clone(), sign_up(name));
    Box::pin(async move {
        let joined = club.backend.accounts.sign_up(request, &at(address)).await;
        joined.unwrap();
    })
}

#[test]
fn who_signs_up_does_not_wait_for_a_crowd_elsewhere() {
    on_one_seat(async |club: &Club| {
        let crowd = |n: usize| signs_up(club, &format!("member{n}"), CROWD);
        let all = crowd_and_one(crowd, signs_up(club, "ben", ELSEWHERE));
        in_a_row(club, 1, all).await;
        let members = "SELECT site_id FROM users ORDER BY id";
        assert!(place_of(club, "ben", members).await <= BEFORE_MAX);
    });
}

/// Shows a wrong password for a change, which is an attempt as well.
fn mistypes(club: &Club, member: &Member) -> Asked {
    let (club, member) = (club.clone(), member.clone());
    Box::pin(async move {
        let change = another_phone("01099998888", "not the password");
        let changed = club.backend.accounts.change_profile(&member, change).await;
        changed.unwrap_err();
    })
}

/// A new member, signed in from that address.
async fn member_at(club: &Club, name: &str, address: &str) -> Member {
    let (accounts, device) = (&club.backend.accounts, at(address));
    let joined = accounts.sign_up(sign_up(name), &device).await.unwrap();
    shows(club, &joined.access_token).await.unwrap()
}

#[test]
fn who_shows_a_password_for_a_change_does_not_wait_for_a_crowd_elsewhere() {
    on_one_seat(async |club: &Club| {
        let ann = member_at(club, "ann", CROWD).await;
        let ben = member_at(club, "ben", ELSEWHERE).await;
        let all = crowd_and_one(|_| mistypes(club, &ann), mistypes(club, &ben));
        in_a_row(club, 2, all).await;
        assert!(place_of(club, "ben", ATTEMPTS).await <= BEFORE_MAX);
    });
}
