//! Joining the club: everything a member needs in one transaction, or nothing.

use progress::Fact;
use sqlx::AnyConnection;
use wire::Code;
use wire::auth::{SignUpRequest, Token};

use super::fields::{Faults, InviteCode, Nickname, Password, PhoneNumber, SiteId};
use super::sessions::{Grant, Opening};
use super::store::users::{self, Names};
use super::{Accounts, Person, corrupt};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::{Device, Error, Result, fairness, invites, ledger};

/// A sign-up whose fields are good.
struct Application {
    site_id: SiteId,
    nickname: Nickname,
    phone_number: PhoneNumber,
    password: Password,
    invite_code: InviteCode,
}

impl Application {
    fn read(request: &SignUpRequest) -> Result<Self> {
        let mut faults = Faults::default();
        let site_id = faults.keep("site_id", SiteId::parse(&request.site_id));
        let nickname = faults.keep("nickname", Nickname::parse(&request.nickname));
        let phone_number = faults.keep("phone_number", PhoneNumber::parse(&request.phone_number));
        let password = faults.keep("password", Password::parse(&request.password));
        let invite_code = faults.keep("invite_code", InviteCode::parse(&request.invite_code));
        match (site_id, nickname, phone_number, password, invite_code) {
            (
                Some(site_id),
                Some(nickname),
                Some(phone_number),
                Some(password),
                Some(invite_code),
            ) => Ok(Self {
                site_id,
                nickname,
                phone_number,
                password,
                invite_code,
            }),
            _ => Err(faults.into_error()),
        }
    }

    fn names(&self) -> Names<'_> {
        Names {
            site_id_key: &self.site_id.key,
            nickname_key: &self.nickname.key,
            phone_number: &self.phone_number.0,
        }
    }
}

/// A sign-up that is ready to be written.
struct Joining<'a> {
    application: &'a Application,
    password_hash: &'a str,
    opening: &'a Opening,
}

impl Accounts {
    /// Takes a new member in: account, starting balance, seeds and first session, or nothing.
    ///
    /// # Errors
    /// `invalid` with every field that is; `invite_unknown`, `invite_inactive`, `invite_expired`,
    /// `invite_used_up`; `site_id_taken`, `nickname_taken`, `phone_taken`, the first of them.
    pub async fn sign_up(&self, request: SignUpRequest, device: &Device) -> Result<Token> {
        self.limit(Limit::SignUp, device).await?;
        let application = Application::read(&request)?;
        self.look_before(&application).await?;
        let password_hash = self.passwords.hash(application.password.clone()).await?;
        let opening = Opening::new(&self.core, device);
        let joining = Joining {
            application: &application,
            password_hash: &password_hash,
            opening: &opening,
        };
        let joining = &joining;
        let write = self
            .core
            .db
            .write(|tx| async move { self.admit(tx, joining).await }.scope_boxed());
        let (person, grant) = write.await?;
        self.token(&person, grant)
    }

    /// Refuses what would be refused anyway before a password is hashed for it.
    async fn look_before(&self, application: &Application) -> Result<()> {
        let mut conn = self.core.db.read().await?;
        invites::look(&mut conn, &self.core, &application.invite_code.0).await?;
        refuse_taken(&mut conn, application).await
    }

    /// The transaction. The invite code comes first: its row orders those who race for it.
    async fn admit(&self, tx: &mut Tx, joining: &Joining<'_>) -> Result<(Person, Grant)> {
        let Joining {
            application,
            password_hash,
            opening,
        } = *joining;
        let at = tx.now();
        invites::claim(tx, &self.core, &application.invite_code.0, at).await?;
        let inserted = users::insert(
            tx,
            &users::NewUser {
                site_id: &application.site_id,
                nickname: &application.nickname,
                phone_number: &application.phone_number.0,
                password_hash,
                invite_code: &application.invite_code.0,
                at,
            },
        )
        .await?;
        let Some(user) = inserted else {
            refuse_taken(tx, application).await?;
            return Err(Error::Internal(
                "a sign-up met a conflict that is not there".to_owned(),
            ));
        };
        ledger::open(tx, user, self.core.settings.initial_tokens, at).await?;
        fairness::open(tx, &self.core, user).await?;
        self.core.happened.raise(tx, user, Fact::Joined).await?;
        let grant = opening
            .insert(tx, &self.keys, &self.core.settings.auth, user)
            .await?;
        let person = users::find(tx, user)
            .await?
            .ok_or_else(|| corrupt("accounts of a new member"))?;
        Ok((person, grant))
    }
}

/// Refuses names that another member has; of several, the first in the form.
async fn refuse_taken(conn: &mut AnyConnection, application: &Application) -> Result<()> {
    let taken = users::taken(conn, &application.names(), None).await?;
    taken
        .refusal()
        .map_or(Ok(()), |code: Code| Err(code.into()))
}
