//! What the front page shows a member.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{
    fairness::ActivePair,
    user::{User, UserStats},
};

use crate::{error::PageError, protocol::Post};

/// A member's evening so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evening {
    /// Whose.
    pub user: User,
    /// What they have played.
    pub stats: UserStats,
    /// What decides their next games.
    pub pair: ActivePair,
}

/// A member's evening so far; nothing for a visitor.
#[server(protocol = Post)]
pub async fn load_evening() -> Result<Option<Evening>, PageError> {
    use crate::ssr;
    let (backend, Some(member)) = ssr::any_reader().await? else {
        return Ok(None);
    };
    let user = backend
        .accounts
        .me(member.user_id)
        .await
        .map_err(ssr::fail)?;
    let stats = backend
        .play
        .stats(member.user_id)
        .await
        .map_err(ssr::fail)?;
    let seeds = backend
        .fairness
        .seeds(member.user_id)
        .await
        .map_err(ssr::fail)?;
    Ok(Some(Evening {
        user,
        stats,
        pair: seeds.active,
    }))
}
