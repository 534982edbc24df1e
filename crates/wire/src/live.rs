//! The live channel: what the club tells a member without being asked.
//!
//! Two kinds of message. An [`Event`] is a row of the member's log, numbered without gaps and kept
//! for a while, so that whoever was away hears what they missed. A [`State`] is how something stands
//! at the moment; only the newest matters, so it is neither numbered nor kept.

use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use crate::GameId;
use crate::play::PlaySession;
use crate::user::{Balance, UserStats};

/// What a message is about; a client may listen to some of them only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The member's balance.
    Account,
    /// Hands, rounds, sittings, statistics.
    Play,
    /// Achievements and rewards.
    Progress,
    /// What the club tells everyone.
    Club,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 4] = [Self::Account, Self::Play, Self::Progress, Self::Club];

    /// The text in rows, queries and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Play => "play",
            Self::Progress => "progress",
            Self::Club => "club",
        }
    }

    /// The topic of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == text)
    }
}

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// For the list only.
    Low,
    /// Worth a toast.
    Normal,
    /// Worth a toast that stays.
    High,
}

impl Priority {
    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", content = "data", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Notice {
    /// A round of crash ended.
    CrashEnded(CrashEnded),
    /// An achievement was unlocked; its reward waits to be claimed.
    Achievement(AchievementUnlocked),
    /// The club tells everyone something.
    AdminBroadcast(Announcement),
}

impl Notice {
    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::CrashEnded(_) => Topic::Play,
            Self::Achievement(_) => Topic::Progress,
            Self::AdminBroadcast(_) => Topic::Club,
        }
    }

    /// How much it matters.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        match self {
            Self::CrashEnded(_) => Priority::Low,
            Self::Achievement(_) => Priority::Normal,
            Self::AdminBroadcast(_) => Priority::High,
        }
    }
}

/// How a round of crash ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrashEnded {
    /// The round, which is a hand now.
    pub game_id: GameId,
    /// `cashed`, `crashed` or `refunded`.
    pub status: String,
    /// Where the curve ended, whoever left it before.
    pub point: f64,
    /// What the stake was multiplied with, when it was cashed.
    pub cashed_out_at: Option<f64>,
    /// What was staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub bet_amount: Tokens,
    /// The whole payout, the stake included; zero after a crash.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub payout: Tokens,
    /// What the payout is above the stake; zero after a crash.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub win_amount: Tokens,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
    /// Wins in a row, this round included.
    pub streak: i64,
}

/// Which achievement was unlocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AchievementUnlocked {
    /// Its code.
    pub code: String,
    /// Tokens that wait to be claimed.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub reward: Tokens,
}

/// Words of the club to everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Announcement {
    /// 1 to 100 characters.
    pub title: String,
    /// Up to 500 characters.
    pub body: String,
}

/// An event of a member's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Its number in the member's log, from 1, without gaps.
    pub id: i64,
    /// Which log; another one means that the club's database was restored.
    pub epoch: String,
    /// What it is about.
    pub topic: Topic,
    /// How much it matters.
    pub priority: Priority,
    /// What happened.
    #[serde(flatten)]
    pub notice: Notice,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// How something of the member's stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", content = "data", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Their balance.
    Balance(Balance),
    /// Their statistics over all games.
    Stats(UserStats),
    /// The sitting that is open and was played in last, if there is one.
    Session(Option<PlaySession>),
}

impl State {
    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Balance(_) => Topic::Account,
            Self::Stats(_) | Self::Session(_) => Topic::Play,
        }
    }
}

/// The first message of a connection: what follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hello {
    /// Whether everything after the event that the client named follows. A client that named none
    /// hears what comes from now on.
    pub recovered: bool,
    /// Why not: `new_log`, `too_old`, `unknown` or `too_many`; the list of notifications and the
    /// states tell how things stand.
    pub reason: Option<String>,
    /// Which log.
    pub epoch: String,
    /// The newest event's number; zero in an empty log.
    pub last_id: i64,
}
