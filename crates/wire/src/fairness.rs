//! Seeds, commitments, and what it takes to check a hand.

use economy::{AccountId, Timestamp, Tokens};
use games::{Game, HandResult, verify};
use serde::{Deserialize, Serialize};

use crate::{HandId, PairId};

/// A member's seeds: the pair in use, the next one, and the newest revealed ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seeds {
    /// In use.
    pub active: ActivePair,
    /// In use after the next rotation.
    pub next: NextPair,
    /// Rotated away, newest first; at most 50.
    pub revealed: Vec<RevealedPair>,
}

/// The pair in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivePair {
    /// Its id.
    pub pair_id: PairId,
    /// The commitment: SHA-256 of the secret seed, hex.
    pub server_seed_hash: String,
    /// The member's half.
    pub client_seed: String,
    /// The nonce of the next hand, from 0.
    pub nonce: i64,
}

/// The pair that the next rotation brings into use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextPair {
    /// The commitment: SHA-256 of the secret seed, hex.
    pub server_seed_hash: String,
}

/// A pair whose secret is out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedPair {
    /// Its id.
    pub pair_id: PairId,
    /// The seed that was committed to, hex.
    pub server_seed: String,
    /// The commitment that was shown.
    pub server_seed_hash: String,
    /// The client seed at the end; each hand names its own.
    pub client_seed: String,
    /// How many hands were played with it: nonces 0 to `nonces` - 1.
    pub nonces: i64,
    /// When it was revealed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub revealed_at: Timestamp,
}

/// Changes the member's half of the active pair.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientSeedRequest {
    /// 1 to 64 visible characters.
    pub client_seed: String,
}

/// Reveals the active pair and starts the next.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RotateRequest {
    /// The client seed of the pair that starts; a fresh one when left out.
    #[serde(default)]
    pub client_seed: Option<String>,
}

/// Which rounds to check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct RoundsRequest {
    /// Only of this pair.
    pub pair_id: Option<PairId>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
}

/// A settled hand with everything that a verifier needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Round {
    /// Its id.
    pub hand_id: HandId,
    /// Which game.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub game: Game,
    /// The rules it was played under.
    pub rules_version: i64,
    /// Its pair of seeds.
    pub pair_id: PairId,
    /// The commitment that was shown before.
    pub server_seed_hash: String,
    /// The secret, once revealed.
    pub server_seed: Option<String>,
    /// The member's half, as it was for this hand.
    pub client_seed: String,
    /// Its place in the pair's stream.
    pub nonce: i64,
    /// Tokens staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub stake: Tokens,
    /// Tokens paid.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub payout: Tokens,
    /// How it was recorded.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub result: HandResult,
    /// What was played and what came of it, as the game records it.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub play: games::Play,
    /// The member's ledger account.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub member: AccountId,
    /// What the ledger moved for it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub transfers: Vec<verify::Movement>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}
