//! Signing in, and being kept from trying it too often.

use std::sync::Arc;

use backend::{Backend, Clock, Device, Entropy, Result, SystemEntropy};
use economy::Timestamp;
use sqlx::Row;
use testkit::club::{PASSWORD, device};
use testkit::inputs::START;
use testkit::{Club, FakeClock, apply, both_engines};
use wire::Code;
use wire::auth::{LoginRequest, Token};

use crate::crash::verbs::number;

/// The window of the default settings.
const WINDOW_SECS: i64 = 10 * 60;

fn request(site_id: &str, password: &str) -> LoginRequest {
    LoginRequest {
        site_id: site_id.to_owned(),
        password: password.to_owned(),
    }
}

fn at(address: &str) -> Device {
    Device {
        address: address.to_owned(),
        ..device()
    }
}

async fn tries(club: &Club, site_id: &str, password: &str, address: &str) -> Result<Token> {
    club.backend
        .accounts
        .login(request(site_id, password), &at(address))
        .await
}

async fn fails(club: &Club, site_id: &str, address: &str) {
    let refused = tries(club, site_id, "not the password", address)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::BadCredentials);
}

async fn assert_locked(club: &Club, site_id: &str, address: &str, retry_after_secs: i64) {
    let locked = tries(club, site_id, PASSWORD, address)
        .await
        .unwrap_err()
        .public();
    assert_eq!(
        (locked.code, locked.retry_after_secs),
        (Code::Locked, Some(retry_after_secs))
    );
}

async fn attempts(club: &Club) -> Vec<String> {
    let mut conn = club.backend.db().read().await.unwrap();
    let rows = sqlx::query("SELECT outcome FROM login_attempts ORDER BY id")
        .fetch_all(&mut *conn)
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Chance that takes its time: the club's clock goes on meanwhile.
struct Late(Arc<FakeClock>);

impl Entropy for Late {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.advance_secs(1);
        SystemEntropy.fill(bytes);
    }
}

/// A clock that goes on whenever it is read.
struct Ticking(Arc<FakeClock>);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        self.0.advance_millis(1);
        self.0.now()
    }
}

/// The same club in another process, with a clock and chance of its own.
fn another_process(club: &Club, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Backend {
    let opened = Backend::open(Club::settings(&club.database), clock, entropy, None);
    // The future of the migrations cannot be shown to be `Send`, which a test's must be.
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(opened)).unwrap()
}

#[apply(both_engines)]
async fn what_a_sign_in_writes_is_of_one_instant(club: Club) {
    club.member("ann").await;
    let ticking = Arc::new(Ticking(club.clock.clone()));
    let opened = another_process(&club, ticking, Arc::new(SystemEntropy));
    let right = request("ann", PASSWORD);
    opened.accounts.login(right, &device()).await.unwrap();
    let of_one_instant = "SELECT COUNT(*) FROM login_attempts a \
        JOIN users u ON u.last_login_at = a.created_at JOIN auth_sessions s ON s.created_at = a.created_at";
    assert_eq!(number(&club, of_one_instant).await, 1);
}

#[apply(both_engines)]
async fn a_lock_that_runs_out_while_a_sign_in_waits_counts_no_failure(club: Club) {
    club.member("ann").await;
    for _ in 0..5 {
        fails(&club, "ann", "192.0.2.1").await;
    }
    let late = Arc::new(Late(club.clock.clone()));
    let opened = another_process(&club, club.clock.clone(), late);
    let ends_at = START.plus_secs(WINDOW_SECS);
    let left = ends_at.millis_since(club.clock.now());
    club.clock.advance_millis(left - 1);
    // The lock is on when the password comes, and off when it is decided on.
    let accounts = &opened.accounts;
    let refused = accounts.login(request("ann", PASSWORD), &device()).await;
    let refused = refused.unwrap_err().public();
    assert_eq!(
        (refused.code, refused.retry_after_secs),
        (Code::Locked, Some(1))
    );
    assert_eq!(attempts(&club).await[5..], ["locked"]);
    tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap();
}

#[apply(both_engines)]
async fn the_right_password_signs_in(club: Club) {
    let ann = club.member("ann").await;
    let token = tries(&club, "ANN", PASSWORD, "192.0.2.1").await.unwrap();
    assert_eq!(token.user.id, ann.member.user_id);
    let member = club
        .backend
        .accounts
        .authenticate(&token.access_token)
        .await
        .unwrap();
    assert_ne!(member.session_id, ann.member.session_id);
}

#[apply(both_engines)]
async fn an_unknown_site_id_and_a_wrong_password_are_told_alike(club: Club) {
    club.member("ann").await;
    let wrong = tries(&club, "ann", "not the password", "192.0.2.1")
        .await
        .unwrap_err()
        .public();
    let unknown = tries(&club, "nobody", PASSWORD, "192.0.2.1")
        .await
        .unwrap_err()
        .public();
    assert_eq!(wrong, unknown);
    assert_eq!(wrong.code, Code::BadCredentials);
    assert_eq!(attempts(&club).await, ["failure", "failure"]);
}

#[apply(both_engines)]
async fn what_cannot_be_credentials_is_not_looked_at(club: Club) {
    let long = "x".repeat(129);
    let cases = [
        ("", PASSWORD),
        ("ann", ""),
        (&long[..51], PASSWORD),
        ("ann", &long),
        ("a\nn", PASSWORD),
    ];
    for (site_id, password) in cases {
        let refused = tries(&club, site_id, password, "192.0.2.1")
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
    assert!(attempts(&club).await.is_empty());
}

#[apply(both_engines)]
async fn five_failures_lock_a_site_id_even_for_the_right_password(club: Club) {
    club.member("ann").await;
    for n in 0..5 {
        fails(&club, "Ann", &format!("198.51.100.{n}")).await;
    }
    assert_locked(&club, "ann", "192.0.2.1", WINDOW_SECS).await;
    let admin = club
        .backend
        .accounts
        .admin_login(request("aNN", PASSWORD), &device())
        .await;
    assert_eq!(admin.unwrap_err().code(), Code::Locked);
    club.member("ben").await;
    tries(&club, "ben", PASSWORD, "198.51.100.1").await.unwrap();
}

#[apply(both_engines)]
async fn a_site_id_that_nobody_has_is_locked_too(club: Club) {
    for n in 0..5 {
        fails(&club, "nobody", &format!("198.51.100.{n}")).await;
    }
    assert_locked(&club, "nobody", "192.0.2.1", WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn a_locked_attempt_does_not_extend_the_lock(club: Club) {
    club.member("ann").await;
    fails(&club, "ann", "192.0.2.1").await;
    club.clock.advance_secs(60);
    for _ in 0..4 {
        fails(&club, "ann", "192.0.2.1").await;
    }
    for left in [540, 360, 180] {
        assert_locked(&club, "ann", "192.0.2.1", left).await;
        club.clock.advance_secs(180);
    }
    // The first failure has left the window; one more fills it again until the second leaves.
    assert_eq!(
        attempts(&club)
            .await
            .iter()
            .filter(|outcome| *outcome == "locked")
            .count(),
        3
    );
    fails(&club, "ann", "192.0.2.1").await;
    assert_locked(&club, "ann", "192.0.2.1", 60).await;
    club.clock.advance_secs(60);
    tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap();
}

#[apply(both_engines)]
async fn a_success_clears_the_failures_before_it(club: Club) {
    club.member("ann").await;
    for _ in 0..3 {
        for _ in 0..4 {
            fails(&club, "ann", "192.0.2.1").await;
        }
        tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap();
    }
    for _ in 0..5 {
        fails(&club, "ann", "192.0.2.1").await;
    }
    assert_locked(&club, "ann", "192.0.2.1", WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn twenty_failures_lock_an_address_for_every_site_id(club: Club) {
    club.member("ann").await;
    for n in 0..20 {
        club.clock.advance_secs(1);
        fails(&club, &format!("guess{n}"), "192.0.2.66").await;
    }
    assert_locked(&club, "ann", "192.0.2.66", WINDOW_SECS - 19).await;
    tries(&club, "ann", PASSWORD, "192.0.2.67").await.unwrap();
    // A success elsewhere does not clear this address.
    assert_locked(&club, "ann", "192.0.2.66", WINDOW_SECS - 19).await;
    club.clock.advance_secs(WINDOW_SECS - 19);
    tries(&club, "ann", PASSWORD, "192.0.2.66").await.unwrap();
}

#[apply(both_engines)]
async fn a_sign_in_of_ones_own_clears_no_guesses_at_others(club: Club) {
    club.member("ann").await;
    let address = "192.0.2.66";
    for _ in 0..4 {
        fails(&club, "ann", address).await;
    }
    for n in 0..15 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    tries(&club, "ann", PASSWORD, address).await.unwrap();
    // What one mistyped oneself is cleared.
    for n in 15..19 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    tries(&club, "ann", PASSWORD, address).await.unwrap();
    fails(&club, "guess19", address).await;
    club.member("ben").await;
    assert_locked(&club, "ben", address, WINDOW_SECS).await;
    tries(&club, "ben", PASSWORD, "192.0.2.67").await.unwrap();
}

#[apply(both_engines)]
async fn others_at_an_address_do_not_keep_out_who_last_signed_in_from_it(club: Club) {
    for name in ["ann", "ben"] {
        club.member(name).await;
    }
    let (office, home) = ("192.0.2.66", "192.0.2.67");
    tries(&club, "ann", PASSWORD, office).await.unwrap();
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), office).await;
    }
    assert_locked(&club, "ben", office, WINDOW_SECS).await;
    // Mistyping is hers to do, up to her own limit.
    for _ in 0..4 {
        fails(&club, "ann", office).await;
    }
    tries(&club, "ann", PASSWORD, office).await.unwrap();
    // Only the newest success counts.
    tries(&club, "ann", PASSWORD, home).await.unwrap();
    assert_locked(&club, "ann", office, WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn whom_an_address_is_known_for_has_a_limit_and_is_forgotten(club: Club) {
    club.member("ann").await;
    let address = "192.0.2.66";
    tries(&club, "ann", PASSWORD, address).await.unwrap();
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    for _ in 0..5 {
        fails(&club, "ann", address).await;
    }
    assert_locked(&club, "ann", address, WINDOW_SECS).await;
    // A month later nothing is left, and the address is as strange as any.
    club.clock.advance_secs(30 * 24 * 60 * 60);
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    assert_locked(&club, "ann", address, WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn an_ipv6_block_is_locked_by_four_times_as_many(club: Club) {
    for name in ["ann", "ben"] {
        club.member(name).await;
    }
    tries(&club, "ben", PASSWORD, "2001:db8:1:ff::1")
        .await
        .unwrap();
    for n in 0..80 {
        let address = format!("2001:db8:1:{:x}::1", n / 20);
        fails(&club, &format!("guess{n}"), &address).await;
    }
    assert_locked(&club, "ann", "2001:db8:1:4::1", WINDOW_SECS).await;
    tries(&club, "ben", PASSWORD, "2001:db8:1:ff::2")
        .await
        .unwrap();
    tries(&club, "ann", PASSWORD, "2001:db8:2:4::1")
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn an_ipv6_subscriber_is_one_address(club: Club) {
    club.member("ann").await;
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), &format!("2001:db8:1:2::{n}")).await;
    }
    assert_locked(&club, "ann", "2001:db8:1:2:ffff::1", WINDOW_SECS).await;
    tries(&club, "ann", PASSWORD, "2001:db8:1:3::1")
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn guesses_at_once_are_counted_one_after_another(club: Club) {
    club.member("ann").await;
    let guesses: Vec<_> = (0..20)
        .map(|n| {
            let club = club.clone();
            tokio::spawn(
                async move { tries(&club, "ann", "a guess", &format!("198.51.100.{n}")).await },
            )
        })
        .collect();
    for guess in guesses {
        let code = guess.await.unwrap().unwrap_err().code();
        assert!(
            matches!(code, Code::BadCredentials | Code::Locked),
            "{code:?}"
        );
    }
    let counted = attempts(&club).await;
    assert_eq!(
        counted
            .iter()
            .filter(|outcome| *outcome == "failure")
            .count(),
        5
    );
    assert_eq!(counted.len(), 20);
}

#[apply(both_engines)]
async fn sign_ins_at_once_with_the_right_password_all_work(club: Club) {
    club.member("ann").await;
    let sign_ins: Vec<_> = (0..12)
        .map(|_| {
            let club = club.clone();
            tokio::spawn(async move { tries(&club, "ann", PASSWORD, "192.0.2.1").await.unwrap() })
        })
        .collect();
    for sign_in in sign_ins {
        sign_in.await.unwrap();
    }
}

#[apply(both_engines)]
async fn the_admin_door_is_for_those_who_run_the_club(club: Club) {
    club.member("ann").await;
    let accounts = &club.backend.accounts;
    let refused = accounts
        .admin_login(request("ann", PASSWORD), &device())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::Forbidden);
    let wrong = accounts
        .admin_login(request("ann", "not the password"), &device())
        .await
        .unwrap_err();
    assert_eq!(wrong.code(), Code::BadCredentials);
    accounts.promote_admin("ann").await.unwrap();
    assert!(
        accounts
            .admin_login(request("ann", PASSWORD), &device())
            .await
            .unwrap()
            .user
            .is_admin
    );
    assert_eq!(attempts(&club).await, ["refused", "failure", "success"]);
}

#[apply(both_engines)]
async fn a_banned_member_learns_it_only_with_the_right_password(club: Club) {
    let ann = club.member("ann").await.member;
    let boss = club.staff("boss").await;
    club.backend
        .accounts
        .ban(&boss, ann.user_id, "cheating", None)
        .await
        .unwrap();
    fails(&club, "ann", "192.0.2.1").await;
    let banned = tries(&club, "ann", PASSWORD, "192.0.2.1")
        .await
        .unwrap_err();
    assert_eq!(banned.code(), Code::Banned);
    assert_eq!(attempts(&club).await, ["failure", "refused"]);
}
