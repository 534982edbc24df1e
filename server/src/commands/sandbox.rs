//! The payment sandbox: beside a club that `serve` runs, or as a process of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use backend::Clock;
use secrecy::SecretString;
use tokio::net::TcpListener;

use crate::sandbox::{self, PENDING_TIME, Sandbox};
use crate::{Config, Failure, shutdown, telemetry};

/// Takes payments at `addr` until it is told to stop.
pub(super) async fn run(addr: SocketAddr, webhook: Option<String>) -> Result<(), Failure> {
    let config = Config::load()?;
    telemetry::start(&config.log)?;
    let stop = shutdown::asked().map_err(other)?;
    let settings = config.services()?;
    // Without one of its own, the secret that the club makes for its own sandbox.
    let secret = settings.payment.webhook_secret;
    let secret = secret.unwrap_or(settings.auth.secret);
    let listener = TcpListener::bind(addr).await.map_err(other)?;
    let address = listener.local_addr().map_err(other)?;
    println!("Payment sandbox at http://{address}");
    let set_up = Sandbox {
        mode: config.sandbox_mode,
        webhook: webhook.or_else(|| Some(webhook_at(config.listen()))),
        secret,
        settles_after: Some(PENDING_TIME),
        clock: super::clock(&config),
    };
    sandbox::serve(listener, set_up, stop).await.map_err(other)
}

/// Starts a sandbox on a port of its own for a club at `club`, whose messages it signs with
/// `secret`; gives its address. It ends with the process.
pub(super) async fn beside(
    config: &Config,
    secret: SecretString,
    club: SocketAddr,
    clock: Arc<dyn Clock>,
) -> Result<String, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.map_err(other)?;
    let address = listener.local_addr().map_err(other)?;
    let set_up = Sandbox {
        mode: config.sandbox_mode,
        webhook: Some(webhook_at(club)),
        secret,
        settles_after: Some(PENDING_TIME),
        clock,
    };
    tokio::spawn(async move {
        if let Err(error) = sandbox::serve(listener, set_up, std::future::pending()).await {
            tracing::error!(%error, "the payment sandbox ended");
        }
    });
    Ok(format!("http://{address}"))
}

/// The webhook of the club that listens there.
fn webhook_at(mut club: SocketAddr) -> String {
    // Listening everywhere is no address to call.
    if club.ip().is_unspecified() {
        club.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{club}/api/shop/webhook/payment")
}

fn other(error: std::io::Error) -> Failure {
    Failure::Other(error.to_string())
}
