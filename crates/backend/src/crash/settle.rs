//! How a round ends: one way, whoever ends it.

use economy::{Head, Posting, Timestamp};
use games::HandResult;
use games::crash::Played;
use tokio::task::JoinSet;
use wire::live::{CrashEnded, Notice};
use wire::{GameId, HandId, UserId};

use super::Crash;
use super::store::{self, Due, Session};
use crate::db::{Dialect, RESERVED_ON_POSTGRES, ScopedFutureExt, Tx};
use crate::notices;
use crate::play::{self, Recorded, Settled, decimal};
use crate::wake::Changed;
use crate::{Core, Error, Result, fairness, ledger};

/// How many due rounds are looked up at once.
const BATCH: i64 = 256;
/// How many are settled at once on SQLite, where they share commits. On PostgreSQL each that is has a
/// connection.
const AT_ONCE_ON_SQLITE: usize = 8;

/// What a pass over the due rounds did.
#[derive(Debug, Default)]
pub struct Pass {
    /// Rounds that it settled.
    pub settled: u64,
    /// Rounds that it could not settle; they stay due.
    pub failed: u64,
    /// Why the first of those failed.
    pub cause: Option<(GameId, Error)>,
}

impl Crash {
    /// Settles every round that is due at `now`. Several processes may do so at once; each round is
    /// settled by one of them. A round that fails does not keep the others waiting.
    ///
    /// # Errors
    /// When the due rounds cannot be read.
    pub async fn settle_due(&self, now: Timestamp) -> Result<Pass> {
        let mut pass = Pass::default();
        let mut last: Option<Due> = None;
        loop {
            let mut conn = self.clockwork.read().await?;
            let batch = store::due(&mut conn, now, last.as_ref(), BATCH).await?;
            drop(conn);
            let Some(end) = batch.last() else {
                return Ok(pass);
            };
            last = Some(Due {
                game: end.game.clone(),
                ..*end
            });
            self.settle_all(batch, now, &mut pass).await;
        }
    }

    /// When a round is due next after `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        store::next_due(&mut *self.clockwork.read().await?, now).await
    }

    async fn settle_all(&self, batch: Vec<Due>, now: Timestamp, pass: &mut Pass) {
        let at_once = match self.clockwork.dialect() {
            Dialect::Sqlite => AT_ONCE_ON_SQLITE,
            Dialect::Postgres => RESERVED_ON_POSTGRES as usize,
        };
        let mut under_way = JoinSet::new();
        let mut waiting = batch.into_iter();
        loop {
            while under_way.len() < at_once
                && let Some(due) = waiting.next()
            {
                let crash = self.clone();
                under_way.spawn(async move {
                    let settled = crash.settle_one(due.user, &due.game, now).await;
                    (due.game, settled)
                });
            }
            match under_way.join_next().await {
                None => return,
                Some(Ok((_, Ok(is_settled)))) => pass.settled += u64::from(is_settled),
                Some(Ok((game, Err(error)))) => pass.fail(game, error),
                Some(Err(error)) => {
                    pass.fail(GameId(String::new()), Error::Internal(error.to_string()));
                }
            }
        }
    }

    /// Settles one round by the clock; false when somebody else has.
    async fn settle_one(&self, user: UserId, game: &GameId, now: Timestamp) -> Result<bool> {
        let core = &self.core;
        let settle = self.clockwork.write(|tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                let session = store::active(tx, user).await?;
                let Some(session) = session.filter(|session| session.game == *game) else {
                    return Ok(false);
                };
                match by_clock(tx, core, head, &session, now).await? {
                    Some(_) => {
                        tx.wake(user, Changed::PLAYED);
                        Ok(true)
                    }
                    None => Err(Error::Corrupt(format!("crash_sessions.due_at of {game}"))),
                }
            }
            .scope_boxed()
        });
        let is_settled = settle.await?;
        // What Redis does not forget now it forgets later.
        _ = self.sessions.release(user, game).await;
        Ok(is_settled)
    }
}

impl Pass {
    fn fail(&mut self, game: GameId, error: Error) {
        self.failed += 1;
        self.cause.get_or_insert((game, error));
    }
}

/// Ends a round of a locked account by the clock; nothing while it runs.
pub(super) async fn by_clock(
    tx: &mut Tx,
    core: &Core,
    head: Head,
    session: &Session,
    now: Timestamp,
) -> Result<Option<Recorded>> {
    match Played::settle(&session.round, None, now) {
        Ok(played) => finish(tx, core, head, session, played).await,
        Err(_) => Ok(None),
    }
}

/// Writes the end of a round of a locked account that stands at `head`; nothing when it has ended.
pub(super) async fn finish(
    tx: &mut Tx,
    core: &Core,
    head: Head,
    session: &Session,
    played: Played,
) -> Result<Option<Recorded>> {
    if !store::end(tx, &session.game, &played).await? {
        return Ok(None);
    }
    fairness::settled(tx, &session.stream.pair).await?;
    let (user, stake) = (session.user, session.round.bet.stake());
    let payout = played.outcome.payout;
    let settled = Settled {
        hand: HandId(session.game.0.clone()),
        at: played.settled_at,
        begun_at: session.round.started_at,
        posting: Posting::crash_end(session.game.as_str(), user.account(), stake, payout),
        rules_version: session.rules_version,
        stake,
        payout,
        result: HandResult::of(stake, payout),
        play: games::Play::Crash(played),
        stream: session.stream.clone(),
    };
    let recorded = play::record(tx, core, (user, &session.device), head, settled, None).await?;
    let notice = Notice::CrashEnded(told(session, &played, &recorded));
    notices::tell(tx, user, &notice, played.settled_at).await?;
    Ok(Some(recorded))
}

fn told(session: &Session, played: &Played, recorded: &Recorded) -> CrashEnded {
    let outcome = played.outcome;
    CrashEnded {
        game_id: session.game.clone(),
        status: outcome.end.as_str().to_owned(),
        point: decimal(session.round.point.hundredths()),
        cashed_out_at: outcome.end.cashed_at().map(|at| decimal(at.hundredths())),
        bet_amount: session.round.bet.stake(),
        payout: outcome.payout,
        win_amount: outcome.win_amount,
        balance: recorded.head.balance,
        seq: recorded.head.seq,
        streak: recorded.streak,
    }
}
