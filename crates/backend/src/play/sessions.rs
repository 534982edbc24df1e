//! Sittings: the hands of one game without a long pause.

use economy::Tokens;
use games::Game;
use sqlx::AnyConnection;
use wire::play::{EndSessionRequest, PlaySession, StartSessionRequest};
use wire::{Code, PlaySessionId, UserId};

use super::store::sessions::{self as store, Place};
use super::{Play, Seat, Settled, game_of, idle_since};
use crate::db::ScopedFutureExt;
use crate::limits::Limit;
use crate::wake::Changed;
use crate::{Core, Device, Error, Member, Result, fairness, ledger};

/// How many idle sessions are closed in one transaction.
const AT_ONCE: i64 = 64;

impl Play {
    /// Opens a session of a game before its first hand.
    ///
    /// # Errors
    /// `unknown_game`; `session_open` while one of that game is; `rate_limited`.
    pub async fn start_session(
        &self,
        user: UserId,
        request: &StartSessionRequest,
        device: &Device,
    ) -> Result<PlaySession> {
        let game = Game::parse(&request.game_type).ok_or(Code::UnknownGame)?;
        let core = &self.core;
        core.limits.check(Limit::Play, &user.to_string()).await?;
        let write = core.db.write(|tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                let at = tx.now();
                let seat = Seat { user, game, at };
                store::close(tx, &seat, idle_since(at)).await?;
                let id = PlaySessionId(core.fresh_id());
                let opened = store::open(tx, &id, &seat, device, head.balance).await?;
                tx.wake(user, Changed::PLAYED);
                Ok(opened.ok_or(Code::SessionOpen)?)
            }
            .scope_boxed()
        });
        write.await
    }

    /// Closes a session of the member.
    ///
    /// # Errors
    /// `not_found` unless it is theirs; `session_ended` when it is closed; `round_active` while a
    /// round of crash runs in it; `rate_limited`.
    pub async fn end_session(
        &self,
        user: UserId,
        request: &EndSessionRequest,
    ) -> Result<PlaySession> {
        let (core, session) = (&self.core, &request.session_id);
        core.limits.check(Limit::Play, &user.to_string()).await?;
        let write = core.db.write(|tx| {
            async move {
                ledger::lock(tx, user).await?;
                let now = tx.now();
                let Some(ended) = store::end(tx, user, session, now).await? else {
                    let is_theirs = store::exists(tx, user, session).await?;
                    let code = if is_theirs {
                        Code::SessionEnded
                    } else {
                        Code::NotFound
                    };
                    return Err(code.into());
                };
                if ended.game == Game::Crash && fairness::is_running(tx, user).await? {
                    return Err(Code::RoundActive.into());
                }
                tx.wake(user, Changed::PLAYED);
                Ok(ended)
            }
            .scope_boxed()
        });
        write.await
    }

    /// The open session of `user` that was played in last, of one game or of any.
    ///
    /// # Errors
    /// `forbidden` for other members, unless they run the club; `unknown_game`.
    pub async fn current_session_of(
        &self,
        asker: &Member,
        user: UserId,
        game: Option<&str>,
    ) -> Result<Option<PlaySession>> {
        asker.expect_own(user)?;
        self.open_session(user, game_of(game)?).await
    }

    /// The member's open session that was played in last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn current_session(&self, user: UserId) -> Result<Option<PlaySession>> {
        self.open_session(user, None).await
    }

    async fn open_session(&self, user: UserId, game: Option<Game>) -> Result<Option<PlaySession>> {
        let mut conn = self.core.db.read().await?;
        store::current(&mut conn, user, game, idle_since(self.core.now())).await
    }

    /// Notes that the member's last live connection is gone; sessions that go idle after it end as
    /// disconnected.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn left(&self, user: UserId) -> Result<()> {
        let write = self.core.db.write(|tx| {
            async move {
                let at = Some(tx.now());
                store::mark_left(tx, user, at).await
            }
            .scope_boxed()
        });
        write.await
    }

    /// Notes that the member has a live connection again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn returned(&self, user: UserId) -> Result<()> {
        let core = &self.core;
        // Most who connect were not noted as gone; they need no write.
        if !store::has_left(&mut *core.db.read().await?, user).await? {
            return Ok(());
        }
        let write = core
            .db
            .write(|tx| async move { store::mark_left(tx, user, None).await }.scope_boxed());
        write.await
    }

    /// Closes every idle session; gives how many. Several processes may do so at once; each session
    /// is closed by one of them, and one whose member plays meanwhile by a later pass.
    ///
    /// # Errors
    /// When the database fails; what was closed stays so.
    pub async fn close_idle_sessions(&self) -> Result<usize> {
        let (db, since) = (&self.core.db, idle_since(self.core.now()));
        let (mut closed, mut after) = (0, String::new());
        loop {
            let idle = store::idle(&mut *db.read().await?, since, &after, AT_ONCE).await?;
            let Some((last, _)) = idle.last() else {
                return Ok(closed);
            };
            last.as_str().clone_into(&mut after);
            let idle = &idle;
            let close = db.write(|tx| {
                async move {
                    let users: Vec<UserId> = idle.iter().map(|(_, user)| *user).collect();
                    let locked = ledger::lock_free(tx, &users).await?;
                    let free = idle.iter().filter(|(_, user)| locked.contains(user));
                    let free: Vec<_> = free.map(|(session, _)| session).collect();
                    let users = store::close_idle(tx, since, &free).await?;
                    for user in &users {
                        tx.wake(*user, Changed::PLAYED);
                    }
                    Ok(users.len())
                }
                .scope_boxed()
            });
            closed += close.await?;
        }
    }
}

/// Counts the hand in the member's open session, or in a new one.
pub(super) async fn sit(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    device: &Device,
    settled: &Settled,
    balance_after: Tokens,
) -> Result<Place> {
    if let Some(place) = store::count(conn, seat, settled, balance_after).await? {
        return Ok(place);
    }
    reopen(conn, core, seat, device, before(settled, balance_after)).await?;
    let place = store::count(conn, seat, settled, balance_after).await?;
    place.ok_or_else(not_there)
}

/// Puts the stake of a round that begins on the table of the member's session, or of a new one.
pub(crate) async fn bet(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    device: &Device,
    stake: Tokens,
    balance: Tokens,
) -> Result<()> {
    if store::stake(conn, seat, stake).await? {
        return Ok(());
    }
    reopen(conn, core, seat, device, balance).await?;
    let is_there = store::stake(conn, seat, stake).await?;
    is_there.then_some(()).ok_or_else(not_there)
}

/// Closes the idle session of the game, if there is one, and opens another.
async fn reopen(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    device: &Device,
    balance: Tokens,
) -> Result<()> {
    store::close(conn, seat, seat.at).await?;
    let id = PlaySessionId(core.fresh_id());
    store::open(conn, &id, seat, device, balance).await?;
    Ok(())
}

fn not_there() -> Error {
    Error::Internal("a play session that was just opened is not there".to_owned())
}

/// What the member had before the hand; the stake of a round of crash left them at its bet.
fn before(settled: &Settled, balance_after: Tokens) -> Tokens {
    balance_after
        .checked_sub(settled.payout)
        .and_then(|rest| rest.checked_add(settled.stake))
        .unwrap_or(balance_after)
}
