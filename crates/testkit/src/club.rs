//! A club for one test, and the members in it.

use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use backend::db::ScopedFutureExt;
use backend::settings::{
    ApprovalSettings, AuthSettings, DatabaseSettings, LimitSettings, PaymentSettings, REDIS_WAIT,
};
use backend::{Backend, Device, Member, Origin, Settings, Staff};
use futures::FutureExt;
use wire::auth::{
    AdminLoginRequest, LoginRequest, SignUpRequest, Token, TotpConfirmRequest, TotpSetupRequest,
};
use wire::staff::{BanRequest, ReasonRequest, Role};
use wire::{Secret, Tokens};

use crate::{Authenticator, Engine, FakeClock, FakeGateway, SeededEntropy, TestDatabase};

/// The password of every member of a test.
pub const PASSWORD: &str = "correct horse battery";

/// What the payment gateway of every test signs with.
pub const WEBHOOK_SECRET: &str = "a secret of the gateway that only tests use";

/// What the club of every test shows its payment gateway.
pub const GATEWAY_KEY: &str = "a key of the club that only tests use";

/// A club on a database of its own; cheap to clone.
#[derive(Clone)]
pub struct Club {
    /// The services.
    pub backend: Backend,
    /// The clock they read.
    pub clock: Arc<FakeClock>,
    /// Which engine it runs on.
    pub engine: Engine,
    /// Its database.
    pub database: Arc<TestDatabase>,
    /// The payment gateway that it asks.
    pub gateway: Arc<FakeGateway>,
    /// Whether rows were changed behind its back.
    pub is_tampered_with: Arc<AtomicBool>,
}

/// A signed-in member of a test.
#[derive(Clone)]
pub struct Player {
    /// Who they are.
    pub member: Member,
    /// Their first pair of tokens.
    pub token: Token,
}

impl Club {
    /// The settings of a test on that database.
    #[must_use]
    pub fn settings(database: &TestDatabase) -> Settings {
        settings(database.settings())
    }

    async fn open(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let database = TestDatabase::migrated(engine).await;
        let mut settings = Self::settings(&database);
        let gateway = Arc::new(FakeGateway::default());
        settings.payment.webhook_secret = Some(WEBHOOK_SECRET.into());
        change(&mut settings);
        let clock = Arc::new(FakeClock::default());
        let entropy = Arc::new(SeededEntropy::default());
        let backend = Backend::open(settings, clock.clone(), entropy, Some(gateway.clone()))
            .await
            .unwrap();
        Self {
            backend,
            clock,
            engine,
            database: Arc::new(database),
            gateway,
            is_tampered_with: Arc::default(),
        }
    }

    /// From here on rows are changed behind the club's back: its books are not proved at the end.
    pub fn tampers(&self) {
        self.is_tampered_with.store(true, Ordering::Relaxed);
    }

    /// Proves ledger, hands and audit log, as a process of its own would: a server of the test has closed the
    /// club by then. Says what does not hold.
    async fn prove(&self) -> std::result::Result<(), String> {
        if self.is_tampered_with.load(Ordering::Relaxed) {
            return Ok(());
        }
        let settings = Self::settings(&self.database);
        let (clock, entropy) = (self.clock.clone(), Arc::new(SeededEntropy::default()));
        let failed = |error: backend::Error| error.to_string();
        let opened = Backend::open(settings, clock, entropy, None).await;
        let auditor = opened.map_err(failed)?;
        let ledger = auditor.proofs.ledger().await.map_err(failed)?;
        ledger.map_err(|fault| fault.to_string())?;
        let hands = auditor.proofs.hands(None).await.map_err(failed)?;
        hands.map_err(|fault| fault.to_string())?;
        let audit = auditor.proofs.audit(None).await.map_err(failed)?;
        audit.map_err(|fault| fault.to_string())?;
        Ok(())
    }

    /// A new member of that name, signed in.
    pub async fn member(&self, name: &str) -> Player {
        let (accounts, device) = (&self.backend.accounts, device());
        let joined = accounts.sign_up(sign_up(name), &device).await;
        self.player(joined.unwrap()).await
    }

    /// A new member of that name, who owns the club.
    pub async fn staff(&self, name: &str) -> Staff {
        self.staff_as(name, Role::Owner).await
    }

    /// A new member of that name, who runs the club as this. Where the club is strict they have a second
    /// factor and have signed in at the door of staff; elsewhere they leave no attempt to sign in.
    pub async fn staff_as(&self, name: &str, role: Role) -> Staff {
        let member = self.member(name).await.member;
        self.backend.accounts.promote(name, role).await.unwrap();
        let member = match self.backend.settings().is_strict {
            true => self.enters(name).await.0.member,
            false => {
                self.goes_on(&member).await;
                Member {
                    roles: role.into(),
                    ..member
                }
            }
        };
        member.staff(&origin()).unwrap()
    }

    /// Takes up the session that a promotion has ended: whoever signed in anew would leave an attempt.
    async fn goes_on(&self, member: &Member) {
        let session = member.session_id.as_str();
        let take_up = self.backend.db().write(|tx| {
            async move {
                let take_up =
                    "UPDATE auth_sessions SET ended_at = NULL, end_reason = NULL WHERE id = $1";
                let take_up = sqlx::query(take_up).bind(session.to_owned());
                take_up.execute(&mut **tx).await?;
                Ok(())
            }
            .scope_boxed()
        });
        take_up.await.unwrap();
    }

    /// An owner of that name, who has a second factor and has signed in at the door of staff, and what makes
    /// their codes; of a club that is strict.
    pub async fn owner(&self, name: &str) -> (Player, Authenticator) {
        self.member(name).await;
        let accounts = &self.backend.accounts;
        accounts.promote(name, Role::Owner).await.unwrap();
        self.enters(name).await
    }

    /// A member of staff, as their next call finds them.
    pub async fn calls_again(&self, player: &Player) -> backend::Result<Staff> {
        let accounts = &self.backend.accounts;
        let member = accounts.authenticate(&player.token.access_token).await?;
        accounts.staff_call(&member, &origin()).await
    }

    /// A member of that name, signed in once more.
    pub async fn signs_in(&self, name: &str) -> Player {
        let (accounts, device) = (&self.backend.accounts, device());
        let token = accounts.login(credentials(name), &device).await;
        self.player(token.unwrap()).await
    }

    /// A member of staff, who sets up a second factor and signs in at their door with it.
    pub async fn enters(&self, name: &str) -> (Player, Authenticator) {
        let player = self.signs_in(name).await;
        let (authenticator, _) = self.has_factor(&player.member).await;
        // The code that confirmed it counts once.
        self.clock.advance_secs(30);
        let code = authenticator.code(self.backend.clock().now());
        (self.enters_with(name, &code).await, authenticator)
    }

    /// A member of staff, who signs in at their door with this code.
    pub async fn enters_with(&self, name: &str, code: &str) -> Player {
        let request = AdminLoginRequest {
            code: Some(Secret(code.to_owned())),
            ..credentials(name).into()
        };
        let (accounts, device) = (&self.backend.accounts, device());
        let token = accounts.admin_login(request, &device).await;
        self.player(token.unwrap()).await
    }

    /// What makes the codes of a second factor that a member gets now, and their recovery codes.
    pub async fn has_factor(&self, member: &Member) -> (Authenticator, Vec<Secret>) {
        let (accounts, origin) = (&self.backend.accounts, &origin());
        let password = Secret(PASSWORD.to_owned());
        let request = TotpSetupRequest { password };
        let setup = accounts.set_up_second_factor(member, origin, request);
        let authenticator = Authenticator::of(setup.await.unwrap().secret.text());
        let code = Secret(authenticator.code(self.backend.clock().now()));
        let request = TotpConfirmRequest { code };
        let codes = accounts.confirm_second_factor(member, origin, request);
        (authenticator, codes.await.unwrap().recovery_codes)
    }

    /// Whoever these tokens are of.
    async fn player(&self, token: Token) -> Player {
        let accounts = &self.backend.accounts;
        let member = accounts.authenticate(&token.access_token).await.unwrap();
        Player { member, token }
    }
}

/// Is strict with its staff, as in production.
pub fn strict(settings: &mut Settings) {
    settings.is_strict = true;
}

/// The settings of a test: limits that nobody meets, quick password hashing.
#[must_use]
pub fn settings(database: DatabaseSettings) -> Settings {
    Settings {
        database,
        redis_url: None,
        redis_wait: REDIS_WAIT,
        auth: AuthSettings {
            secret: "a secret that only tests use, 32+".into(),
            previous_secret: None,
            secrets_key: None,
            access_ttl_secs: 30 * 60,
            refresh_ttl_secs: 30 * 24 * 60 * 60,
            failures_max: 5,
            address_failures_max: 20,
            lockout_minutes: 10,
            argon2_memory_kib: 64,
            argon2_passes: 1,
            hashes_at_once: 2,
        },
        limits: LimitSettings {
            sign_ups_per_minute: 600,
            sign_ins_per_minute: 600,
            plays_per_minute: 1_000_000,
            purchases_per_minute: 100_000,
            writes_per_minute: 100_000,
            reads_per_minute: 1_000_000,
            code_checks_per_minute: 600,
        },
        payment: PaymentSettings {
            webhook_secret: None,
            purchases_max: 20,
            purchases_window_secs: 5 * 60,
            declines_max: 3,
            declines_window_secs: 60 * 60,
        },
        initial_tokens: Tokens::from_u32(1_000),
        unlimited_invite_code: Some("5858".to_owned()),
        is_strict: false,
        approvals: ApprovalSettings::default(),
    }
}

/// What a person of that name would fill in.
#[must_use]
pub fn sign_up(name: &str) -> SignUpRequest {
    let digits: u64 = name
        .bytes()
        .fold(7, |sum, byte| (sum * 31 + u64::from(byte)) % 10_000_000_000);
    SignUpRequest {
        site_id: name.to_owned(),
        nickname: name.to_owned(),
        phone_number: format!("010{digits:010}"),
        password: PASSWORD.to_owned(),
        invite_code: "5858".to_owned(),
    }
}

/// What a member of that name signs in with.
#[must_use]
pub fn credentials(name: &str) -> LoginRequest {
    LoginRequest {
        site_id: name.to_owned(),
        password: PASSWORD.to_owned(),
    }
}

/// Where the requests of tests come from.
#[must_use]
pub fn device() -> Device {
    Device {
        address: "192.0.2.1".to_owned(),
        user_agent: "test".to_owned(),
    }
}

/// A ban for good, for this reason.
#[must_use]
pub fn ban(reason: &str) -> BanRequest {
    BanRequest {
        reason: Some(reason.to_owned()),
        hours: None,
    }
}

/// A reason, where one is asked for.
#[must_use]
pub fn because(reason: &str) -> ReasonRequest {
    ReasonRequest {
        reason: Some(reason.to_owned()),
    }
}

/// Where the calls of staff of tests come from.
#[must_use]
pub fn origin() -> Origin {
    Origin {
        address: device().address,
        request_id: "a request of a test".to_owned(),
    }
}

/// Runs one test in a club of its own, on a runtime of its own; see [`within`].
pub fn run<F: Future<Output = ()> + Send + 'static>(engine: Engine, body: impl FnOnce(Club) -> F) {
    let ends = within(
        engine,
        |_| (),
        async |club| {
            // A task, like whatever it starts itself.
            if let Err(error) = tokio::spawn(body(club)).await {
                resume_unwind(error.into_panic());
            }
        },
    );
    block_on(ends);
}

/// Runs a test that opens its club itself, on a runtime of its own.
pub fn block_on(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test);
}

/// Runs one test in a club of its own with other settings, on the runtime of whoever calls: proves
/// the club's books when it has ended well, and takes the club's database away also when it failed.
pub async fn within<T>(
    engine: Engine,
    change: impl FnOnce(&mut Settings),
    body: impl AsyncFnOnce(Club) -> T,
) -> T {
    let club = Club::open(engine, change).await;
    let (books, database) = (club.clone(), club.database.clone());
    let ended = AssertUnwindSafe(body(club)).catch_unwind().await;
    let proved = if ended.is_ok() {
        books.prove().await
    } else {
        Ok(())
    };
    drop(books);
    database.remove().await;
    match ended {
        Ok(value) => {
            proved.expect("the books hold when a test ends");
            value
        }
        Err(panic) => resume_unwind(panic),
    }
}
