//! Invite codes: who may join, how many of them, until when.

mod store;

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::invite::{GenerateRequest, Invite, Validity};
use wire::page::PageRequest;
use wire::staff::Permission;
use wire::{AppError, Code, Page, UserId};

use crate::audit::{self, Act, Action, Changed};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Core, Error, Member, Result, Staff, paging};
use store::{Cursor, NewCode};

/// The most that may join with one code.
const USES_MAX: i64 = 100_000;
/// The longest that a code lasts, in days.
const DAYS_MAX: i64 = 3_650;
/// The most characters of a code, generated or typed.
const CODE_CHARS_MAX: usize = 64;
/// Characters of a generated code; ten of them are 50 bits.
const CODE_CHARS: usize = 10;
/// How often a code is drawn again because it exists.
const DRAWS_MAX: u32 = 5;
/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Invite codes.
#[derive(Clone)]
pub struct Invites {
    core: Core,
}

impl Invites {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Whether a code would let someone in now.
    ///
    /// # Errors
    /// Only when the database fails; a code that does not count is an answer.
    pub async fn validate(&self, code: &str) -> Result<Validity> {
        let open = Validity {
            is_valid: true,
            error_code: None,
            expires_at: None,
            remaining_uses: None,
        };
        let mut conn = self.core.db.read().await?;
        let invite = match look_up(&mut conn, &self.core, code).await? {
            Some(Ticket::Unlimited(_)) => return Ok(open),
            Some(Ticket::Counted(invite)) => invite,
            None => {
                return Ok(Validity {
                    is_valid: false,
                    error_code: Some(Code::InviteUnknown),
                    ..open
                });
            }
        };
        let error_code = refusal(&invite, self.core.now());
        let remaining_uses = invite
            .max_uses
            .map(|max| max.saturating_sub(invite.uses).max(0));
        Ok(Validity {
            is_valid: error_code.is_none(),
            error_code,
            expires_at: invite.expires_at,
            remaining_uses,
        })
    }

    /// Makes a code that is nobody's: from the command line, where no member asks.
    ///
    /// # Errors
    /// `invalid` with every field that is.
    pub async fn generate_by_command(&self, request: GenerateRequest) -> Result<Invite> {
        let (request, codes) = (&request, &self.drawn());
        let make = self
            .core
            .db
            .write(|tx| async move { make(tx, None, request, codes).await }.scope_boxed());
        make.await
    }

    /// Makes a code.
    ///
    /// # Errors
    /// `invalid` with every field that is.
    pub async fn generate(&self, staff: &Staff, request: GenerateRequest) -> Result<Invite> {
        let (request, codes) = (&request, &self.drawn());
        let act = &Act::of(staff, Action::GenerateInvite, "");
        let make = audit::act(&self.core, act, |tx| {
            async move {
                let invite = make(tx, Some(staff.user_id()), request, codes).await?;
                Ok(Changed {
                    before: None,
                    after: Some(audit::state(&invite)?),
                    answer: invite,
                })
            }
            .scope_boxed()
        });
        make.await
    }

    /// The codes that the member made, newest first.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub async fn list(&self, member: &Member, page: PageRequest) -> Result<Page<Invite>> {
        self.codes(Some(member.user_id), page).await
    }

    /// All codes, newest first.
    ///
    /// # Errors
    /// `forbidden`; `invalid` when the page is.
    pub async fn list_all(&self, staff: &Staff, page: PageRequest) -> Result<Page<Invite>> {
        staff.expect(Permission::InvitesRead)?;
        self.codes(None, page).await
    }

    async fn codes(&self, creator: Option<UserId>, page: PageRequest) -> Result<Page<Invite>> {
        let limit = paging::limit(page.limit)?;
        let cursor =
            paging::cursor_pair(page.cursor.as_deref())?.map_or(Cursor::START, |(code, at)| {
                Cursor {
                    at: Timestamp::from_millis(at),
                    code,
                }
            });
        let mut conn = self.core.db.read().await?;
        let items = store::list(&mut conn, creator, &cursor, limit + 1).await?;
        Ok(paging::page(items, limit, |item| {
            format!("{}:{}", item.code, item.created_at.millis())
        }))
    }

    /// Switches off a code that the member made. Doing it again changes nothing.
    ///
    /// # Errors
    /// `not_found`; `forbidden` when somebody else made it; `rate_limited`.
    pub async fn deactivate(&self, member: &Member, code: &str) -> Result<Invite> {
        self.core.counts_write(member.user_id).await?;
        let creator = Some(member.user_id);
        let switch_off = self
            .core
            .db
            .write(|tx| async move { switch_off(tx, code, creator).await }.scope_boxed());
        switch_off.await
    }

    /// Switches off a code, whoever made it. Doing it again changes nothing.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn deactivate_any(&self, staff: &Staff, code: &str) -> Result<Invite> {
        let act = &Act::of(staff, Action::DeactivateInvite, code.trim());
        let switch_off = audit::act(&self.core, act, |tx| {
            async move {
                let invite = switch_off(tx, code, None).await?;
                Ok(Changed {
                    before: None,
                    after: Some(audit::state(&invite)?),
                    answer: invite,
                })
            }
            .scope_boxed()
        });
        switch_off.await
    }

    /// Drawn before the transaction, which may run again.
    fn drawn(&self) -> Vec<String> {
        (0..DRAWS_MAX).map(|_| self.draw()).collect()
    }

    fn draw(&self) -> String {
        let mut random = [0; CODE_CHARS];
        self.core.entropy.fill(&mut random);
        // 32 letters divide 256, so each is as likely as the others.
        random
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
            .collect()
    }
}

/// Switches off a code of that creator, or of anybody.
async fn switch_off(
    conn: &mut AnyConnection,
    code: &str,
    creator: Option<UserId>,
) -> Result<Invite> {
    let code = code.trim();
    if !is_plausible(code) {
        return Err(Code::NotFound.into());
    }
    let found = store::find(conn, code).await?.ok_or(Code::NotFound)?;
    let switched_off = store::deactivate(conn, &found.code, creator).await?;
    Ok(switched_off.ok_or(Code::Forbidden)?)
}

/// Makes a code of the first of these that does not exist.
async fn make(
    tx: &mut Tx,
    creator: Option<UserId>,
    request: &GenerateRequest,
    codes: &[String],
) -> Result<Invite> {
    check(request)?;
    let at = tx.now();
    let days = request.expires_in_days;
    for code in codes {
        let new = NewCode {
            code,
            creator,
            max_uses: request.max_uses,
            expires_at: days.map(|days| at.plus_secs(days * 24 * 60 * 60)),
            at,
        };
        if let Some(invite) = store::insert(tx, &new).await? {
            return Ok(invite);
        }
    }
    Err(Error::Internal(
        "no invite code that does not exist was drawn".to_owned(),
    ))
}

/// What a code lets in by.
enum Ticket<'a> {
    /// The one that never runs out, as it is set.
    Unlimited(&'a str),
    /// One that is counted.
    Counted(Invite),
}

/// Refuses a code that would not let someone in now; only a look, [`claim`] decides.
pub(crate) async fn look(conn: &mut AnyConnection, core: &Core, code: &str) -> Result<()> {
    match look_up(conn, core, code).await? {
        Some(Ticket::Unlimited(_)) => Ok(()),
        Some(Ticket::Counted(invite)) => {
            refusal(&invite, core.now()).map_or(Ok(()), |code| Err(code.into()))
        }
        None => Err(Code::InviteUnknown.into()),
    }
}

/// Takes one use of a code, in the transaction of the sign-up it lets in; gives it as it is kept.
pub(crate) async fn claim(
    conn: &mut AnyConnection,
    core: &Core,
    code: &str,
    now: Timestamp,
) -> Result<String> {
    let invite = match look_up(conn, core, code).await? {
        Some(Ticket::Unlimited(code)) => return Ok(code.to_owned()),
        Some(Ticket::Counted(invite)) => invite,
        None => return Err(Code::InviteUnknown.into()),
    };
    if store::take_use(conn, &invite.code, now).await? {
        return Ok(invite.code);
    }
    // It may have changed since it was looked up.
    let invite = store::find(conn, &invite.code).await?.unwrap_or(invite);
    Err(refusal(&invite, now).unwrap_or(Code::InviteUsedUp).into())
}

/// What is meant by a code that somebody typed, trimmed and in any case; of two that differ in case
/// only, the exact one.
async fn look_up<'a>(
    conn: &mut AnyConnection,
    core: &'a Core,
    typed: &str,
) -> Result<Option<Ticket<'a>>> {
    let typed = typed.trim();
    if !is_plausible(typed) {
        return Ok(None);
    }
    let unlimited = core.settings.unlimited_invite_code.as_deref();
    let unlimited = unlimited.filter(|code| code.eq_ignore_ascii_case(typed));
    let is_exact = unlimited == Some(typed);
    let found = match is_exact {
        true => None,
        false => store::find(conn, typed).await?,
    };
    Ok(match (found, unlimited) {
        (Some(invite), Some(_)) if invite.code == typed => Some(Ticket::Counted(invite)),
        (_, Some(unlimited)) => Some(Ticket::Unlimited(unlimited)),
        (found, None) => found.map(Ticket::Counted),
    })
}

/// Whether there can be such a code. PostgreSQL does not take every text.
fn is_plausible(code: &str) -> bool {
    code.chars().count() <= CODE_CHARS_MAX && !code.chars().any(char::is_control)
}

/// Why the code lets nobody in, if so.
fn refusal(invite: &Invite, now: Timestamp) -> Option<Code> {
    if !invite.is_active {
        Some(Code::InviteInactive)
    } else if invite.expires_at.is_some_and(|at| at <= now) {
        Some(Code::InviteExpired)
    } else if invite.max_uses.is_some_and(|max| invite.uses >= max) {
        Some(Code::InviteUsedUp)
    } else {
        None
    }
}

fn check(request: &GenerateRequest) -> Result<()> {
    let range = |field: &str, value: Option<i64>, max: i64| {
        let is_good = value.is_none_or(|value| (1..=max).contains(&value));
        (!is_good).then(|| AppError::field(field, "range", &format!("From 1 to {max}")).fields)
    };
    let fields: Vec<_> = [
        range("max_uses", request.max_uses, USES_MAX),
        range("expires_in_days", request.expires_in_days, DAYS_MAX),
    ]
    .into_iter()
    .flatten()
    .flatten()
    .collect();
    if fields.is_empty() {
        return Ok(());
    }
    Err(AppError {
        fields,
        ..AppError::new(Code::Invalid)
    }
    .into())
}
