//! A database of one test's own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use wire::UserId;

use super::Db;
use crate::SystemClock;
use crate::settings::DatabaseSettings;
use crate::wake::{Changed, Wake};

/// Longer than anything in a test takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who was woken.
#[derive(Default)]
pub(super) struct Woken(Mutex<Vec<UserId>>);

impl Woken {
    pub(super) fn all(&self) -> Vec<UserId> {
        self.0.lock().unwrap().clone()
    }
}

impl Wake for Woken {
    fn wake(&self, user: UserId, _: Changed) {
        self.0.lock().unwrap().push(user);
    }
}

/// An empty one of SQLite in this folder, and whom its commits wake.
pub(super) async fn open(folder: &TempDir) -> (Db, Arc<Woken>) {
    let woken = Arc::new(Woken::default());
    let url = format!("sqlite://{}", folder.path().join("club.db").display());
    let settings = DatabaseSettings {
        url: url.into(),
        connections_max: 2,
        lock_wait: PATIENCE,
        acquire_wait: PATIENCE,
    };
    let db = Db::open(&settings, Arc::new(SystemClock), woken.clone());
    (db.await.unwrap(), woken)
}
