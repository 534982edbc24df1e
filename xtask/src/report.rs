//! What ran, how long it took, and how it ended.

use anyhow::Result;
use std::time::{Duration, Instant};

#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    took: Duration,
    outcome: Result<String>,
}

impl Report {
    /// Runs one step. True when it passed; its note stands beside it in the table.
    pub(crate) fn step(&mut self, name: &str, check: impl FnOnce() -> Result<String>) -> bool {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = check();
        if let Err(error) = &outcome {
            eprintln!("{name}: {error:#}");
        }
        let passed = outcome.is_ok();
        self.rows.push(Row {
            name: name.to_owned(),
            took: start.elapsed(),
            outcome,
        });
        passed
    }

    pub(crate) fn print(&self, not_run: &[String]) {
        println!("\n{:<14} {:>9}  result", "step", "minutes");
        for row in &self.rows {
            let minutes = minutes(row.took);
            let result = match &row.outcome {
                Ok(note) if note.is_empty() => "passed".to_owned(),
                Ok(note) => format!("passed: {note}"),
                Err(error) => format!("FAILED: {error:#}"),
            };
            println!("{:<14} {minutes:>9.1}  {result}", row.name);
        }
        let total: Duration = self.rows.iter().map(|row| row.took).sum();
        println!("{:<14} {:>9.1}", "all", minutes(total));
        if !not_run.is_empty() {
            println!("not run: {}", not_run.join(", "));
        }
        println!("{} passed, {} failed", self.passed(), self.failed());
    }

    pub(crate) fn failed(&self) -> usize {
        self.rows.len() - self.passed()
    }

    fn passed(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_ok()).count()
    }
}

fn minutes(took: Duration) -> f64 {
    took.as_secs_f64() / 60.0
}
