//! Seeds: committed, changed, rotated, and the rounds played with them.

mod store;
pub mod verify;

use games::{ClientSeed, ServerSeed};
use progress::Fact;
use sqlx::AnyConnection;
use wire::fairness::{ActivePair, ClientSeedRequest, RotateRequest, Round, RoundsRequest, Seeds};
use wire::{AppError, Code, HandId, Page, PairId, UserId};

use crate::db::{ScopedFutureExt, Tx};
use crate::{Core, Error, Result, ledger, paging};
use store::{pairs, rounds, streams};

pub(crate) use store::streams::{Draw, Pace, Stream, stream_in, stream_of};
pub(crate) use verify::Running;
pub use verify::{Fault, Report};

/// How many revealed pairs are shown with the seeds.
const REVEALED_MAX: i64 = 50;

/// Seeds, rotation, rounds to check.
#[derive(Clone)]
pub struct Fairness {
    core: Core,
}

impl Fairness {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// The active, the next and the revealed pairs.
    ///
    /// # Errors
    /// `not_found` without such a member.
    pub async fn seeds(&self, user: UserId) -> Result<Seeds> {
        let mut conn = self.core.db.read().await?;
        seeds(&mut conn, user).await
    }

    /// Changes the member's half of the active pair; the nonce runs on.
    ///
    /// # Errors
    /// `invalid` unless it has 1 to 64 visible characters; `rate_limited`.
    pub async fn set_client_seed(
        &self,
        user: UserId,
        request: ClientSeedRequest,
    ) -> Result<ActivePair> {
        self.core.counts_write(user).await?;
        let seed = &parse_client_seed(request.client_seed)?;
        let set = self.core.db.write(|tx| {
            async move {
                ledger::lock(tx, user).await?;
                pairs::set_client_seed(tx, user, seed).await
            }
            .scope_boxed()
        });
        Ok(set.await?.ok_or(Code::NotFound)?)
    }

    /// Reveals the active pair and brings the next one into use.
    ///
    /// # Errors
    /// `round_running` while a hand of the pair is not settled; `invalid` for a bad client seed;
    /// `rate_limited`.
    pub async fn rotate(&self, user: UserId, request: RotateRequest) -> Result<Seeds> {
        self.core.counts_write(user).await?;
        let client_seed = &match request.client_seed {
            Some(text) => parse_client_seed(text)?,
            None => fresh_client_seed(&self.core)?,
        };
        let core = &self.core;
        let rotate = self.core.db.write(|tx| {
            async move {
                ledger::lock(tx, user).await?;
                let now = tx.now();
                if !pairs::reveal(tx, user, now).await? {
                    return Err(Code::RoundRunning.into());
                }
                pairs::activate(tx, user, client_seed).await?;
                commit_next(tx, core, user).await?;
                core.happened.raise(tx, user, Fact::Rotated).await?;
                seeds(tx, user).await
            }
            .scope_boxed()
        });
        rotate.await
    }

    /// One hand of the member with everything that a verifier needs.
    ///
    /// # Errors
    /// `not_found` unless the member played it.
    pub async fn round(&self, user: UserId, hand: &HandId) -> Result<Round> {
        let mut conn = self.core.db.read().await?;
        Ok(rounds::round(&mut conn, user, hand)
            .await?
            .ok_or(Code::NotFound)?)
    }

    /// Hands of revealed pairs, oldest first.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub async fn rounds(&self, user: UserId, request: RoundsRequest) -> Result<Page<Round>> {
        let limit = paging::limit(request.limit)?;
        let (pair, nonce) =
            paging::cursor_pair(request.cursor.as_deref())?.unwrap_or((String::new(), -1));
        let only = paging::cursor_id(request.pair_id.as_ref().map(PairId::as_str))?;
        let mut conn = self.core.db.read().await?;
        let rounds =
            rounds::rounds(&mut conn, user, only.as_deref(), (&pair, nonce), limit + 1).await?;
        Ok(paging::page(rounds, limit, |round| {
            format!("{}:{}", round.pair_id, round.nonce)
        }))
    }
}

async fn seeds(conn: &mut AnyConnection, user: UserId) -> Result<Seeds> {
    let active = pairs::active(conn, user).await?.ok_or(Code::NotFound)?;
    let next = pairs::next(conn, user)
        .await?
        .ok_or_else(|| Error::Corrupt(format!("seed_pairs of {user}: no next")))?;
    let revealed = pairs::revealed(conn, user, REVEALED_MAX).await?;
    Ok(Seeds {
        active,
        next,
        revealed,
    })
}

/// Gives a new member their first two pairs.
pub(crate) async fn open(tx: &mut Tx, core: &Core, user: UserId) -> Result<()> {
    commit_next(tx, core, user).await?;
    pairs::activate(tx, user, &fresh_client_seed(core)?).await?;
    commit_next(tx, core, user).await
}

/// Takes the next nonce of the member's active pair.
pub(crate) async fn draw(conn: &mut AnyConnection, user: UserId, pace: Pace) -> Result<Draw> {
    streams::draw(conn, user, pace)
        .await?
        .ok_or_else(|| Error::Corrupt(format!("seed_pairs of {user}: none is active")))
}

/// Whether a hand of the member is not settled yet.
pub(crate) async fn is_running(conn: &mut AnyConnection, user: UserId) -> Result<bool> {
    streams::is_running(conn, user).await
}

/// Counts a hand that was running as settled; its pair can be revealed when none is left.
pub(crate) async fn settled(conn: &mut AnyConnection, pair: &PairId) -> Result<()> {
    streams::settled(conn, pair).await
}

/// Makes and commits to the secret of the pair after the active one.
async fn commit_next(tx: &mut Tx, core: &Core, user: UserId) -> Result<()> {
    let mut secret = [0; 32];
    core.entropy.fill(&mut secret);
    let (id, client_seed, now) = (core.fresh_id(), fresh_client_seed(core)?, tx.now());
    pairs::insert_next(tx, &id, user, &ServerSeed(secret), &client_seed, now).await
}

fn fresh_client_seed(core: &Core) -> Result<ClientSeed> {
    let mut bytes = [0; 8];
    core.entropy.fill(&mut bytes);
    ClientSeed::parse(hex::encode(bytes)).map_err(|error| Error::Internal(error.to_string()))
}

fn parse_client_seed(text: String) -> Result<ClientSeed> {
    ClientSeed::parse(text)
        .map_err(|error| AppError::field("client_seed", "characters", &error.to_string()).into())
}
