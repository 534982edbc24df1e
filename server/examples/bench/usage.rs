//! What was used while a club was driven: processor time, commits, batches.

use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::Engine;
use crate::club::{self, Server};
use crate::measure::say;

/// Clock ticks of `/proc` in a second, as Linux counts on every common machine.
const TICKS: u64 = 100;

/// Counters at one instant.
pub(crate) struct Usage {
    /// Processor time of who settles: the server, or this process.
    club: Duration,
    /// And of all processes of PostgreSQL.
    database: Option<Duration>,
    /// Transactions that were committed, as PostgreSQL counts them, or the club itself on SQLite; older
    /// builds do not.
    commits: Option<u64>,
    /// Batches of the croupiers, and the hands in them; older builds have none.
    batches: Option<[u64; 2]>,
}

impl Usage {
    /// Of a server, or of this process when there is none.
    pub(crate) async fn of(engine: &Engine, database: &str, server: Option<&Server>) -> Self {
        let process = server.map_or_else(std::process::id, Server::process);
        let figures = Figures::of(server).await;
        let is_postgres = matches!(engine, Engine::Postgres(_));
        let batches = figures.get("hands_in_batch_count");
        Self {
            club: processor_time(process),
            database: is_postgres.then(postgres_time),
            commits: match engine {
                Engine::Sqlite(_) => figures.get("commits_total"),
                Engine::Postgres(_) => Some(commits(database)),
            },
            batches: batches.map(|batches| {
                let hands = figures.get("hands_in_batch_sum");
                [batches, hands.unwrap_or_default()]
            }),
        }
    }
}

/// What was used between two instants, or in several such whiles.
#[derive(Default)]
pub(crate) struct Used {
    club: Duration,
    database: Option<Duration>,
    commits: Option<u64>,
    batches: Option<[u64; 2]>,
}

impl Used {
    pub(crate) fn add(&mut self, before: &Usage, after: &Usage) {
        self.club += after.club.saturating_sub(before.club);
        if let (Some(before), Some(after)) = (before.database, after.database) {
            *self.database.get_or_insert_default() += after.saturating_sub(before);
        }
        // What is not there before is counted for the first time in this while.
        if let Some(after) = after.commits {
            let before = before.commits.unwrap_or_default();
            *self.commits.get_or_insert_default() += after.saturating_sub(before);
        }
        if let Some(after) = after.batches {
            let before = before.batches.unwrap_or_default();
            let sums = self.batches.get_or_insert_default();
            for ((sum, before), after) in sums.iter_mut().zip(before).zip(after) {
                *sum += after.saturating_sub(before);
            }
        }
    }

    /// Per spin, and a second.
    pub(crate) fn say(&self, spins: usize, elapsed: Duration) {
        let each = |time: Duration| time.as_secs_f64() * 1e6 / spins as f64;
        let mut figures = vec![format!("club {:.0} µs", each(self.club))];
        if let Some(database) = self.database {
            figures.push(format!("database {:.0} µs", each(database)));
        }
        if let Some(commits) = self.commits {
            let rate = commits as f64 / elapsed.as_secs_f64();
            figures.push(format!("{rate:.0} commits/s"));
        }
        if let Some([batches, hands]) = self.batches.filter(|[batches, _]| *batches > 0) {
            let rate = batches as f64 / elapsed.as_secs_f64();
            let size = hands as f64 / batches as f64;
            figures.push(format!("{rate:.0} batches/s of {size:.1}"));
        }
        say("  a spin", &figures.join(", "));
    }
}

/// What a process has used, its threads included.
fn processor_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The command's name stands in brackets, and may hold spaces.
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let times = after_name.split(' ').skip(11).take(2);
    let ticks: u64 = times.filter_map(|time| time.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1_000 / TICKS)
}

fn postgres_time() -> Duration {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|process: &u32| {
            let name = std::fs::read_to_string(format!("/proc/{process}/comm"));
            name.is_ok_and(|name| name.trim() == "postgres")
        })
        .map(processor_time)
        .sum()
}

fn commits(database: &str) -> u64 {
    let statement = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
    let answer = Command::new("psql")
        .args(["-tA", database, "-c", statement])
        .output();
    let answer = String::from_utf8(answer.unwrap().stdout).unwrap();
    answer.trim().parse().unwrap()
}

/// What a club counts of itself.
struct Figures(String);

impl Figures {
    /// From the server's `/metrics`, or of this process.
    async fn of(server: Option<&Server>) -> Self {
        static OWN: LazyLock<PrometheusHandle> =
            LazyLock::new(|| PrometheusBuilder::new().install_recorder().unwrap());
        let Some(server) = server else {
            return Self(OWN.render());
        };
        let url = format!("http://{}/metrics", server.address);
        let answer = club::http().get(url).send().await.unwrap();
        Self(answer.text().await.unwrap())
    }

    /// A figure by its name; nothing before it was first counted.
    fn get(&self, name: &str) -> Option<u64> {
        let value = |line: &str| {
            line.strip_prefix(name)?
                .strip_prefix(' ')?
                .parse::<f64>()
                .ok()
        };
        self.0.lines().find_map(value).map(|value| value as u64)
    }
}
