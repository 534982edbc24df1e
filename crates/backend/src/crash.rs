//! Crash: a bet starts the curve, a cash-out or the clock ends it.

mod ended;
mod parse;
pub mod sessions;
mod settle;
mod store;

use std::sync::Arc;

use economy::{Head, Posting, Timestamp};
use games::Game;
use games::crash::{self, AutoCashout, Bet, Multiplier, Played, Round, Unsettled};
use tokio::sync::Notify;
use wire::crash::{
    BetRequest, BetResult, CashoutRequest, CashoutResult, CurrentRound, RunningRound,
};
use wire::{Code, GameId, UserId};

use crate::db::{ScopedFutureExt, Tx};
use crate::fairness::Pace;
use crate::limits::Limit;
use crate::play::{self, Recorded, Seat, decimal};
use crate::turn::{self, Request};
use crate::{Arrival, Core, Db, Device, IdempotencyKey, Result, fairness, ledger};

use sessions::Claim;
pub use sessions::SessionStore;
pub use settle::Pass;
use store::Session;
pub(crate) use store::{running_nonces, running_stakes};

/// Crash.
#[derive(Clone)]
pub struct Crash {
    core: Core,
    /// Where rounds are settled by the clock.
    clockwork: Db,
    sessions: Arc<dyn SessionStore>,
    bets: Arc<Notify>,
}

impl Crash {
    /// Opens the store of live sessions that the settings name.
    pub(crate) fn open(core: Core) -> Result<Self> {
        Ok(Self {
            sessions: sessions::open(&core.settings, core.clock.clone())?,
            bets: Arc::default(),
            clockwork: core.db.reserved(),
            core,
        })
    }

    /// Takes a stake into escrow and starts a round, once per key.
    ///
    /// # Errors
    /// `unavailable` when the store of live sessions does not answer; `round_active` while the
    /// member's last round runs; `stake_too_small`, `stake_too_large`, `invalid` for the auto
    /// cash-out, `insufficient_tokens`, `idempotency_mismatch`, `rate_limited`;
    /// `balance_too_large` when the last round cashed itself out and there is no room for that.
    pub async fn bet(
        &self,
        user: UserId,
        request: BetRequest,
        key: Option<IdempotencyKey>,
        device: &Device,
    ) -> Result<BetResult> {
        let bet = parse::bet(&request)?;
        let core = &self.core;
        let asked = Request {
            user,
            operation: "crash/bet",
            limit: Limit::Play,
            body: &request,
            key,
        };
        let (user, operation) = turn::ready(core, asked).await?;
        let operation = operation.as_ref();
        // What was answered before is answered again, whatever has become of the store since.
        if let Some(answer) = turn::answered(core, operation).await? {
            return Ok(answer);
        }
        let game = &GameId(core.fresh_id());
        // The store must answer before anything moves; what it answers decides nothing.
        let claim = self.sessions.claim(user, game).await?;
        let placed = turn::take(core, user, operation, None, |tx, head| {
            async move { begin(tx, core, (user, device), head, bet, game).await }.scope_boxed()
        });
        let placed = placed.await;
        match &placed {
            Ok(placed) if placed.game_id == *game => {
                if claim == Claim::Occupied {
                    // Whoever stood there has ended, or this bet had been refused.
                    _ = self.sessions.keep(user, game).await;
                }
                self.bets.notify_one();
            }
            // Refused, or the answer of an earlier twin. What Redis does not forget now it forgets
            // later.
            _ => _ = self.sessions.release(user, game).await,
        }
        placed
    }

    /// Takes the curve as it stood when the request came in, once per key.
    ///
    /// # Errors
    /// `not_found` unless the member has that round and it runs; `too_early` below 1.01x;
    /// `balance_too_large`, `idempotency_mismatch`, `rate_limited`.
    pub async fn cashout(
        &self,
        user: UserId,
        request: CashoutRequest,
        Arrival(arrival): Arrival,
        key: Option<IdempotencyKey>,
    ) -> Result<CashoutResult> {
        let (core, game) = (&self.core, &request.game_id);
        let asked = Request {
            user,
            operation: "crash/cashout",
            limit: Limit::CashOut,
            body: &request,
            key,
        };
        let turn = turn::once(core, asked, |tx, head| {
            async move { take(tx, core, user, head, game, arrival).await }.scope_boxed()
        });
        let taken = turn.await?;
        _ = self.sessions.release(user, game).await;
        Ok(taken)
    }

    /// The member's round, if one is running, and whether a bet would be taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn current(&self, user: UserId) -> Result<CurrentRound> {
        let session = store::active(&mut *self.core.db.read().await?, user).await?;
        let answered = match &session {
            // What Redis forgot is put back.
            Some(session) => self.sessions.keep(user, &session.game).await,
            None => self.sessions.ping().await,
        };
        Ok(CurrentRound {
            available: answered.is_ok(),
            session: session.map(running),
            now: self.core.now(),
        })
    }

    /// Waits until a bet is made in this process; one made since the last call counts.
    pub async fn bet_made(&self) {
        self.bets.notified().await;
    }
}

/// Starts a round of a member whose account is locked and stands at `head`.
async fn begin(
    tx: &mut Tx,
    core: &Core,
    (user, device): (UserId, &Device),
    head: Head,
    bet: Bet,
    game: &GameId,
) -> Result<BetResult> {
    let now = tx.now();
    let head = after_the_last(tx, core, user, head).await?;
    // Not before: a round that was due may have paid.
    play::admit(&head, bet.stake())?;
    let session = draw(tx, (user, device), bet, game).await?;
    let seat = Seat {
        user,
        game: Game::Crash,
        at: now,
    };
    play::bet(tx, core, &seat, device, bet.stake(), head.balance).await?;
    let posting = Posting::crash_bet(game.as_str(), user.account(), bet.stake());
    let head = ledger::post(tx, user, head, &posting, 0, now).await?;
    Ok(BetResult {
        game_id: session.game,
        started_at: now,
        auto_cashout_multiplier: bet.auto().map(auto_decimal),
        bet_amount: bet.stake(),
        balance: head.balance,
        seq: head.seq,
        now,
    })
}

/// Where the account of a member stands once their last round is over: one that is due is settled.
async fn after_the_last(tx: &mut Tx, core: &Core, user: UserId, head: Head) -> Result<Head> {
    let now = tx.now();
    let Some(last) = store::active(tx, user).await? else {
        return Ok(head);
    };
    let settled = settle::by_clock(tx, core, head, &last, now).await?;
    Ok(settled.ok_or(Code::RoundActive)?.head)
}

/// Draws a round that starts now, and keeps it.
async fn draw(
    tx: &mut Tx,
    (user, device): (UserId, &Device),
    bet: Bet,
    game: &GameId,
) -> Result<Session> {
    let draw = fairness::draw(tx, user, Pace::Running).await?;
    let round = Round {
        bet,
        started_at: tx.now(),
        point: crash::point(&mut draw.draws()),
    };
    let session = Session {
        game: game.clone(),
        user,
        round,
        rules_version: crash::RULES_VERSION,
        stream: draw.stream,
        device: device.clone(),
    };
    if !store::insert(tx, &session).await? {
        return Err(Code::RoundActive.into());
    }
    Ok(session)
}

/// Settles a click of a member whose account is locked and stands at `head`.
async fn take(
    tx: &mut Tx,
    core: &Core,
    user: UserId,
    head: Head,
    game: &GameId,
    arrival: Timestamp,
) -> Result<CashoutResult> {
    let session = store::active(tx, user).await?;
    let session = session
        .filter(|session| session.game == *game)
        .ok_or(Code::NotFound)?;
    let played = Played::settle(&session.round, Some(arrival), tx.now());
    let played = played.map_err(|unsettled| match unsettled {
        Unsettled::TooEarly => Code::TooEarly,
        // A crash is settled when it is due: a click that came before it may be on its way.
        Unsettled::TooLate | Unsettled::Running => Code::NotFound,
    })?;
    let recorded = settle::finish(tx, core, head, &session, played).await?;
    Ok(answer(
        session.game,
        &played,
        recorded.ok_or(Code::NotFound)?,
    ))
}

fn answer(game: GameId, played: &Played, recorded: Recorded) -> CashoutResult {
    let outcome = played.outcome;
    let at = outcome.end.cashed_at().unwrap_or(Multiplier::ONE);
    CashoutResult {
        game_id: game,
        status: outcome.end.as_str().to_owned(),
        cashed_out_at: decimal(at.hundredths()),
        win_amount: outcome.win_amount,
        payout: outcome.payout,
        streak: recorded.streak,
        balance: recorded.head.balance,
        seq: recorded.head.seq,
    }
}

fn running(session: Session) -> RunningRound {
    let bet = session.round.bet;
    RunningRound {
        game_id: session.game,
        bet_amount: bet.stake(),
        auto_cashout_multiplier: bet.auto().map(auto_decimal),
        started_at: session.round.started_at,
    }
}

fn auto_decimal(auto: AutoCashout) -> f64 {
    decimal(auto.target().hundredths())
}
