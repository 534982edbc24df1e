//! What staff change of a member. Their own they change as members do, who show their password for it.

use serde::Serialize;
use sqlx::AnyConnection;
use wire::desk::{MemberEdit, MemberRow};
use wire::user::Rank;
use wire::{Code, UserId};

use super::fields::{Faults, Nickname, PhoneNumber};
use super::store::users::{self, Names};
use super::{Accounts, Person, change, members};
use crate::audit::{self, Act, Action, Changed};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff};

/// An edit whose fields are good.
struct Edit {
    nickname: Option<Nickname>,
    phone_number: Option<PhoneNumber>,
}

impl Edit {
    fn read(request: &MemberEdit) -> Result<Self> {
        let mut faults = Faults::default();
        let nickname = request.nickname.as_deref();
        let nickname = nickname.and_then(|text| faults.keep("nickname", Nickname::parse(text)));
        let phone = request.phone_number.as_deref();
        let phone = phone.and_then(|text| faults.keep("phone_number", PhoneNumber::parse(text)));
        match faults.is_empty() {
            true => Ok(Self {
                nickname,
                phone_number: phone,
            }),
            false => Err(faults.into_error()),
        }
    }

    /// Writes the names, unless somebody else has them.
    async fn write(&self, conn: &mut AnyConnection, person: &Person) -> Result<()> {
        let nickname = change::nickname(person, self.nickname.as_ref());
        let phone_number = self.phone_number.as_ref().map(|new| new.0.as_str());
        let phone_number = phone_number.unwrap_or(&person.phone_number);
        let wanted = Names {
            site_id_key: &person.site_id_key,
            nickname_key: &nickname.key,
            phone_number,
        };
        let taken = users::taken(conn, &wanted, Some(person.id)).await?;
        if let Some(refusal) = taken.refusal() {
            return Err(refusal.into());
        }
        users::set_names(conn, person.id, &nickname, phone_number).await?;
        if nickname.key != person.nickname_key {
            change::pass_on(conn, &person.nickname_key).await?;
        }
        Ok(())
    }
}

/// How a member stands, as it is kept: whoever reads the log sees no whole phone number.
#[derive(Serialize)]
struct Stands<'a> {
    nickname: &'a str,
    phone_number: &'a str,
    /// Where it became another: what is shown of the two may be the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    is_phone_new: Option<bool>,
    rank: Rank,
}

fn state(row: &MemberRow, is_phone_new: Option<bool>) -> Result<String> {
    audit::state(&Stands {
        nickname: &row.nickname,
        phone_number: &row.phone_number,
        is_phone_new,
        rank: row.rank,
    })
}

impl Accounts {
    /// Changes a member's nickname, phone number and rank; what is left out stays.
    ///
    /// # Errors
    /// `forbidden`, also for a member of staff where no owner asks; `own_account`; `not_found`;
    /// `edit_conflict` when they changed since they were read; `nickname_taken`, `phone_taken`; `invalid`
    /// with every field that is.
    pub async fn edit(
        &self,
        staff: &Staff,
        user: UserId,
        request: MemberEdit,
    ) -> Result<MemberRow> {
        let (act, request) = (&Act::on(staff, Action::Edit, user), &request);
        let edit = audit::act(&self.core, act, |tx| {
            async move {
                let edit = Edit::read(request)?;
                users::hold(tx, user).await?;
                let now = tx.now();
                let before = members::known(tx, user, now).await?.row;
                if request.version.is_some_and(|it| it != before.version) {
                    return Err(Code::EditConflict.into());
                }
                let mut is_phone_new = None;
                if edit.nickname.is_some() || edit.phone_number.is_some() {
                    let person = users::find(tx, user).await?.ok_or(Code::NotFound)?;
                    let new = edit.phone_number.as_ref();
                    is_phone_new = new.map(|new| new.0 != person.phone_number);
                    edit.write(tx, &person).await?;
                }
                if let Some(rank) = request.rank {
                    users::set_rank(tx, user, rank).await?;
                }
                let after = members::known(tx, user, now).await?.row;
                Ok(Changed {
                    before: Some(state(&before, None)?),
                    after: Some(state(&after, is_phone_new)?),
                    answer: after,
                })
            }
            .scope_boxed()
        });
        edit.await
    }
}
