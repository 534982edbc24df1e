//! Seeds and the hands they decided.

use leptos::prelude::*;
use wire::{
    HandId, Page,
    fairness::{Round, Seeds},
};

use crate::{error::PageError, protocol::Post};

/// The member's seeds.
#[server(protocol = Post)]
pub async fn load_seeds() -> Result<Seeds, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    backend
        .fairness
        .seeds(member.user_id)
        .await
        .map_err(ssr::fail)
}

/// Changes the member's half of the active pair.
#[server(protocol = Post)]
pub async fn set_client_seed(client_seed: String) -> Result<(), PageError> {
    use crate::ssr;
    use wire::fairness::ClientSeedRequest;
    let (backend, member) = ssr::member().await?;
    let changed = backend
        .fairness
        .set_client_seed(
            member.user_id,
            ClientSeedRequest {
                client_seed: client_seed.clone(),
            },
        )
        .await;
    changed.map_err(|error| {
        ssr::bounce(
            "/fairness",
            "client_seed",
            &[("client_seed", &client_seed)],
            error,
        )
    })?;
    ssr::done("/fairness");
    Ok(())
}

/// Reveals the active pair and moves on to the next.
#[server(protocol = Post)]
pub async fn rotate() -> Result<(), PageError> {
    use crate::ssr;
    use wire::fairness::RotateRequest;
    let (backend, member) = ssr::member().await?;
    let rotated = backend
        .fairness
        .rotate(member.user_id, RotateRequest::default())
        .await;
    rotated.map_err(|error| ssr::bounce("/fairness", "rotate", &[], error))?;
    ssr::done("/fairness");
    Ok(())
}

/// One hand, with everything that a verifier needs.
#[server(protocol = Post)]
pub async fn load_round(hand_id: HandId) -> Result<Round, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    backend
        .fairness
        .round(member.user_id, &hand_id)
        .await
        .map_err(ssr::fail)
}

/// The revealed hands, oldest first.
#[server(protocol = Post)]
pub async fn list_rounds(
    limit: i64,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<Round>, PageError> {
    use crate::ssr;
    use wire::fairness::RoundsRequest;
    let (backend, member) = ssr::reader().await?;
    let request = RoundsRequest {
        limit: Some(limit),
        cursor,
        pair_id: None,
    };
    backend
        .fairness
        .rounds(member.user_id, request)
        .await
        .map_err(ssr::fail)
}
