//! `cargo xtask test`: every check, cheap ones first, stopping at the first that fails.

use crate::release::Site;
use crate::report::Report;
use crate::services::{Durability, Services};
use crate::{fuzz, steps};
use anyhow::Result;
use clap::ValueEnum;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only this step (may be repeated)
    #[arg(long, value_name = "STEP", conflicts_with = "from")]
    only: Vec<Step>,
    /// Begin with this step
    #[arg(long, value_name = "STEP")]
    from: Option<Step>,
    /// Ask the server at random for so many minutes too; else the step is left out
    #[arg(long, value_name = "MINUTES", env = "CASINO_CLUB_FUZZ_MINUTES")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=FUZZ_MINUTES_MAX))]
    fuzz: Option<u32>,
}

/// Who asks for more forgets that it runs; CI, with its 90 minutes, asks for a few.
const FUZZ_MINUTES_MAX: i64 = 120;

/// The checks, in the order in which they run.
#[derive(Clone, Copy, PartialEq, PartialOrd, ValueEnum)]
pub(crate) enum Step {
    /// Formatting
    Fmt,
    /// The club's font holds the glyphs of its words
    Glyphs,
    /// Types of the browser tests
    Types,
    /// Dependencies that nothing uses
    Unused,
    /// Licences, banned crates and sources of the dependencies
    Deny,
    /// Lints of the native crates
    Clippy,
    /// Lints of the page, as it is compiled for the browser
    ClippyWasm,
    /// Documentation builds without a warning
    Docs,
    /// The rules give the same results in the browser's engine as natively
    Rules,
    /// Native tests, on SQLite, PostgreSQL and Redis
    Native,
    /// Whatever the document describes, asked for at random; only with `--fuzz`
    Fuzz,
    /// Lines of the rule crates that the tests reach
    Coverage,
    /// The page's files, as they are released
    Site,
    /// Every page, opened with nothing cached, is within its requests and bytes
    Weight,
    /// The browser tests against a server on SQLite
    E2eSqlite,
    /// The browser tests against a server on PostgreSQL
    E2ePostgres,
}

impl Step {
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn check(self, services: &mut Services, args: &Args) -> Result<String> {
        match self {
            Step::Fmt => steps::fmt(),
            Step::Glyphs => steps::glyphs(),
            Step::Types => steps::types(),
            Step::Unused => steps::unused(),
            Step::Deny => steps::deny(),
            Step::Clippy => steps::clippy(),
            Step::ClippyWasm => steps::clippy_wasm(),
            Step::Docs => steps::docs(),
            Step::Rules => steps::rules(),
            Step::Native => steps::native(services),
            Step::Fuzz => fuzz::run(args.fuzz),
            Step::Coverage => steps::coverage(),
            Step::Site => steps::site(),
            Step::Weight => steps::weight(services),
            Step::E2eSqlite => steps::e2e_sqlite(services),
            Step::E2ePostgres => steps::e2e_postgres(services),
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let chosen = Step::value_variants().iter().copied().filter(|step| {
        let is_named = args.only.is_empty() || args.only.contains(step);
        let is_asked_for = args.fuzz.is_some() || args.only.contains(step);
        is_named
            && args.from.is_none_or(|from| *step >= from)
            && (*step != Step::Fuzz || is_asked_for)
    });
    let chosen: Vec<_> = chosen.collect();
    let builds = chosen.contains(&Step::Site);
    let mut site = None;
    let mut services = Services::new(Durability::Volatile);
    let mut report = Report::default();
    let mut steps = chosen.into_iter();
    // Stops at the first failure: what costs minutes comes last, and would likely fail with it.
    steps.find(|step| {
        !report.step(&step.name(), || {
            // The first that compiles for minutes: what is cheap has passed.
            if *step == Step::Clippy && builds {
                site = Site::begin()?;
            }
            if *step == Step::Site
                && let Some(site) = site.take()
            {
                site.finish()?;
            }
            step.check(&mut services, args)
        })
    });
    let not_run: Vec<_> = steps.map(Step::name).collect();
    report.print(&not_run);
    Ok(match report.failed() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
