//! Members, as staff see them.

use sqlx::AnyConnection;
use wire::desk::{MemberList, MembersRequest, ShownPhone};
use wire::staff::Permission;
use wire::{AppError, Code, Timestamp, UserId};

use super::fields::PhoneNumber;
use super::store::joined;
use super::store::members::{self, Filter, Found, Sought};
use super::store::users;
use super::{Accounts, names};
use crate::audit::{self, Act, Action, Changed};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff, paging};

/// The most characters that are searched for: a nickname has up to 50.
const SEARCH_CHARS_MAX: usize = 100;
/// The digits that are shown at the beginning of a phone number, and at its end.
const SHOWN_FIRST: usize = 3;
const SHOWN_LAST: usize = 4;

impl Accounts {
    /// Members, a page of them.
    ///
    /// # Errors
    /// `forbidden`; `invalid` for a page or a search that cannot be.
    pub async fn members(&self, staff: &Staff, request: MembersRequest) -> Result<MemberList> {
        staff.expect(Permission::MembersRead)?;
        let (page, page_size) = paging::numbered(request.page, request.page_size)?;
        let filter = filter(&request, self.core.now())?;
        let mut conn = self.core.db.read().await?;
        let total = members::count(&mut conn, &filter).await?;
        let offset = (page - 1) * page_size;
        let items = members::list(&mut conn, &filter, page_size, offset).await?;
        Ok(MemberList {
            items,
            page,
            page_size,
            total,
        })
    }

    /// How many joined on that UTC day, whatever became of them.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn joined(&self, day: i64) -> Result<i64> {
        let mut conn = self.core.db.read().await?;
        joined::joined(&mut conn, day).await
    }

    /// A member as they stand, also one who is gone.
    ///
    /// # Errors
    /// `not_found`.
    pub(crate) async fn member(&self, user: UserId) -> Result<Found> {
        let mut conn = self.core.db.read().await?;
        let found = members::find(&mut conn, user, self.core.now()).await?;
        Ok(found.ok_or(Code::NotFound)?)
    }

    /// A member's whole phone number; who looks at it is kept.
    ///
    /// # Errors
    /// `forbidden`, also for a member of staff where no owner asks; `not_found`.
    pub async fn phone_number(&self, staff: &Staff, user: UserId) -> Result<ShownPhone> {
        let act = &Act::on(staff, Action::ShowPhone, user);
        let show = audit::act(&self.core, act, |tx| {
            async move {
                let person = users::find(tx, user).await?.ok_or(Code::NotFound)?;
                Ok(Changed {
                    answer: ShownPhone {
                        phone_number: person.phone_number,
                    },
                    before: None,
                    after: None,
                })
            }
            .scope_boxed()
        });
        show.await
    }
}

/// A member who is not gone.
///
/// # Errors
/// `not_found`.
pub(super) async fn known(conn: &mut AnyConnection, user: UserId, now: Timestamp) -> Result<Found> {
    super::expect_known(conn, user, now).await?;
    let found = members::find(conn, user, now).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

fn filter(request: &MembersRequest, now: Timestamp) -> Result<Filter<'_>> {
    let sought = request.search.as_deref().map(sought).transpose()?;
    Ok(Filter {
        request,
        sought: sought.flatten(),
        now,
    })
}

/// What somebody searches for; nothing where only white space was typed.
fn sought(typed: &str) -> Result<Option<Sought>> {
    let refuse = |code, message| Err(AppError::field("search", code, message).into());
    if typed.chars().count() > SEARCH_CHARS_MAX {
        return refuse("too_long", "what is searched for has up to 100 characters");
    }
    if typed.chars().any(char::is_control) {
        return refuse("characters", "what is searched for is one line of text");
    }
    let key = names::key(typed.trim());
    Ok((!key.is_empty()).then(|| Sought {
        phone_number: PhoneNumber::parse(typed).ok().map(|phone| phone.0),
        number: typed.trim().parse().ok(),
        key,
    }))
}

/// A phone number as staff see it; what is too short for that is hidden whole.
pub(super) fn masked(phone_number: &str) -> String {
    let digits: Vec<char> = phone_number.chars().collect();
    let hidden = digits.len().saturating_sub(SHOWN_FIRST + SHOWN_LAST);
    if hidden == 0 {
        return "*".repeat(digits.len());
    }
    let (first, rest) = digits.split_at(SHOWN_FIRST);
    let (_, last) = rest.split_at(hidden);
    let text = |digits: &[char]| digits.iter().collect::<String>();
    format!("{}-{}-{}", text(first), "*".repeat(hidden), text(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_phone_number_is_hidden_whatever_its_length() {
        assert_eq!(masked("01012341234"), "010-****-1234");
        assert_eq!(masked("0101234123"), "010-***-4123");
        assert_eq!(masked("821012341234567"), "821-********-4567");
        assert_eq!(masked("x17"), "***");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn what_is_searched_for_is_read_in_every_way_that_it_can_be() {
        let found = |typed: &str| sought(typed).unwrap();
        let phone = found("+82 (10) 1234-5678").unwrap();
        assert_eq!(phone.phone_number.as_deref(), Some("821012345678"));
        assert_eq!(
            (phone.key.as_str(), phone.number),
            ("+82 (10) 1234-5678", None)
        );
        let number = found(" 17 ").unwrap();
        assert_eq!((number.key.as_str(), number.number), ("17", Some(17)));
        assert_eq!(number.phone_number, None);
        assert_eq!(found("ÉLAN  봄").unwrap().key, "élan 봄");
        assert!(found("  ").is_none());
        assert!(sought(&"봄".repeat(100)).is_ok());
        for bad in ["a\0b", "a\nb", &"a".repeat(101), &" ".repeat(10_000)] {
            assert!(sought(bad).is_err(), "{bad:?}");
        }
    }
}
