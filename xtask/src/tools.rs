//! The tools that the build and the checks need, installed when missing or of the wrong version.
//!
//! Cargo tools that PATH does not offer go to `.tools/`, so that nothing of the user's is replaced.

use crate::services::install;
use crate::shell::{self, answer, command};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// 0.3.11 asks for a newer compiler than the one pinned here.
const CARGO_LEPTOS: &str = "0.3.10";
const NODE_MAJOR_MIN: u32 = 20;
/// A newer one may find more, in a change that broke nothing.
const SCHEMATHESIS: &str = "4.32.5";
const SCHEMATHESIS_HOME: &str = ".tools/schemathesis";
/// Removed after each installation; kept until then, so that an interrupted one goes on where it was.
const INSTALL_TARGET: &str = "target/tools";

pub(crate) const DENY: Tool = Tool::any_version("cargo-deny", "0.20.2");
pub(crate) const MACHETE: Tool = Tool::any_version("cargo-machete", "0.9.2");
pub(crate) const LLVM_COV: Tool = Tool::any_version("cargo-llvm-cov", "0.9.1");

/// A program that `cargo install` provides.
pub(crate) struct Tool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    /// Another version of this tool would build something that does not fit.
    exact: bool,
    locked: bool,
}

impl Tool<'static> {
    const fn any_version(package: &'static str, version: &'static str) -> Self {
        Tool {
            package,
            program: package,
            version,
            exact: false,
            locked: true,
        }
    }
}

impl Tool<'_> {
    pub(crate) fn ensure(&self) -> Result<()> {
        if self.is_present() {
            return Ok(());
        }
        self.install()?;
        if !self.is_present() {
            bail!("{} was installed and still cannot be run", self.program);
        }
        Ok(())
    }

    fn is_present(&self) -> bool {
        if !self.exact {
            return shell::find(self.program).is_some();
        }
        answer(command(self.program).arg("--version"))
            .is_some_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    /// As a prebuilt program where `cargo binstall` is at hand and has one, else built here.
    fn install(&self) -> Result<()> {
        if shell::find("cargo-binstall").is_some() {
            let package = format!("{}@{}", self.package, self.version);
            let mut fetch = shell::cargo("binstall --no-confirm --force --root .tools");
            if shell::run(fetch.arg(package)).is_ok() && self.is_present() {
                return Ok(());
            }
        } else {
            println!("With cargo-binstall installed, this would be fetched instead of built.");
        }
        self.build()
    }

    /// Little optimisation: these run for seconds, and a full release build of them takes far longer.
    fn build(&self) -> Result<()> {
        println!(
            "Installing {} {} into .tools, once (cargo-leptos takes about 15 minutes on two cores, others less).",
            self.package, self.version
        );
        let mut install = shell::cargo("install --force --root .tools --version");
        install.args([self.version, self.package]);
        if self.locked {
            install.arg("--locked");
        }
        install
            .env("CARGO_TARGET_DIR", INSTALL_TARGET)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        shell::run(&mut install)?;
        fs::remove_dir_all(INSTALL_TARGET).with_context(|| format!("removing {INSTALL_TARGET}"))
    }
}

/// Everything that `cargo leptos build --release` calls.
pub(crate) fn for_release() -> Result<()> {
    wasm_target()?;
    node_modules()?;
    Tool {
        package: "cargo-leptos",
        program: "cargo-leptos",
        version: CARGO_LEPTOS,
        exact: true,
        locked: true,
    }
    .ensure()?;
    // The command and the library speak a private format that changes with every version.
    Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &locked_version("wasm-bindgen")?,
        exact: true,
        locked: false,
    }
    .ensure()
}

/// The standard library for the browser; rustup does not add it by itself in every setup.
pub(crate) fn wasm_target() -> Result<()> {
    rustup_part("target", "wasm32-unknown-unknown")
}

/// A part of the toolchain: `clippy`, `rustfmt`, `llvm-tools`.
pub(crate) fn component(name: &str) -> Result<()> {
    rustup_part("component", name)
}

fn rustup_part(kind: &str, name: &str) -> Result<()> {
    // A toolchain without rustup, such as a distribution's, comes with its parts or fails by name later.
    let Some(list) = answer(command("rustup").args([kind, "list", "--installed"])) else {
        return Ok(());
    };
    if list.lines().any(|line| line.starts_with(name)) {
        return Ok(());
    }
    shell::run(command("rustup").args([kind, "add", name]))
}

/// Installs the npm packages when there are none or the lock file has changed since.
pub(crate) fn node_modules() -> Result<()> {
    node()?;
    let lock = fs::read("package-lock.json").context("reading package-lock.json")?;
    let stamp = Path::new("node_modules/.xtask-lock");
    if fs::read(stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    shell::run(command("npm").args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(stamp, lock).with_context(|| format!("writing {}", stamp.display()))
}

/// Node runs the wasm vectors; npm's tools need it too.
pub(crate) fn node() -> Result<()> {
    let version = answer(command("node").arg("--version"));
    let major = version
        .as_deref()
        .and_then(|text| text.trim_start_matches('v').split('.').next())
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        Some(major) => {
            bail!(
                "Node {major} is too old; install {NODE_MAJOR_MIN} or newer from https://nodejs.org"
            )
        }
        None => bail!("Node is missing; install {NODE_MAJOR_MIN} or newer from https://nodejs.org"),
    }
}

/// Asks what a document of OpenAPI describes; in a Python environment of its own.
pub(crate) fn schemathesis() -> Result<PathBuf> {
    let home = shell::absolute(SCHEMATHESIS_HOME);
    let program = home.join("bin/schemathesis");
    let is_present = || {
        let version = answer(command(&program).arg("--version"));
        version.is_some_and(|text| text.ends_with(SCHEMATHESIS))
    };
    if is_present() {
        return Ok(program);
    }
    println!("Installing schemathesis {SCHEMATHESIS} into {SCHEMATHESIS_HOME}, once.");
    let venv = || {
        shell::run(
            command("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&home),
        )
    };
    if shell::find("python3").is_none() || venv().is_err() {
        // Debian has the module in a package of its own.
        install("Python 3 with its module `venv`", "python3-venv")?;
        venv()?;
    }
    let package = format!("schemathesis=={SCHEMATHESIS}");
    let pip = ["install", "--quiet", "--disable-pip-version-check"];
    shell::run(command(home.join("bin/pip")).args(pip).arg(package))?;
    if !is_present() {
        bail!("schemathesis was installed and still cannot be run");
    }
    Ok(program)
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string("Cargo.lock").context("reading Cargo.lock")?;
    let name = format!("name = \"{package}\"");
    lock.lines()
        .skip_while(|line| *line != name)
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \""))
        .and_then(|line| line.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no {package}"))
}
