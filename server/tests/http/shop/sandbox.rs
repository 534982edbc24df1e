//! A club and its payment sandbox, which talk over HTTP only.

use std::sync::Arc;
use std::time::Duration;

use backend::db::Columns;
use backend::shop::{Access, HttpGateway};
use backend::{Backend, SystemEntropy};
use server::sandbox::{Mode, Sandbox, Seal, serve};
use testkit::Club;
use testkit::club::{GATEWAY_KEY, WEBHOOK_SECRET};
use tokio::net::TcpListener;

use crate::app::TestApp;

/// A club that asks a sandbox of this mode, which tells it by webhook.
pub(crate) async fn paid_by(
    club: &Club,
    mode: Mode,
    settles_after: Option<Duration>,
) -> (TestApp, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gateway = format!("http://{}", listener.local_addr().unwrap());
    let app = TestApp::serve(&with_gateway(club, &gateway)).await;
    let sandbox = Sandbox {
        mode,
        webhook: Some(format!("{}/api/shop/webhook/payment", app.base)),
        seal: seal(club),
        settles_after,
    };
    tokio::spawn(serve(listener, sandbox, std::future::pending()));
    (app, gateway)
}

/// What a gateway of that club wants to be shown, and signs with.
pub(super) fn seal(club: &Club) -> Seal {
    Seal {
        key: GATEWAY_KEY.into(),
        secret: WEBHOOK_SECRET.into(),
        clock: club.clock.clone(),
    }
}

/// The same club, asking a gateway at this address.
pub(super) fn with_gateway(club: &Club, url: &str) -> Club {
    let mut settings = Club::settings(&club.database);
    settings.payment.webhook_secret = Some(WEBHOOK_SECRET.into());
    let access = Access {
        url: url.into(),
        key: GATEWAY_KEY.into(),
        secret: WEBHOOK_SECRET.into(),
    };
    let gateway = HttpGateway::new(access, Arc::new(SystemEntropy)).unwrap();
    let gateway = Arc::new(gateway);
    let (clock, entropy) = (club.clock.clone(), Arc::new(SystemEntropy));
    let opened = Backend::open(settings, clock, entropy, Some(gateway));
    // The future of the migrations cannot be shown to be `Send`, which a test's must be.
    let opened = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(opened));
    Club {
        backend: opened.unwrap(),
        ..club.clone()
    }
}

/// The reference of the newest purchase.
pub(super) async fn reference(club: &Club) -> String {
    let mut conn = club.backend.db().read().await.unwrap();
    let row = sqlx::query("SELECT id FROM purchases ORDER BY number DESC LIMIT 1")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    row.text("id").unwrap()
}
