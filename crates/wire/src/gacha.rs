//! Pulling for items.

use economy::{Timestamp, Tokens};
use games::gacha::{Animation, Chance, Entry, ItemKind, Message, Odds, Rarity, State};
use serde::{Deserialize, Serialize};

use crate::HandId;

/// The only machine.
pub const STANDARD: &str = "standard";

fn standard() -> String {
    STANDARD.to_owned()
}

/// Asks for one round of pulls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PullRequest {
    /// 1 to 10; ten at once cost what nine do.
    #[serde(alias = "pullCount")]
    pub pull_count: i64,
    /// Which machine; `standard`.
    #[serde(alias = "gachaId", default = "standard")]
    pub gacha_id: String,
    /// There is no premium currency: `true` is refused.
    #[serde(alias = "usePremiumCurrency", default)]
    pub use_premium_currency: bool,
}

/// One item that was pulled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PulledItem {
    /// Its code.
    pub code: String,
    /// Its English name.
    pub name: String,
    /// How rare it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rarity: Rarity,
    /// How to show it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub animation: Animation,
    /// How many of it the member has now.
    pub count: i64,
}

/// What a round gave. Built from the same outcome that the hand stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PullResult {
    /// The hand, for checking it.
    pub hand_id: HandId,
    /// One a pull, in order.
    pub items: Vec<PulledItem>,
    /// How to show the best pull.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub animation_type: Animation,
    /// What to say: a code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub psychological_message: Message,
    /// What it cost.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub cost: Tokens,
    /// Pulls since the last epic or better.
    pub pity: i64,
    /// Where the member stands now.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub state: State,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}

/// A row of the table that is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableEntry {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub entry: Entry,
    /// In parts of 100,000.
    pub weight: u32,
    /// The rarity of what it gives.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub delivers: Rarity,
    /// How to show it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub animation: Animation,
}

/// An item of the collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionItem {
    /// Its code.
    pub code: String,
    /// Its English name.
    pub name: String,
    /// How rare it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rarity: Rarity,
    /// What it is for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ItemKind,
}

/// The machine: what it costs, what it holds, how it draws.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GachaConfig {
    /// Which machine.
    pub gacha_id: String,
    /// The rules in force.
    pub rules_version: i64,
    /// What one pull costs.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub cost: Tokens,
    /// What ten pulls at once cost: as much as nine.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub cost_of_ten: Tokens,
    /// The base table, in the order of the draw.
    pub table: Vec<TableEntry>,
    /// The pull without an epic that gives one, counted from 1.
    pub hard_pity: i64,
    /// The odds of a first pull, in parts of 100,000.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub first_odds: Odds,
    /// The collection.
    pub items: Vec<CollectionItem>,
}

/// A chance within the next pulls, in parts of 10^15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChanceWithin {
    /// How many pulls.
    pub pulls: i64,
    /// Of at least one epic or better.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub epic: Chance,
    /// Of at least one legendary.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub legendary: Chance,
}

/// An item that a member owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnedItem {
    /// Its code.
    pub code: String,
    /// How many.
    pub count: i64,
    /// When the first one came.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub first_at: Timestamp,
}

/// Where a member stands with the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GachaStats {
    /// Pulls so far.
    pub pulls: i64,
    /// Pulls since the last epic or better.
    pub pity: i64,
    /// What the odds depend on.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub state: State,
    /// The exact odds of the next pull, in parts of 100,000.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub next_odds: Odds,
    /// The chances within the next 10 and 90 pulls.
    pub chances: Vec<ChanceWithin>,
    /// The most that the next epic can cost.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub worst_case_cost: Tokens,
    /// What the member owns of the collection.
    pub collection: Vec<OwnedItem>,
}

/// Which past rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct PastRoundsRequest {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
}

/// One pull of a past round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastPull {
    /// The item's code.
    pub code: String,
    /// How rare it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rarity: Rarity,
    /// How it was shown.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub animation: Animation,
}

/// A past round with all its pulls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastRound {
    /// The hand.
    pub hand_id: HandId,
    /// The rules it was drawn under.
    pub rules_version: i64,
    /// What it cost.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub cost: Tokens,
    /// Its pulls, in order.
    pub pulls: Vec<PastPull>,
    /// Whether its server seed is out, so that it can be checked.
    pub revealed: bool,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub pulled_at: Timestamp,
}
