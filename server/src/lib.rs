#![doc = include_str!("../README.md")]

mod bearer;
pub mod commands;
pub mod config;
mod connections;
pub mod error;
pub mod extract;
pub mod failure;
pub mod identity;
mod jobs;
mod layers;
mod metrics;
mod number;
pub mod openapi;
mod pages;
mod proxies;
mod reasons;
mod router;
mod routes;
pub mod sandbox;
mod seed;
pub mod shutdown;
mod state;
mod tally;
mod telemetry;

use std::future::Future;
use std::time::Duration;

use backend::Backend;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub use config::Config;
use config::HttpConfig;
use connections::Networks;
pub use failure::Failure;
use jobs::Jobs;
use state::AppState;

/// A reader that never comes back must not hold the process.
const CLOSE_TIME_MAX: Duration = Duration::from_secs(2);

/// Serves the club until `shutdown` comes, then lets what is under way finish, for 10 s at most.
pub async fn serve(
    listener: TcpListener,
    http: HttpConfig,
    backend: Backend,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let (stop, stopped) = watch::channel(false);
    let state = AppState::new(http, backend.clone(), stopped.clone());
    let upkeep = tokio::spawn(metrics::upkeep(state.metrics.clone(), stopped.clone()));
    let jobs = Jobs::start(&backend, stopped.clone());
    let router = router::router(&state);
    let networks = Networks::new(state.http.trusted_proxies.clone(), state.http.connections);
    tokio::spawn(async move {
        shutdown.await;
        // Nobody listening is fine.
        _ = stop.send(true);
    });
    connections::serve(listener, router, networks, stopped).await;
    upkeep.abort();
    jobs.end().await;
    _ = tokio::time::timeout(CLOSE_TIME_MAX, backend.db().close()).await;
}
