//! What members change of themselves.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::user::{ProfileChange, User};
use wire::{Code, Secret, UserId};

use super::fields::{Nickname, Password, ShownPassword};
use super::parse::Change;
use super::proof::{Asked, Doubt, Proof};
use super::sessions::End;
use super::sign_in::{ATTEMPTS_MAX, Checked};
use super::store::users::{self, Names};
use super::store::{names as keys_of_names, phone_tries, sessions};
use super::{Accounts, Person, corrupt, lockout, names};
use crate::db::{ScopedFutureExt, Tx};
use crate::wake::Changed;
use crate::{Error, Member, Origin, Result};

/// How many other phone numbers a member asks for within a day: each answer tells whether somebody
/// has that number.
const PHONE_TRIES_MAX: i64 = 5;
const DAY_SECS: i64 = 24 * 60 * 60;

/// What shows that phone number and password may be changed.
struct Shown {
    proof: Proof,
    /// The hash of a new password, once the current one matched.
    new_hash: Option<String>,
}

/// How a change ended. A failed one is a row, so it is no error of the transaction.
enum Verdict {
    Done(Box<Person>),
    Doubted(Doubt),
    PhoneTaken,
    /// No other number is looked for until then.
    ManyPhones(Timestamp),
}

impl Accounts {
    /// Changes what a member may change of themselves. Another phone number or password needs the
    /// password in force, and of those who have a second factor a code; another password ends all other
    /// sessions.
    ///
    /// # Errors
    /// `invalid` with every field that is; `wrong_password` and `wrong_code`, which count as failed sign-ins,
    /// and `locked`; `code_required`; `nickname_taken`; when all else is good, `phone_taken`, and `rate_limited` once five
    /// other numbers were asked for within a day; `rate_limited` too for many changes of any kind.
    pub async fn change_profile(
        &self,
        member: &Member,
        origin: &Origin,
        request: ProfileChange,
    ) -> Result<User> {
        self.core.counts_write(member.user_id).await?;
        for _ in 0..ATTEMPTS_MAX {
            let verdict = self.attempt_change(member, origin, &request).await?;
            let now = self.core.now();
            match verdict {
                Verdict::Done(person) => return Ok(person.as_user(now)),
                Verdict::Doubted(Doubt::Outdated) => {}
                Verdict::Doubted(doubt) => return Err(doubt.into_error(now)),
                Verdict::PhoneTaken => return Err(Code::PhoneTaken.into()),
                Verdict::ManyPhones(until) => {
                    return Err(lockout::refused(Code::RateLimited, until, now));
                }
            }
        }
        Err(Error::in_progress())
    }

    /// Proves that it may be, and decides.
    async fn attempt_change(
        &self,
        member: &Member,
        origin: &Origin,
        request: &ProfileChange,
    ) -> Result<Verdict> {
        let person = self.person(member.user_id).await?;
        let change = &Change::read(request, &person)?;
        let shown = match &change.current {
            Some(current) => {
                let new = change.password.as_ref();
                let address = &origin.address;
                Some(self.show(&person, address, (current, new)).await?)
            }
            None => None,
        };
        let code = request.code.as_ref().map(Secret::text);
        let shown = shown.as_ref().map(|shown| (shown, Asked::Both(code)));
        let write = self.core.db.write(|tx| {
            async move { self.decide_change(tx, member, change, shown).await }.scope_boxed()
        });
        write.await
    }

    /// Checks the current password and hashes a new one, before the transaction.
    async fn show(
        &self,
        person: &Person,
        address: &str,
        (current, new): (&ShownPassword, Option<&Password>),
    ) -> Result<Shown> {
        let proof = self.prove(person, address, current.clone()).await?;
        let new_hash = match (&proof.checked, new) {
            (Checked::Matches { .. }, Some(new)) => {
                let hash = self.passwords.hash(&proof.network, new.clone());
                Some(hash.await?)
            }
            _ => None,
        };
        Ok(Shown { proof, new_hash })
    }

    /// The transaction. It holds the member's row first, so that guesses are counted one after another.
    async fn decide_change(
        &self,
        tx: &mut Tx,
        member: &Member,
        change: &Change,
        shown: Option<(&Shown, Asked<'_>)>,
    ) -> Result<Verdict> {
        let user = member.user_id;
        users::hold(tx, user).await?;
        let at = tx.now();
        let person = users::find(tx, user).await?.ok_or(Code::NotFound)?;
        if let Some((shown, asked)) = shown
            && let Some(doubt) = self.doubt(tx, &person, (&shown.proof, asked), at).await?
        {
            return Ok(Verdict::Doubted(doubt));
        }
        let nickname = nickname(&person, change.nickname.as_ref());
        let phone_number = change.phone_number.as_ref().map(|new| new.0.as_str());
        let phone_number = phone_number.unwrap_or(&person.phone_number);
        let wanted = Names {
            site_id_key: &person.site_id_key,
            nickname_key: &nickname.key,
            phone_number,
        };
        let taken = users::taken(tx, &wanted, Some(user)).await?;
        if taken.nickname {
            return Err(Code::NicknameTaken.into());
        }
        if phone_number != person.phone_number
            && let Some(refusal) = ask_for_phone(tx, user, taken.phone_number, at).await?
        {
            return Ok(refusal);
        }
        if let Some(hash) = shown.and_then(|(shown, _)| shown.new_hash.as_deref()) {
            users::replace_password(tx, user, &person.password_hash, hash).await?;
            sessions::end_others(tx, user, Some(&member.session_id), End::Password, at).await?;
            tx.wake(user, Changed::ACCESS);
        }
        users::set_names(tx, user, &nickname, phone_number).await?;
        if nickname.key != person.nickname_key {
            pass_on(tx, &person.nickname_key).await?;
        }
        let person = users::find(tx, user).await?;
        let person = person.ok_or_else(|| corrupt("users.id"))?;
        Ok(Verdict::Done(Box::new(person)))
    }
}

/// The nickname as it is to be. Whoever keeps a name keeps its key, which is one apart where an older
/// member has the name.
pub(super) fn nickname(person: &Person, wanted: Option<&Nickname>) -> Nickname {
    match wanted {
        Some(new) if names::nfc(&person.nickname) != new.text => new.clone(),
        kept => Nickname {
            key: person.nickname_key.clone(),
            text: kept.map_or_else(|| person.nickname.clone(), |kept| kept.text.clone()),
        },
    }
}

/// Counts that the member asks for another phone number, and says why they do not get it.
async fn ask_for_phone(
    tx: &mut AnyConnection,
    user: UserId,
    is_taken: bool,
    at: Timestamp,
) -> Result<Option<Verdict>> {
    let since = at.plus_secs(-DAY_SECS);
    let full = phone_tries::nth_newest(tx, user, since, PHONE_TRIES_MAX).await?;
    if let Some(first) = full {
        return Ok(Some(Verdict::ManyPhones(first.plus_secs(DAY_SECS))));
    }
    phone_tries::forget(tx, user, since).await?;
    phone_tries::insert(tx, user, at).await?;
    Ok(is_taken.then_some(Verdict::PhoneTaken))
}

/// Gives a key that its member gave up to the oldest of those who bear its name under one apart, before
/// anybody else can take it.
pub(super) async fn pass_on(tx: &mut AnyConnection, key: &str) -> Result<()> {
    // Whoever changed their name meanwhile is no heir any more: then it is the next one's.
    while let Some(heir) = keys_of_names::heir(tx, key).await? {
        if keys_of_names::inherit(tx, heir, key).await? {
            return Ok(());
        }
    }
    Ok(())
}
