//! The servers and the browser that the tests talk to: found, else started, else installed.

use crate::shell::{self, answer, command, find};
use crate::{postgres, redis};
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(100);

/// What was found or started. What was started ends when this is dropped.
pub(crate) struct Services {
    durability: Durability,
    postgres: Option<Service>,
    redis: Option<Service>,
}

/// Whether a PostgreSQL of ours waits for the disk.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Durability {
    /// As a club would run it; the only fair one to measure.
    Durable,
    /// Nothing outlives the tests, so nothing has to reach the disk.
    Volatile,
}

pub(crate) struct Service {
    pub(crate) url: String,
    /// None where somebody else runs it.
    pub(crate) _server: Option<Server>,
}

impl Services {
    pub(crate) fn new(durability: Durability) -> Self {
        Services {
            durability,
            postgres: None,
            redis: None,
        }
    }

    /// An administrator's URL, in whose server each test makes its own database.
    pub(crate) fn postgres(&mut self) -> Result<String> {
        obtain(&mut self.postgres, || postgres::obtain(self.durability))
    }

    pub(crate) fn redis(&mut self) -> Result<String> {
        obtain(&mut self.redis, redis::obtain)
    }
}

fn obtain(slot: &mut Option<Service>, find: impl FnOnce() -> Result<Service>) -> Result<String> {
    let service = match slot.take() {
        Some(service) => service,
        None => find()?,
    };
    Ok(slot.insert(service).url.clone())
}

/// A server of ours with a directory of its own under the system's temporary directory,
/// where another user, such as `postgres`, can reach it.
pub(crate) struct Server {
    child: Child,
    dir: PathBuf,
}

impl Server {
    /// A fresh directory for a server of this kind.
    pub(crate) fn directory(kind: &str) -> Result<PathBuf> {
        let name = format!("casino-club-test-{kind}-{}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        fs::create_dir(&dir).with_context(|| format!("creating {}", dir.display()))?;
        Ok(dir)
    }

    /// Starts it and waits until it answers. Its output goes to a file that a failure names.
    pub(crate) fn start(
        server: &mut Command,
        dir: PathBuf,
        answers: impl Fn() -> bool,
    ) -> Result<Server> {
        let log_path = dir.join("server.log");
        let log = fs::File::create(&log_path).context("creating the server's log")?;
        let child = server
            .stdin(Stdio::null())
            .stderr(log.try_clone()?)
            .stdout(log)
            .spawn()
            .with_context(|| format!("starting {}", server.get_program().to_string_lossy()))?;
        let mut server = Server { child, dir };
        let deadline = Instant::now() + START_LIMIT;
        while !answers() {
            if server.child.try_wait()?.is_some() || Instant::now() > deadline {
                let log = fs::read_to_string(&log_path).unwrap_or_default();
                bail!("it did not start; its log says:\n{log}");
            }
            std::thread::sleep(POLL);
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGINT is a clean and quick end for both PostgreSQL and Redis; `kill` alone would leave
        // PostgreSQL's shared memory behind.
        let pid = self.child.id().to_string();
        if answer(Command::new("kill").args(["-INT", &pid])).is_none() {
            self.child.kill().ok();
        }
        self.child.wait().ok();
        fs::remove_dir_all(&self.dir).ok();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}

/// The browser: CHROMIUM_PATH, else the usual names.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = shell::env("CHROMIUM_PATH") {
        if !Path::new(&path).is_file() {
            bail!("CHROMIUM_PATH names {path}, which is not a file");
        }
        return Ok(PathBuf::from(path));
    }
    if let Some(path) = installed_chromium() {
        return Ok(path);
    }
    install("Chromium", HEADLESS)?;
    installed_chromium().context("Chromium was installed and is still not on PATH")
}

/// The same engine without the windows that no test looks at; it starts and ends sooner.
const HEADLESS: &str = "chromium-headless-shell";

fn installed_chromium() -> Option<PathBuf> {
    const NAMES: [&str; 5] = [
        HEADLESS,
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    let on_mac = Some(PathBuf::from(MAC)).filter(|path| path.is_file());
    NAMES.into_iter().find_map(find).or(on_mac)
}

/// Installs a Debian package where that needs no password, else says how to.
pub(crate) fn install(what: &str, package: &str) -> Result<()> {
    if !is_root() || find("apt-get").is_none() {
        bail!(
            "{what} is missing; install it with `sudo apt-get install -y {package}` or your system's package manager"
        );
    }
    println!("{what} is missing and is being installed.");
    shell::run(command("apt-get").args(["update", "--quiet"]))?;
    let install = ["install", "-y", "--no-install-recommends", package];
    shell::run(
        command("apt-get")
            .args(install)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

pub(crate) fn is_root() -> bool {
    answer(command("id").arg("-u")).is_some_and(|uid| uid == "0")
}
