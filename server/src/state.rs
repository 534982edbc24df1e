//! What every request can reach.

use std::ops::Deref;
use std::sync::Arc;

use app::jar::Jar;
use app::ssr::PageSettings;
use axum::extract::FromRef;
use axum::http::HeaderValue;
use backend::Backend;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;

use crate::config::{Environment, HttpConfig};
use crate::metrics;
use crate::tally::{Most, Tally};

/// What all bodies hold that are under way: whoever sends many at once fills this, and not the memory.
const BODIES_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What every request can reach; one pointer, because every layer clones it.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Reached>);

/// Routes that reach it, with what the document says of them.
pub(crate) type Routes = OpenApiRouter<AppState>;

/// What is behind an [`AppState`].
pub(crate) struct Reached {
    pub(crate) backend: Backend,
    pub(crate) http: HttpConfig,
    pub(crate) pages: PageSettings,
    /// The build that the pages are of, as every answer names it.
    pub(crate) build: HeaderValue,
    pub(crate) metrics: PrometheusHandle,
    /// The requests that are worked on.
    pub(crate) places: Tally,
    /// The bytes of bodies that are under way.
    pub(crate) bodies: Tally,
    /// Turns true when the server is told to stop; what lasts longer than a request ends then.
    pub(crate) stopped: watch::Receiver<bool>,
}

impl Deref for AppState {
    type Target = Reached;

    fn deref(&self) -> &Reached {
        &self.0
    }
}

impl AppState {
    pub(crate) fn new(http: HttpConfig, backend: Backend, stopped: watch::Receiver<bool>) -> Self {
        let auth = &backend.settings().auth;
        let pages = PageSettings {
            jar: if http.is_production() {
                Jar::Host
            } else {
                Jar::Plain
            },
            access_ttl_secs: auth.access_ttl_secs,
            refresh_ttl_secs: auth.refresh_ttl_secs,
            development: http.environment == Environment::Development,
            sandbox: http.has_sandbox,
        };
        Self(Arc::new(Reached {
            pages,
            build: HeaderValue::from_static(app::ssr::build::of(&http.site)),
            metrics: metrics::handle(),
            places: Tally::new(Most::fair(http.requests_at_once)),
            bodies: Tally::new(Most::fair(BODIES_BYTES_MAX)),
            stopped,
            http,
            backend,
        }))
    }

    /// Whether new work may be sent here.
    pub(crate) fn is_taking_work(&self) -> bool {
        !*self.stopped.borrow()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.http.site.clone()
    }
}
