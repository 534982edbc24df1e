//! The catalogue of games and the record of play.

use economy::{Timestamp, Tokens};
use games::{Game, HandResult};
use serde::{Deserialize, Serialize};

use crate::{HandId, PlaySessionId};

/// A game that can be played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueEntry {
    /// Its name in paths.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub game: Game,
    /// The rules in force.
    pub rules_version: i64,
    /// The smallest stake, in tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub stake_min: Tokens,
    /// The largest stake, in tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub stake_max: Tokens,
    /// The exact return to player, for each number of lines where the game has lines.
    pub returns: Vec<ExactReturn>,
}

/// An exact return to player, as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExactReturn {
    /// The number of lines, where it matters.
    pub lines: Option<i64>,
    /// Above the line.
    pub numerator: u64,
    /// Below it.
    pub denominator: u64,
}

/// The games of the club.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GameCatalogue {
    /// Each game once.
    pub games: Vec<CatalogueEntry>,
}

/// Which hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct HistoryRequest {
    /// Only of this game.
    #[serde(alias = "gameType")]
    pub game_type: Option<String>,
    /// Only from this instant on, RFC 3339.
    pub since: Option<String>,
    /// Only before this instant, RFC 3339.
    pub until: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
}

/// A settled hand, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandSummary {
    /// Its id.
    pub hand_id: HandId,
    /// Which game.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub game: Game,
    /// The sitting it belongs to.
    pub session_id: PlaySessionId,
    /// Its number in that sitting, from 1.
    pub number: i64,
    /// Tokens staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub stake: Tokens,
    /// Tokens paid.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub payout: Tokens,
    /// How it was recorded.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub result: HandResult,
    /// Whether its server seed is out, so that it can be checked.
    pub revealed: bool,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

/// A sitting: the hands of one game without a long pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaySession {
    /// Its id.
    pub session_id: PlaySessionId,
    /// Which game.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub game: Game,
    /// `active`, `completed`, or `disconnected` when the member's live channel went first.
    pub status: String,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub started_at: Timestamp,
    /// When its newest hand was played; when it began, before the first.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_hand_at: Timestamp,
    /// When it ended.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ended_at: Option<Timestamp>,
    /// The balance when it began.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance_start: Tokens,
    /// The balance after its newest hand.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance_end: Tokens,
    /// Tokens staked in it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub staked: Tokens,
    /// Tokens paid out in it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub won: Tokens,
    /// The stake of its newest hand, or of the round that runs; zero before the first.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub stake: Tokens,
    /// The largest stake.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub stake_max: Tokens,
    /// Hands settled in it.
    pub hands: i64,
    /// Hands won in it.
    pub wins: i64,
}

/// Opens a sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartSessionRequest {
    /// Of which game.
    #[serde(alias = "gameType")]
    pub game_type: String,
}

/// Closes a sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndSessionRequest {
    /// Which.
    #[serde(alias = "sessionId")]
    pub session_id: PlaySessionId,
}

/// Which sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct CurrentSessionRequest {
    /// Only of this game.
    #[serde(alias = "gameType")]
    pub game_type: Option<String>,
}

/// The open sitting that was played in last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentSession {
    /// Null when none is open.
    pub session: Option<PlaySession>,
}
