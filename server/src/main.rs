//! `casino-club`: the club in one binary.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match server::commands::run(server::commands::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("casino-club: {failure}");
            failure.into()
        }
    }
}
