//! TLS to what the club asks: only with whom it trusts.
//!
//! The gateway, the database and the Redis of these tests speak none. Something in front of them does,
//! with a certificate for 127.0.0.1 that lasts until 2120; its key is no secret.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use backend::{Entropy, SystemClock, SystemEntropy};
use serde_json::json;
use server::sandbox::{self, Mode, Sandbox, Seal};
use testkit::club::{GATEWAY_KEY, WEBHOOK_SECRET};
use testkit::{Engine, TestDatabase};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use url::Url;

use crate::answer::Answer;
use crate::app::client;
use crate::binary::{Serving, ends, on};
use crate::member::Member;

/// The certificate that is shown, and another of the same name.
const SHOWN: &str = "known.pem";
const OTHER: &str = "stranger.pem";
/// A slow machine may need so long.
const PATIENCE: Duration = Duration::from_secs(60);

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
    Redis,
}

/// Speaks TLS in front of what listens at an address.
#[derive(Clone)]
struct Front {
    inner: Inner,
    address: String,
    port: u16,
    /// Turns true when somebody said that they do not trust the certificate.
    is_refused: watch::Sender<bool>,
}

impl Front {
    async fn of(inner: Inner, address: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let front = Self {
            inner,
            address,
            port: listener.local_addr().unwrap().port(),
            is_refused: watch::Sender::new(false),
        };
        let acceptor = TlsAcceptor::from(Arc::new(config()));
        let accepting = front.clone();
        tokio::spawn(async move {
            while let Ok((outer, _)) = listener.accept().await {
                tokio::spawn(accepting.clone().carry(acceptor.clone(), outer));
            }
        });
        front
    }

    async fn carry(self, acceptor: TlsAcceptor, mut outer: TcpStream) -> io::Result<()> {
        if self.inner == Inner::Postgres {
            outer.read_exact(&mut [0; 8]).await?;
            outer.write_all(b"S").await?;
        }
        let accepted = acceptor.accept(outer).await;
        if accepted.as_ref().is_err_and(is_distrust) {
            self.is_refused.send_replace(true);
        }
        let mut outer = accepted?;
        let mut inner = TcpStream::connect(self.address).await?;
        copy_bidirectional(&mut outer, &mut inner).await?;
        Ok(())
    }
}

/// Whether a handshake failed by what the other end said of it, and not because that went away.
fn is_distrust(error: &io::Error) -> bool {
    let cause = error.get_ref();
    let cause = cause.and_then(|cause| cause.downcast_ref::<rustls::Error>());
    matches!(cause, Some(rustls::Error::AlertReceived(_)))
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
    let port = Front::of(Inner::Gateway, gateway).await.port;
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
    let port = Front::of(Inner::Postgres, address).await.port;
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

/// A club that counts in Redis by way of TLS: from each address it lets one code be tried.
struct Counting {
    serving: Serving,
    front: Front,
    /// It goes with the test.
    _database: TestDatabase,
}

impl Counting {
    /// One that trusts this certificate.
    async fn trusting(certificate: &str) -> Self {
        let mut url = Url::parse(&testkit::redis::url()).unwrap();
        let server = (url.host_str().unwrap(), url.port().unwrap_or(6_379));
        let address = format!("{}:{}", server.0, server.1);
        let front = Front::of(Inner::Redis, address).await;
        url.set_scheme("rediss").unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(front.port)).unwrap();
        let database = TestDatabase::create(Engine::Sqlite).await;
        let mut serve = on(&database, &["serve"]);
        serve
            .env("REDIS_URL", url.as_str())
            .env("SSL_CERT_FILE", file(certificate))
            .env("CODE_CHECKS_PER_MINUTE", "1")
            .env("TRUSTED_PROXIES", "127.0.0.1");
        Self {
            serving: Serving::start(serve).await,
            front,
            _database: database,
        }
    }

    /// Tries a code from that address, as a proxy says.
    async fn tries(&self, address: &str) -> Answer {
        let request = client().post(format!("{}/api/invite/validate", self.serving.base));
        let request = request.header("x-forwarded-for", address);
        Answer::to(request.json(&json!({"code": "5858"}))).await
    }
}

/// An address that no other run has counted.
fn some_address() -> String {
    let mut random = [0; 4];
    SystemEntropy.fill(&mut random);
    let [a, b, c, d] = random;
    format!("2001:{a:02x}{b:02x}:{c:02x}{d:02x}::1")
}

#[tokio::test(flavor = "multi_thread")]
async fn clubs_that_trust_their_redis_count_together() {
    let one = Counting::trusting(SHOWN).await;
    let other = Counting::trusting(SHOWN).await;
    // A club counts alone where Redis does not answer at once, as until they have shaken hands.
    let together = async {
        loop {
            let address = some_address();
            one.tries(&address).await.with(200);
            let answer = other.tries(&address).await;
            if answer.status != 200 {
                break answer;
            }
        }
    };
    let refused = timeout(PATIENCE, together).await.unwrap();
    refused.refused(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn clubs_that_do_not_trust_their_redis_tell_it_nothing_and_count_alone() {
    let one = Counting::trusting(OTHER).await;
    let other = Counting::trusting(OTHER).await;
    for club in [&one, &other] {
        let refuse = async {
            while !*club.front.is_refused.borrow() {
                club.tries(&some_address()).await.with(200);
            }
        };
        timeout(PATIENCE, refuse).await.unwrap();
    }
    let address = some_address();
    for club in [&one, &other] {
        club.tries(&address).await.with(200);
        club.tries(&address).await.refused(429, "rate_limited");
    }
}
