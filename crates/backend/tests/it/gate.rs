//! A way to a server (Redis, PostgreSQL) that a test can slow down, hold up, cut and shut.

use std::time::Duration;

use backend::Settings;
use sqlx::postgres::PgConnectOptions;
use testkit::Club;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::crash::verbs::another_process;

/// How the server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Open,
    /// Each answer comes so much later.
    Slow(Duration),
    /// Questions arrive, answers do not.
    Silent,
    /// Whoever is connected already gets no answer any more, and is not told so; whoever connects
    /// from then on does.
    FailedOver,
    /// Open until a question says this: that one does not arrive, and the gate is shut.
    UntilAsked(&'static str),
    /// Open until an answer says this: that one does not come back, and the gate is shut.
    UntilTold(&'static str),
    /// Every connection is cut, and none is taken.
    Shut,
}

/// Stands between the club and a server of the tests.
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
        let way = watch::Sender::new(Way::Open);
        let shared = way.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *shared.borrow() != Way::Shut {
                    tokio::spawn(carry(client, upstream.clone(), shared.clone()));
                }
            }
        });
        Self { address, way }
    }

    pub(crate) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }

    pub(crate) fn is_shut(&self) -> bool {
        *self.way.borrow() == Way::Shut
    }
}

/// The same club in another process, which reaches PostgreSQL through a gate.
pub(crate) async fn behind_a_gate(club: &Club, change: impl FnOnce(&mut Settings)) -> (Gate, Club) {
    let options: PgConnectOptions = club.database.url.parse().unwrap();
    let server = format!("{}:{}", options.get_host(), options.get_port());
    let gate = Gate::to(server.clone()).await;
    let url = club.database.url.replace(&server, &gate.address);
    let backend = another_process(club, |settings| {
        settings.database.url = url.into();
        change(settings);
    });
    let club = Club {
        backend,
        ..club.clone()
    };
    (gate, club)
}

/// Carries questions and answers until one side ends or the gate is shut.
async fn carry(client: TcpStream, upstream: String, way: watch::Sender<Way>) {
    let Ok(server) = TcpStream::connect(upstream).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let mut shut = way.subscribe();
    tokio::select! {
        () = questions(from_client, to_server, &way) => {}
        () = answers(from_server, to_client, &way) => {}
        _ = shut.wait_for(|way| *way == Way::Shut) => {}
    }
}

async fn questions(
    mut from_client: impl AsyncReadExt + Unpin,
    mut to_server: impl AsyncWriteExt + Unpin,
    way: &watch::Sender<Way>,
) {
    let mut bytes = [0; 4_096];
    while let Ok(count @ 1..) = from_client.read(&mut bytes).await {
        let now = *way.borrow();
        match now {
            Way::Shut => return,
            Way::UntilAsked(word) if says(&bytes[..count], word) => {
                way.send_replace(Way::Shut);
                return;
            }
            _ => {}
        }
        if to_server.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

async fn answers(
    mut from_server: impl AsyncReadExt + Unpin,
    mut to_client: impl AsyncWriteExt + Unpin,
    way: &watch::Sender<Way>,
) {
    let is_of_before = *way.borrow() != Way::FailedOver;
    let mut seen = way.subscribe();
    let mut bytes = [0; 4_096];
    while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
        let now = seen
            .wait_for(|way| *way != Way::Silent)
            .await
            .map(|way| *way);
        match now {
            Ok(Way::Shut) => return,
            Ok(Way::FailedOver) if is_of_before => std::future::pending::<()>().await,
            Ok(Way::UntilTold(word)) if says(&bytes[..count], word) => {
                way.send_replace(Way::Shut);
                return;
            }
            Ok(Way::Slow(delay)) => tokio::time::sleep(delay).await,
            _ => {}
        }
        if to_client.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

/// Whether a piece of what is carried says this. A server that is asked one thing after another
/// answers each in a piece of its own.
fn says(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|piece| piece == word.as_bytes())
}
