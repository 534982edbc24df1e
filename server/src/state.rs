//! What every request can reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::ssr::PageSettings;
use axum::extract::FromRef;
use backend::Backend;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Semaphore;

use crate::config::{Environment, HttpConfig};
use crate::metrics;

/// What every request can reach; cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) backend: Backend,
    pub(crate) http: Arc<HttpConfig>,
    pub(crate) pages: PageSettings,
    pub(crate) metrics: PrometheusHandle,
    /// One permit for each request that may be worked on.
    pub(crate) admission: Arc<Semaphore>,
    stopping: Arc<AtomicBool>,
}

impl AppState {
    pub(crate) fn new(http: HttpConfig, backend: Backend) -> Self {
        let auth = &backend.settings().auth;
        let pages = PageSettings {
            site_url_is_https: http.is_https(),
            access_ttl_secs: auth.access_ttl_secs,
            refresh_ttl_secs: auth.refresh_ttl_secs,
            development: http.environment == Environment::Development,
        };
        Self {
            pages,
            metrics: metrics::handle(),
            admission: Arc::new(Semaphore::new(http.requests_at_once)),
            stopping: Arc::new(AtomicBool::new(false)),
            http: Arc::new(http),
            backend,
        }
    }

    /// Says that no new work should be sent here.
    pub(crate) fn stopping(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether new work may be sent here.
    pub(crate) fn is_taking_work(&self) -> bool {
        !self.stopping.load(Ordering::Relaxed)
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.http.site.clone()
    }
}
