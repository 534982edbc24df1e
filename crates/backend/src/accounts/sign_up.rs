//! Joining the club: everything a member needs in one transaction, or nothing.

use progress::Fact;
use sqlx::AnyConnection;
use wire::Code;
use wire::auth::{SignUpRequest, Token};

use super::fields::Password;
use super::parse::Application;
use super::sessions::{Grant, Opening};
use super::store::users;
use super::{Accounts, Person, corrupt};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::{Device, Entry, Error, Result, fairness, invites, ledger};

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
    pub async fn sign_up<'a>(
        &self,
        request: SignUpRequest,
        entry: impl Into<Entry<'a>>,
    ) -> Result<Token> {
        let entry = entry.into();
        self.limit(Limit::SignUp, entry.device).await?;
        let application = Application::read(&request, Password::parse)?;
        self.join(application, entry).await
    }

    /// The same for a demo member of development: only there their password may be chosen.
    ///
    /// # Errors
    /// As [`Accounts::sign_up`].
    pub async fn sign_up_demo(&self, request: SignUpRequest, device: &Device) -> Result<Token> {
        let application = Application::read(&request, Password::parse_of_demo)?;
        self.join(application, device.into()).await
    }

    async fn join(&self, application: Application, entry: Entry<'_>) -> Result<Token> {
        self.look_before(&application).await?;
        let password = application.password.clone();
        let password_hash = self
            .passwords
            .hash(&entry.device.network(), password)
            .await?;
        let opening = Opening::new(&self.core, entry);
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
        let typed = &application.invite_code.0;
        let invite_code = &invites::claim(tx, &self.core, typed, at).await?;
        let inserted = users::insert(
            tx,
            &users::NewUser {
                site_id: &application.site_id,
                nickname: &application.nickname,
                phone_number: &application.phone_number.0,
                password_hash,
                invite_code,
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
