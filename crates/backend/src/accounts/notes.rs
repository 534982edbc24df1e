//! What staff note of members. A member is not shown what is noted of them.

use serde::Serialize;
use wire::desk::{MemberNote, NoteRequest};
use wire::{AppError, Code, UserId};

use super::Accounts;
use super::store::notes::{self, NewNote};
use super::store::users;
use crate::audit::{self, Act, Action, Changed};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff};

/// The most characters of a note.
const CHARS_MAX: usize = 1_000;

/// Which note, as it is kept; what it says stands with it alone, so that it can be taken away.
#[derive(Serialize)]
struct Noted {
    note: i64,
}

impl Accounts {
    /// Notes something of a member, in a text that is kept as it is.
    ///
    /// # Errors
    /// `forbidden`, also for a member of staff where no owner asks; `not_found`; `invalid` for a text that
    /// is none, or beyond 1,000 characters.
    pub async fn note(
        &self,
        staff: &Staff,
        user: UserId,
        request: NoteRequest,
    ) -> Result<MemberNote> {
        let (act, author) = (&Act::on(staff, Action::Note, user), staff.user_id());
        let text = request.text.trim();
        let note = audit::act(&self.core, act, |tx| {
            async move {
                expect_text(text)?;
                let at = tx.now();
                super::expect_known(tx, user, at).await?;
                let by = users::find(tx, author).await?.ok_or(Code::NotFound)?;
                let new = NewNote {
                    user,
                    author,
                    text,
                    at,
                };
                let id = notes::insert(tx, &new).await?;
                Ok(Changed {
                    answer: MemberNote {
                        id,
                        author,
                        author_nickname: by.nickname,
                        text: text.to_owned(),
                        created_at: at,
                    },
                    before: None,
                    after: Some(audit::state(&Noted { note: id })?),
                })
            }
            .scope_boxed()
        });
        note.await
    }
}

fn expect_text(text: &str) -> Result<()> {
    let refuse = |code, message| Err(AppError::field("text", code, message).into());
    if text.is_empty() {
        return refuse("required", "a note says something");
    }
    if text.chars().count() > CHARS_MAX {
        return refuse("too_long", "a note has up to 1,000 characters");
    }
    match text.chars().any(is_odd) {
        true => refuse("characters", "a note is plain text"),
        false => Ok(()),
    }
}

/// What is no text, and breaks no line either.
fn is_odd(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_text_of_up_to_a_thousand_characters() {
        let long = "봄".repeat(1_000);
        for good in [
            "a",
            "two\nlines\tand a tab",
            "<script>alert(1)</script>",
            &long,
        ] {
            assert!(expect_text(good).is_ok(), "{good}");
        }
        for bad in ["", "a\0b", "a\u{1b}[31m", &"a".repeat(1_001)] {
            assert!(expect_text(bad).is_err(), "{bad:?}");
        }
    }
}
