//! TLS to what the club asks: only with whom it trusts.
//!
//! The gateway and the database of these tests speak none. Something in front of them does, with a
//! certificate for 127.0.0.1 that lasts until 2120; its key is no secret.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use backend::SystemClock;
use serde_json::json;
use server::sandbox::{self, Mode, Sandbox, Seal};
use testkit::club::{GATEWAY_KEY, WEBHOOK_SECRET};
use testkit::{Engine, TestDatabase};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use url::Url;

use crate::answer::Answer;
use crate::app::client;
use crate::binary::{Serving, ends, on};
use crate::member::Member;

/// The certificate that is shown, and another of the same name.
const SHOWN: &str = "known.pem";
const OTHER: &str = "stranger.pem";

fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/tls");
    folder.join(name)
}

fn config() -> ServerConfig {
    let certificates = CertificateDer::pem_slice_iter(include_bytes!("tls/known.pem"));
    let certificates = certificates.collect::<Result<Vec<_>, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/known.key")).unwrap();
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .unwrap()
}

/// Who speaks TLS in front of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    Gateway,
    /// Its clients ask whether they may, with eight bytes, before they begin.
    Postgres,
}

/// Speaks TLS in front of what listens at that address; gives the port.
async fn in_front_of(inner: Inner, address: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config()));
    tokio::spawn(async move {
        while let Ok((outer, _)) = listener.accept().await {
            tokio::spawn(carry(acceptor.clone(), outer, inner, address.clone()));
        }
    });
    port
}

async fn carry(
    acceptor: TlsAcceptor,
    mut outer: TcpStream,
    inner: Inner,
    address: String,
) -> io::Result<()> {
    if inner == Inner::Postgres {
        outer.read_exact(&mut [0; 8]).await?;
        outer.write_all(b"S").await?;
    }
    let mut outer = acceptor.accept(outer).await?;
    let mut inner = TcpStream::connect(address).await?;
    copy_bidirectional(&mut outer, &mut inner).await?;
    Ok(())
}

/// Buys tokens from a club that trusts this certificate.
async fn buys_trusting(certificate: &str) -> Answer {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gateway = listener.local_addr().unwrap().to_string();
    let sandbox = Sandbox {
        mode: Mode::AlwaysSucceeds,
        webhook: None,
        seal: Seal {
            key: GATEWAY_KEY.into(),
            secret: WEBHOOK_SECRET.into(),
            clock: Arc::new(SystemClock),
        },
        settles_after: None,
    };
    tokio::spawn(sandbox::serve(listener, sandbox, std::future::pending()));
    let port = in_front_of(Inner::Gateway, gateway).await;
    let database = TestDatabase::create(Engine::Sqlite).await;
    let mut serve = on(&database, &["serve"]);
    serve
        .env("PAYMENT_GATEWAY_URL", format!("https://127.0.0.1:{port}"))
        .env("PAYMENT_GATEWAY_KEY", GATEWAY_KEY)
        .env("PAYMENT_WEBHOOK_SECRET", WEBHOOK_SECRET)
        .env("SSL_CERT_FILE", file(certificate));
    let serving = Serving::start(serve).await;
    let ann = Member::join_at(&client(), &serving.base, "ann").await;
    let tokens = json!({"product_id": "tokens_1000"});
    ann.post("/api/shop/buy", &tokens).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_the_system_trusts_is_paid_through() {
    let bought = buys_trusting(SHOWN).await.with(200);
    assert_eq!(bought["status"], "captured");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_nobody_vouches_for_is_told_nothing() {
    buys_trusting(OTHER)
        .await
        .refused(502, "gateway_unreachable");
}

/// Migrates a database by way of TLS, trusting this certificate; it has to end with this code.
async fn migrates_trusting(certificate: &str, code: i32) -> String {
    let database = TestDatabase::create(Engine::Postgres).await;
    let mut url = Url::parse(&database.url).unwrap();
    let server = (url.host_str().unwrap(), url.port().unwrap_or(5_432));
    let address = format!("{}:{}", server.0, server.1);
    let port = in_front_of(Inner::Postgres, address).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(port)).unwrap();
    let root = file(certificate);
    let query = format!("sslmode=verify-full&sslrootcert={}", root.display());
    url.set_query(Some(&query));
    let mut migrate = on(&database, &["migrate"]);
    migrate.env("DATABASE_URL", url.as_str());
    let said = tokio::task::block_in_place(|| ends(migrate, code));
    database.remove().await;
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_vouched_for_is_migrated() {
    let said = migrates_trusting(SHOWN, 0).await;
    assert!(said.contains("up to this build"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_nobody_vouches_for_is_told_nothing() {
    let said = migrates_trusting(OTHER, 3).await;
    assert!(said.contains("the database cannot be opened"), "{said}");
}
