//! Who can reach the files of the club, and what the log says of it.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use testkit::{Engine, TestDatabase};

use crate::binary::{Serving, on};
use crate::crash::with_database;

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_when_others_can_reach_the_folder_of_the_database() {
    with_database(Engine::Sqlite, warned_of).await;
}

async fn warned_of(database: Arc<TestDatabase>) {
    let folder = database.folder.path();
    for (mode, is_said) in [(0o700, false), (0o755, true)] {
        fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
        let log = folder.join("log");
        let mut serve = on(&database, &["serve"]);
        serve.stderr(File::create(&log).unwrap());
        let mut serving = Serving::start(serve).await;
        serving.terminate();
        assert_eq!(serving.ended().await, Some(0));
        let log = fs::read_to_string(log).unwrap();
        assert_eq!(log.contains("the folder of the database"), is_said, "{log}");
    }
}
