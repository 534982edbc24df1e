//! Betting, cashing out, and asking what runs.

use leptos::prelude::*;
use wire::{
    GameId,
    crash::{BetResult, CashoutResult, CurrentRound, PastRound},
    live::CrashEnded,
};

use crate::{error::PageError, protocol::Post};

/// Starts a round once per key; the same key answers the same round, in the same bytes.
#[server(protocol = Post)]
pub async fn place_bet(
    bet_amount: i64,
    #[server(default)] auto_cashout: Option<f64>,
    key: String,
) -> Result<BetResult, PageError> {
    use crate::ssr;
    use wire::crash::BetRequest;
    let (backend, member) = ssr::member().await?;
    let (key, device) = (ssr::key(&key)?, ssr::device().await?);
    let request = BetRequest {
        bet_amount,
        auto_cashout_multiplier: auto_cashout,
    };
    let placed = backend
        .crash
        .bet(member.user_id, request, Some(key), &device);
    placed.await.map_err(ssr::fail)
}

/// Takes the curve as it stood when the request came in, once per key.
#[server(protocol = Post)]
pub async fn cash_out(game_id: GameId, key: String) -> Result<CashoutResult, PageError> {
    use crate::ssr;
    use wire::crash::CashoutRequest;
    let arrival = ssr::arrival().await?;
    let (backend, member) = ssr::member().await?;
    let key = Some(ssr::key(&key)?);
    let request = CashoutRequest { game_id };
    let taken = backend.crash.cashout(member.user_id, request, arrival, key);
    taken.await.map_err(ssr::fail)
}

/// The member's round, if one is running, and the club's time.
#[server(protocol = Post)]
pub async fn current_crash() -> Result<CurrentRound, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    let current = backend.crash.current(member.user_id);
    current.await.map_err(ssr::fail)
}

/// How a round ended; nothing while it runs.
#[server(protocol = Post)]
pub async fn how_it_ended(game_id: GameId) -> Result<Option<CrashEnded>, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    let ended = backend.crash.ended(member.user_id, &game_id);
    ended.await.map_err(ssr::fail)
}

/// Where the member's last rounds broke off, newest first.
#[server(protocol = Post)]
pub async fn past_points() -> Result<Vec<PastRound>, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    let past = backend.crash.past(member.user_id);
    past.await.map_err(ssr::fail)
}
