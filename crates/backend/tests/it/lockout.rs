//! Signing in, and being kept from trying it too often.

mod addresses;
mod sign_in;
mod site_ids;

use std::sync::Arc;

use backend::{Backend, Clock, Device, Entropy, Result, SystemEntropy};
use economy::Timestamp;
use sqlx::Row;
use testkit::club::{PASSWORD, ban, device};
use testkit::inputs::START;
use testkit::{Club, FakeClock, apply, both_engines};
use wire::Code;
use wire::auth::{LoginRequest, Token};
use wire::staff::Role;

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
