//! Child processes. Each sees the project's own tools first on its PATH.

use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command that finds Tailwind and wasm-opt from npm, and cargo tools that xtask installed.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.env("PATH", search_path());
    command
}

/// `cargo` with its arguments given as one line.
pub(crate) fn cargo(line: &str) -> Command {
    let mut command = command("cargo");
    command.args(line.split_whitespace());
    command
}

/// Runs to the end with the terminal attached; anything but success is an error naming the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = describe(command);
    println!("$ {line}");
    let status = command
        .status()
        .with_context(|| format!("starting `{line}`"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// What a command prints, or nothing when it cannot be started or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Where a program is, in the order in which children search.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path())
        .map(|dir| dir.join(program))
        .find(|path| path.is_file())
}

/// A value from the environment; empty counts as absent.
pub(crate) fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// An absolute path, for children that start in another directory.
pub(crate) fn absolute(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path))
}

fn search_path() -> OsString {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let own = [absolute("node_modules/.bin"), absolute(".tools/bin")];
    let all = own.into_iter().chain(std::env::split_paths(&inherited));
    // Joining fails only where a directory's name holds the separator; then the tools come from PATH.
    std::env::join_paths(all).unwrap_or(inherited)
}

fn describe(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| without_password(&part.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Commands are printed, and logs are kept: `scheme://user:password@host` loses its middle.
fn without_password(part: &str) -> String {
    let masked = part.split_once("://").and_then(|(scheme, rest)| {
        let (login, place) = rest.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:***@{place}"))
    });
    masked.unwrap_or_else(|| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_not_printed() {
        let masked = without_password("postgres://me:p@ss@db:5433/club");
        assert_eq!(masked, "postgres://me:***@db:5433/club");
        let open = "postgres://me@db/club";
        assert_eq!(without_password(open), open);
    }
}
