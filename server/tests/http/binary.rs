//! The binary itself, as a process of its own.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use testkit::TestDatabase;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;

/// The longest that a process may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(60);
const SECRET: &str = "a secret that only process tests use";

/// The binary in a folder of its own, with these settings and no others.
pub(crate) fn command(folder: &Path, settings: &[(&str, &str)], args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casino-club"));
    command
        .current_dir(folder)
        .env_clear()
        .args(args)
        .stdin(Stdio::null());
    command
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_HASH_FILES", "false")
        .envs(settings.iter().copied());
    command
}

/// The binary on this database.
pub(crate) fn on(database: &TestDatabase, args: &[&str]) -> Command {
    let settings = [
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", database.url.as_str()),
        ("JWT_SECRET_KEY", SECRET),
        ("INITIAL_CYBER_TOKENS", "1000000"),
        // Every request of a test comes from one network, which has a quarter of them.
        ("REQUESTS_AT_ONCE", "2048"),
        ("RUST_LOG", "warn"),
    ];
    command(database.folder.path(), &settings, args)
}

/// What a command that ends by itself said; its exit code must be this one.
#[track_caller]
pub(crate) fn ends(mut command: Command, code: i32) -> String {
    let process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = process.id().to_string();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(process.wait_with_output().unwrap()));
    let output = told.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        _ = Command::new("kill").args(["-KILL", &id]).status();
        panic!("{command:?} did not end in {PATIENCE:?}")
    });
    let said = said(&output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A serving process.
pub(crate) struct Serving {
    pub(crate) process: Child,
    pub(crate) base: String,
}

impl Serving {
    /// Starts it and waits until it says where it serves.
    pub(crate) async fn start(command: Command) -> Self {
        let mut command = tokio::process::Command::from(command);
        let mut process = command
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let greeting = tokio::time::timeout(PATIENCE, lines.next_line())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        let base = greeting.split(" at ").nth(1).unwrap().to_owned();
        // Whatever else it prints must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { process, base }
    }

    /// `host:port`.
    pub(crate) fn address(&self) -> &str {
        self.base.strip_prefix("http://").unwrap()
    }

    /// Asks it to stop, as a container does.
    pub(crate) fn terminate(&self) {
        let id = self.process.id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Its exit code, once it has ended.
    pub(crate) async fn ended(&mut self) -> Option<i32> {
        tokio::time::timeout(PATIENCE, self.process.wait())
            .await
            .unwrap()
            .unwrap()
            .code()
    }
}
