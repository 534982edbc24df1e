//! A server on a port of its own, over a club of the test's.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use server::Config;
use server::config::{Environment, HttpConfig, Source};
use sqlx::Any;
use sqlx::pool::PoolConnection;
use testkit::Club;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::answer::Answer;

/// Where members reach a club in production.
pub(crate) const SITE: &str = "https://club.example";

/// A running server; it stops when the test ends.
pub(crate) struct TestApp {
    pub(crate) club: Club,
    pub(crate) base: String,
    pub(crate) client: Client,
    _stop: oneshot::Sender<()>,
}

impl TestApp {
    pub(crate) async fn serve(club: &Club) -> Self {
        Self::serve_with(club, |_| ()).await
    }

    pub(crate) async fn serve_with(club: &Club, change: impl FnOnce(&mut HttpConfig)) -> Self {
        let mut http = Config::read(&Source::of(&[("ENVIRONMENT", "test")]))
            .unwrap()
            .http;
        change(&mut http);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async move { _ = stopped.await };
        tokio::spawn(server::serve(
            listener,
            http,
            club.backend.clone(),
            shutdown,
        ));
        Self {
            club: club.clone(),
            base,
            client: client(),
            _stop: stop,
        }
    }

    /// As in front of members, but for the proxy that speaks TLS.
    pub(crate) async fn in_production(club: &Club, change: impl FnOnce(&mut HttpConfig)) -> Self {
        Self::serve_with(club, |http| {
            http.environment = Environment::Production;
            http.site_url = Some(SITE.parse().unwrap());
            change(http);
        })
        .await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(body)).await
    }

    /// A page, as a browser asks for it, with these cookies.
    pub(crate) async fn page(&self, path: &str, cookies: &str) -> Answer {
        let request = self
            .request(Method::GET, path)
            .header("accept", "text/html")
            .header("accept-language", "en");
        let request = if cookies.is_empty() {
            request
        } else {
            request.header("cookie", cookies)
        };
        Answer::to(request).await
    }
}

/// Follows no redirect and keeps no cookie, so that a test sees each.
pub(crate) fn client() -> Client {
    let builder = backend::tls::client("http:").redirect(reqwest::redirect::Policy::none());
    builder.timeout(Duration::from_secs(30)).build().unwrap()
}

/// All the connections that members share: until they are dropped, whoever needs rows waits.
pub(crate) async fn all_connections(club: &Club) -> Vec<PoolConnection<Any>> {
    let mut held = Vec::new();
    for _ in 0..club.database.settings().connections_max {
        held.push(club.backend.db().read().await.unwrap());
    }
    held
}
