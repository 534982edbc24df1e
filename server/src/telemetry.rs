//! The log: to standard error, one event a line.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::Failure;
use crate::config::LogConfig;

/// Starts the log of this process.
pub(crate) fn start(log: &LogConfig) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&log.filter);
    let filter = filter.map_err(|error| Failure::Settings(vec![format!("RUST_LOG: {error}")]))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = if log.json {
        builder
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .try_init()
    } else {
        builder
            .with_target(false)
            .with_ansi(std::io::stderr().is_terminal())
            .try_init()
    };
    started.map_err(|error| Failure::Other(format!("the log cannot start: {error}")))
}
