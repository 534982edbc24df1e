//! The payment sandbox: beside a club that `serve` runs, or as a process of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use backend::shop::Access;
use backend::{Clock, Entropy, SystemEntropy};
use secrecy::SecretString;
use tokio::net::TcpListener;

use crate::sandbox::{self, PENDING_TIME, Sandbox, Seal};
use crate::{Config, Failure, shutdown, telemetry};

/// Takes payments at `addr` until it is told to stop.
pub(super) async fn run(addr: SocketAddr, webhook: Option<String>) -> Result<(), Failure> {
    let config = Config::load()?;
    telemetry::start(&config.log)?;
    let stop = shutdown::asked().map_err(other)?;
    let (key, secret) = shared(&config)?;
    let listener = TcpListener::bind(addr).await.map_err(other)?;
    let address = listener.local_addr().map_err(other)?;
    println!("Payment sandbox at http://{address}");
    let set_up = Sandbox {
        mode: config.sandbox_mode,
        webhook: webhook.or_else(|| Some(webhook_at(config.listen()))),
        seal: Seal {
            key,
            secret,
            clock: super::clock(&config),
        },
        settles_after: Some(PENDING_TIME),
    };
    sandbox::serve(listener, set_up, stop).await.map_err(other)
}

/// The key and the secret that it shares with its club; whoever starts the two tells both of them.
fn shared(config: &Config) -> Result<(SecretString, SecretString), Failure> {
    match (config.gateway_key.clone(), config.webhook_secret()) {
        (Some(key), Some(secret)) => Ok((key, secret)),
        (key, secret) => {
            let of_key = "PAYMENT_GATEWAY_KEY is required: what the club shows its gateway";
            let of_secret = "PAYMENT_WEBHOOK_SECRET is required: what the gateway signs with";
            let missing = [(key, of_key), (secret, of_secret)].into_iter();
            let missing = missing.filter(|(said, _)| said.is_none());
            let mistakes = missing.map(|(_, what)| what.to_owned());
            Err(Failure::Settings(mistakes.collect()))
        }
    }
}

/// Starts a sandbox on a port of its own for a club at `club`, which signs with `secret` and wants to
/// be shown a key that nobody else ever knows; gives how it is reached. It ends with the process.
pub(super) async fn beside(
    config: &Config,
    secret: SecretString,
    club: SocketAddr,
    clock: Arc<dyn Clock>,
) -> Result<Access, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.map_err(other)?;
    let address = listener.local_addr().map_err(other)?;
    let mut random = [0; 32];
    SystemEntropy.fill(&mut random);
    let key: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let access = Access {
        url: format!("http://{address}").into(),
        key: key.into(),
        secret,
    };
    let set_up = Sandbox {
        mode: config.sandbox_mode,
        webhook: Some(webhook_at(club)),
        seal: Seal {
            key: access.key.clone(),
            secret: access.secret.clone(),
            clock,
        },
        settles_after: Some(PENDING_TIME),
    };
    tokio::spawn(async move {
        if let Err(error) = sandbox::serve(listener, set_up, std::future::pending()).await {
            tracing::error!(%error, "the payment sandbox ended");
        }
    });
    Ok(access)
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
