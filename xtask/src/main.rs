//! `cargo xtask run` starts the club, `cargo xtask test` checks everything.
//!
//! Both fetch the tools they need, so that rustup, a C compiler and Node are enough to begin.
//! Linux and macOS; on Windows use WSL.
#![expect(
    clippy::disallowed_methods,
    reason = "a build tool reads the environment, times its steps and waits for servers"
)]

mod bench;
mod fuzz;
mod postgres;
mod redis;
mod refusals;
mod release;
mod report;
mod run;
mod services;
mod shell;
mod steps;
mod test;
mod tools;

use anyhow::{Context, Result};
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Cli {
    /// Build the release where needed and serve it on http://127.0.0.1:3000
    Run(run::Args),
    /// Run every check, cheap ones first, and stop at the first that fails
    Test(test::Args),
    /// Look for known faults of the dependencies; apart from the checks, because they are found on any day
    Advisories,
    /// Build the release where needed, without starting it
    Build,
    /// Measure the release: spins a second on each engine, and the size of the page
    Bench(bench::Args),
    /// Kill the release again and again under load, and see that nothing is lost or done twice
    Kill(bench::KillArgs),
}

fn main() -> ExitCode {
    match dispatch(&Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: &Cli) -> Result<ExitCode> {
    let root = workspace_root()?;
    std::env::set_current_dir(&root).with_context(|| format!("entering {}", root.display()))?;
    match cli {
        Cli::Run(args) => run::run(args)?,
        Cli::Test(args) => return test::run(args),
        Cli::Advisories => steps::advisories()?,
        Cli::Build => release::build()?,
        Cli::Bench(args) => bench::run(args)?,
        Cli::Kill(args) => bench::kill(args)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Asked at run time, because a target directory may have been copied from another checkout.
fn workspace_root() -> Result<PathBuf> {
    let manifest =
        std::env::var("CARGO_MANIFEST_DIR").context("start this with `cargo xtask <command>`")?;
    let parent = Path::new(&manifest).parent();
    Ok(parent.context("xtask has no parent directory")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::Parser;

    /// A fault that was found today must not fail the check of what was right yesterday.
    #[test]
    fn advisories_are_a_command_of_their_own_and_no_step() {
        let alone = Cli::try_parse_from(["xtask", "advisories"]);
        assert!(matches!(alone, Ok(Cli::Advisories)));
        let step = Cli::try_parse_from(["xtask", "test", "--only", "advisories"]);
        assert!(step.is_err());
        assert!(Cli::try_parse_from(["xtask", "test", "--only", "deny"]).is_ok());
    }
}
