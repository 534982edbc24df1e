//! A way to Redis that a test can slow down, hold up and shut.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How Redis is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Open,
    /// Each answer comes so much later.
    Slow(Duration),
    /// Questions arrive, answers do not.
    Silent,
    /// Every connection is cut, and none is taken.
    Shut,
}

/// Stands between the club and the Redis of the tests.
pub(crate) struct Gate {
    /// What the club is told: `host:port`.
    pub(crate) address: String,
    way: watch::Sender<Way>,
}

impl Gate {
    /// Opens a way to `upstream`, a `host:port`.
    pub(crate) async fn to(upstream: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (way, seen) = watch::channel(Way::Open);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *seen.borrow() != Way::Shut {
                    tokio::spawn(carry(client, upstream.clone(), seen.clone()));
                }
            }
        });
        Self { address, way }
    }

    pub(crate) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

/// Carries questions and answers until one side ends or the gate is shut.
async fn carry(client: TcpStream, upstream: String, way: watch::Receiver<Way>) {
    let Ok(server) = TcpStream::connect(upstream).await else {
        return;
    };
    let (mut from_client, to_client) = client.into_split();
    let (from_server, mut to_server) = server.into_split();
    let mut shut = way.clone();
    tokio::select! {
        _ = tokio::io::copy(&mut from_client, &mut to_server) => {}
        () = answers(from_server, to_client, way) => {}
        _ = shut.wait_for(|way| *way == Way::Shut) => {}
    }
}

async fn answers(
    mut from_server: impl AsyncReadExt + Unpin,
    mut to_client: impl AsyncWriteExt + Unpin,
    mut way: watch::Receiver<Way>,
) {
    let mut bytes = [0; 4_096];
    while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
        let now = way
            .wait_for(|way| *way != Way::Silent)
            .await
            .map(|way| *way);
        if let Ok(Way::Slow(delay)) = now {
            tokio::time::sleep(delay).await;
        }
        if to_client.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
