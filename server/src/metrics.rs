//! What `/metrics` tells.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::sync::watch;

/// Upper bounds of the latency buckets, in seconds.
const LATENCY_BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// How often measured latencies are folded into their buckets, so that they do not pile up unread.
const UPKEEP: Duration = Duration::from_secs(5);

/// The process's one recorder.
pub(crate) fn handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let latency = Matcher::Full("http_request_duration_seconds".to_owned());
            let builder = PrometheusBuilder::new();
            // Only an empty list of buckets is refused.
            let builder = builder.set_buckets_for_metric(latency, &LATENCY_BUCKETS);
            let recorder = builder
                .unwrap_or_else(|_| PrometheusBuilder::new())
                .build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("metrics are recorded elsewhere; /metrics stays empty");
            }
            handle
        })
        .clone()
}

/// Keeps the recorder small until the server stops.
pub(crate) async fn upkeep(handle: PrometheusHandle, mut stopped: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(UPKEEP);
    loop {
        tokio::select! {
            _ = tick.tick() => handle.run_upkeep(),
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// One request was answered. `route` is the template, not the path, so that series stay few.
pub(crate) fn request(method: &'static str, route: &str, status: u16, took: Duration) {
    let route = route.to_owned();
    counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    histogram!("http_request_duration_seconds", "route" => route).record(took.as_secs_f64());
}

/// A connection was closed at once, because its network has as many as it may.
pub(crate) fn connection_refused() {
    counter!("connections_refused_total").increment(1);
}

/// Counts a request for as long as it lives.
pub(crate) struct InFlight;

impl InFlight {
    pub(crate) fn begin() -> Self {
        gauge!("http_requests_in_flight").increment(1);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!("http_requests_in_flight").decrement(1);
    }
}
