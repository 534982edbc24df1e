//! The release build: the server's binary, the page's files, and the stamps that say they are current.
//!
//! cargo-leptos empties its site directory and optimises the wasm anew on every call,
//! which costs a minute when nothing has changed; the stamps make a second start immediate.

use crate::{shell, tools};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

pub(crate) const BINARY: &str = "target/release/casino-club";
/// Where another commit is built, to compare with.
const OTHER_TREE: &str = "target/compare";
const OUTPUT_NAME: &str = "casino-club";
const SITE: &str = "target/site";
/// Leptos looks for it beside the binary; it names the hashed files of the page.
const HASHES: &str = "target/release/hash.txt";
/// By its own name: through `cargo` another version in cargo's home could come first.
const CARGO_LEPTOS: &str = "cargo-leptos";
const SERVER_STAMP: &str = "target/release/.xtask-server";
const SITE_STAMP: &str = "target/release/.xtask-site";
/// What building the page's files says.
const LOG: &str = "target/release/site.log";

/// What the release is made of. Tests are left out: they change nothing that is served.
const SOURCES: [&str; 13] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "crates",
    "frontend",
    "migrations",
    "package-lock.json",
    "public",
    "rust-toolchain.toml",
    "server",
    "style",
    "xtask/src/release.rs",
];
const LEFT_OUT: [&str; 4] = ["benches", "examples", "node_modules", "tests"];

/// Builds what is not current. Every command that needs the release calls this first.
pub(crate) fn build() -> Result<()> {
    let inputs = inputs()?;
    let has_server = Path::new(BINARY).is_file() && is_stamped(SERVER_STAMP, &inputs);
    if has_server && has_site(&inputs) {
        println!("The release is up to date.");
        return Ok(());
    }
    // The page's code compiles on one core for minutes; the server takes the other meanwhile.
    let site = Site::begin()?;
    if !has_server {
        shell::run(shell::command(CARGO_LEPTOS).args(half("--server-only")))?;
        write_stamp(SERVER_STAMP, &inputs)?;
    }
    site.map_or(Ok(()), Site::finish)
}

/// Builds another commit's server, in a work tree with a target folder of its own. It has no page's
/// files and gets this build's: it is asked over REST only.
pub(crate) fn build_of(reference: &str) -> Result<PathBuf> {
    // What is relative is so to this work tree, not to the other.
    let commit = format!("{reference}^{{commit}}");
    let parse = ["rev-parse", "--verify", "--quiet", &commit];
    let commit = shell::answer(shell::command("git").args(parse));
    let reference = &commit.with_context(|| format!("{reference} names no commit"))?;
    if Path::new(OTHER_TREE).exists() {
        let checkout = ["-C", OTHER_TREE, "checkout", "--quiet", "--detach"];
        shell::run(shell::command("git").args(checkout).arg(reference))?;
    } else {
        // A work tree that somebody deleted by hand is still known to git.
        shell::run(shell::command("git").args(["worktree", "prune"]))?;
        let add = ["worktree", "add", "--quiet", "--detach", OTHER_TREE];
        shell::run(shell::command("git").args(add).arg(reference))?;
    }
    tools::for_release()?;
    shell::run(
        shell::command(CARGO_LEPTOS)
            .args(half("--server-only"))
            .current_dir(OTHER_TREE),
    )?;
    let binary = shell::absolute(OTHER_TREE).join(BINARY);
    lay_hashes_beside(&binary)?;
    Ok(binary)
}

/// The page's files, on their way behind other work: building them takes what that leaves of the
/// processor, as where the last crates of a chain compile one after the other.
pub(crate) struct Site {
    build: Child,
    inputs: String,
}

impl Site {
    /// Begins, unless they are current.
    pub(crate) fn begin() -> Result<Option<Self>> {
        // Taken before the build: a file saved while it runs makes the next call build again.
        let inputs = inputs()?;
        if has_site(&inputs) {
            return Ok(None);
        }
        tools::for_release()?;
        // cargo-leptos writes the hashes there, whether or not there is a server yet.
        fs::create_dir_all("target/release").context("creating target/release")?;
        let log = File::create(LOG).with_context(|| format!("creating {LOG}"))?;
        // At the lowest priority: what it is built behind comes first.
        let build = shell::command("nice")
            .args(["-n", "19", CARGO_LEPTOS])
            .args(half("--frontend-only"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("starting cargo-leptos")?;
        println!("The page's files are built meanwhile; see {LOG}.");
        Ok(Some(Self { build, inputs }))
    }

    /// Waits until they are built.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.build.wait().context("waiting for cargo-leptos")?;
        print!("{}", fs::read_to_string(LOG).unwrap_or_default());
        if !status.success() {
            bail!("building the page's files ended with {status}");
        }
        write_stamp(SITE_STAMP, &self.inputs)
    }
}

impl Drop for Site {
    /// Asked to stop, cargo-leptos stops what it started; killed, it would leave that behind.
    fn drop(&mut self) {
        if matches!(self.build.try_wait(), Ok(None)) {
            let pid = self.build.id().to_string();
            _ = shell::command("kill").args(["-INT", &pid]).status();
            _ = self.build.wait();
        }
    }
}

/// What builds one half of the release.
fn half(only: &str) -> [&str; 5] {
    ["build", "--release", "--split", "--precompress", only]
}

fn write_stamp(stamp: &str, inputs: &str) -> Result<()> {
    fs::write(stamp, inputs).with_context(|| format!("writing {stamp}"))
}

fn is_stamped(stamp: &str, inputs: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|stamp| stamp == inputs)
}

/// Whether the page's files are current. A debug build by `cargo leptos watch` writes to the same
/// directory, uncompressed.
fn has_site(inputs: &str) -> bool {
    is_stamped(SITE_STAMP, inputs)
        && compressed_files().is_ok_and(|files| files.iter().all(|file| file.is_file()))
}

/// Tells a server where the page's files are. In a container they stand where it looks by itself.
pub(crate) fn locate_site(command: &mut Command) {
    command
        .env("LEPTOS_OUTPUT_NAME", OUTPUT_NAME)
        .env("LEPTOS_SITE_ROOT", shell::absolute(SITE))
        .env("LEPTOS_HASH_FILES", "true");
}

/// Lays the names of the page's files beside another server than the release's, which looks there.
pub(crate) fn lay_hashes_beside(binary: impl AsRef<Path>) -> Result<()> {
    let beside = binary.as_ref().with_file_name("hash.txt");
    fs::copy(HASHES, &beside).with_context(|| format!("writing {}", beside.display()))?;
    Ok(())
}

/// How much wasm browsers are sent, in bytes of brotli.
pub(crate) struct ClientWasm {
    /// What every page loads first.
    pub(crate) first: u64,
    /// With the wings that are loaded when they are opened.
    pub(crate) all: u64,
    pub(crate) files: usize,
}

/// Measures the wasm of the release.
pub(crate) fn client_wasm() -> Result<ClientWasm> {
    let first = compressed_files()?
        .into_iter()
        .find(|path| is_wasm(path))
        .with_context(|| format!("{HASHES} names no wasm"))?;
    let (mut all, mut files) = (0, 0);
    let folder = format!("{SITE}/pkg");
    for entry in fs::read_dir(&folder).with_context(|| format!("listing {folder}"))? {
        let entry = entry?;
        if is_wasm(&entry.path()) {
            all += entry.metadata()?.len();
            files += 1;
        }
    }
    let first = fs::metadata(&first)
        .with_context(|| format!("reading {}", first.display()))?
        .len();
    Ok(ClientWasm { first, all, files })
}

fn is_wasm(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".wasm.br")
}

/// The files named by hash.txt (`wasm: <hash>`), in their compressed form.
fn compressed_files() -> Result<Vec<PathBuf>> {
    let hashes = fs::read_to_string(HASHES).with_context(|| format!("reading {HASHES}"))?;
    let names = hashes.lines().filter_map(|line| line.split_once(": "));
    Ok(names
        .map(|(kind, hash)| {
            let hash = hash.trim();
            let name = match kind {
                "manifest" => format!("__wasm_split_manifest.{hash}.json"),
                "split" => format!("__wasm_split.{hash}.js"),
                kind => format!("{OUTPUT_NAME}.{hash}.{kind}"),
            };
            PathBuf::from(format!("{SITE}/pkg/{name}.br"))
        })
        .collect())
}

/// Path, length and time of every source, one a line: readable, and different when anything is.
fn inputs() -> Result<String> {
    let mut lines = Vec::new();
    for source in SOURCES {
        list(Path::new(source), &mut lines)?;
    }
    lines.sort();
    Ok(lines.concat())
}

fn list(path: &Path, lines: &mut Vec<String>) -> Result<()> {
    let Ok(meta) = fs::metadata(path) else {
        return Ok(());
    };
    if !meta.is_dir() {
        let age = meta.modified()?.duration_since(SystemTime::UNIX_EPOCH)?;
        let (len, nanos) = (meta.len(), age.as_nanos());
        lines.push(format!("{} {len} {nanos}\n", path.display()));
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("listing {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        if !LEFT_OUT.iter().any(|left_out| name == *left_out) {
            list(&entry.path(), lines)?;
        }
    }
    Ok(())
}
