//! Whose password is hashed next: whoever comes from elsewhere does not wait for a crowd at one address.

use std::pin::Pin;

use backend::{Device, Origin, Settings};
use testkit::within;
use tokio::task::JoinSet;

use super::*;

/// Where a crowd is, and how many come from there.
const CROWD: &str = "192.0.2.66";
const MANY: usize = 6;
/// Where one more is.
const ELSEWHERE: &str = "198.51.100.7";
/// How many of the crowd may come before: who was done, who has the seat, and who was next.
const BEFORE_MAX: usize = 3;

/// What somebody asks for that needs a password hashed.
type Asked = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One password is hashed at once, for so long that what comes before and after it is nothing.
fn one_slow_seat(settings: &mut Settings) {
    settings.auth.hashes_at_once = 1;
    settings.auth.argon2_memory_kib = 8 * 1024;
    settings.auth.argon2_passes = 40;
}

/// Has a crowd ask for this, and the one from elsewhere when the first of them is done: all others wait
/// by then.
async fn crowd_and_one(crowd: impl Fn(usize) -> Asked, one: Asked) {
    let mut waiting: JoinSet<()> = (0..MANY).map(crowd).collect();
    waiting.join_next().await.unwrap().unwrap();
    one.await;
    while let Some(done) = waiting.join_next().await {
        done.unwrap();
    }
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

fn at(address: &str) -> Device {
    Device {
        address: address.to_owned(),
        ..device()
    }
}

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

#[apply(both_engines)]
async fn who_signs_in_does_not_wait_for_a_crowd_elsewhere(engine: Engine) {
    within(engine, one_slow_seat, async |club| {
        for name in ["ann", "ben"] {
            club.member(name).await;
        }
        let crowd = |_: usize| signs_in(&club, "ann", CROWD);
        crowd_and_one(crowd, signs_in(&club, "ben", ELSEWHERE)).await;
        assert!(place_of(&club, "ben", ATTEMPTS).await <= BEFORE_MAX);
    })
    .await;
}

fn signs_up(club: &Club, name: &str, address: &'static str) -> Asked {
    let (club, request) = (club.clone(), sign_up(name));
    Box::pin(async move {
        let joined = club.backend.accounts.sign_up(request, &at(address)).await;
        joined.unwrap();
    })
}

#[apply(both_engines)]
async fn who_signs_up_does_not_wait_for_a_crowd_elsewhere(engine: Engine) {
    within(engine, one_slow_seat, async |club| {
        let crowd = |n: usize| signs_up(&club, &format!("member{n}"), CROWD);
        crowd_and_one(crowd, signs_up(&club, "ben", ELSEWHERE)).await;
        let members = "SELECT site_id FROM users ORDER BY id";
        assert!(place_of(&club, "ben", members).await <= BEFORE_MAX);
    })
    .await;
}

/// Shows a wrong password for a change, which is an attempt as well.
fn mistypes(club: &Club, member: &Member, address: &'static str) -> Asked {
    let (club, member) = (club.clone(), member.clone());
    Box::pin(async move {
        let change = another_phone("01099998888", "not the password");
        let from = Origin {
            address: address.to_owned(),
            ..origin()
        };
        let accounts = &club.backend.accounts;
        let changed = accounts.change_profile(&member, &from, change).await;
        changed.unwrap_err();
    })
}

#[apply(both_engines)]
async fn who_shows_a_password_for_a_change_does_not_wait_for_a_crowd_elsewhere(engine: Engine) {
    within(engine, one_slow_seat, async |club| {
        let ann = club.member("ann").await.member;
        let ben = club.member("ben").await.member;
        let crowd = |_: usize| mistypes(&club, &ann, CROWD);
        crowd_and_one(crowd, mistypes(&club, &ben, ELSEWHERE)).await;
        assert!(place_of(&club, "ben", ATTEMPTS).await <= BEFORE_MAX);
    })
    .await;
}
