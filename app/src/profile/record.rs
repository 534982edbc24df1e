//! What the record of play tells on the member's own page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{
    Timestamp,
    achievements::Achievements,
    play::PlaySession,
    stats::GameStats,
    user::{BalanceHistory, UserStats},
};

use crate::{error::PageError, protocol::Post};

/// The record of play, as a member's own page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The club's time.
    pub now: Timestamp,
    /// The open sitting that was played in last.
    pub sitting: Option<PlaySession>,
    /// What they have played, over all games.
    pub stats: UserStats,
    /// The same by game.
    pub games: GameStats,
    /// Their balance over time.
    pub balances: BalanceHistory,
    /// What they have achieved, and what not yet.
    pub achievements: Achievements,
}

/// The member's record of play.
#[server(protocol = Post)]
pub async fn load_record() -> Result<Record, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    record_of(&backend, &member).await.map_err(ssr::fail)
}

#[cfg(feature = "ssr")]
async fn record_of(
    backend: &backend::Backend,
    member: &backend::Member,
) -> Result<Record, backend::Error> {
    let (play, user) = (&backend.play, member.user_id);
    Ok(Record {
        now: backend.clock().now(),
        sitting: play.current_session(user).await?,
        stats: play.stats(user).await?,
        games: play.stats_over(member, user, &Default::default()).await?,
        balances: backend.ledger.balance_history(user).await?,
        achievements: backend.achievements.list(member, user).await?,
    })
}

/// Claims the reward of an achievement. It can be claimed once, so its code is key enough.
#[server(protocol = Post)]
pub async fn claim_achievement(code: String) -> Result<(), PageError> {
    use crate::ssr;
    use backend::IdempotencyKey;
    let (backend, member) = ssr::member().await?;
    let key = IdempotencyKey::parse(&code).map_err(ssr::fail)?;
    let claimed = backend
        .achievements
        .claim(member.user_id, &code, Some(key))
        .await;
    claimed.map_err(|error| ssr::bounce("/profile#achievements", &code, &[], error))?;
    ssr::done("/profile#achievements");
    Ok(())
}
