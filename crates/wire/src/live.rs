//! The live channel: what the club tells a member without being asked.
//!
//! Two kinds of message. An [`Event`] is a row of the member's log, numbered without gaps and kept
//! for a while, so that whoever was away hears what they missed. A [`State`] is how something stands
//! at the moment; only the newest matters, so it is neither numbered nor kept.

mod frame;
mod read;
mod sent;

pub use frame::Frame;
pub use sent::{Goodbye, Reply, SocketMessage, StreamMessage};

use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use crate::GameId;
use crate::play::PlaySession;
use crate::shop::PurchaseEvent;
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
    /// Purchases that were settled or refunded.
    Shop,
    /// What the club tells everyone.
    Club,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] = [
        Self::Account,
        Self::Play,
        Self::Progress,
        Self::Shop,
        Self::Club,
    ];

    /// The text in rows, queries and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Play => "play",
            Self::Progress => "progress",
            Self::Shop => "shop",
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
    /// Heard by whoever listens, and in no list: what it tells is shown elsewhere.
    Low,
    /// Worth a toast and a line in the list.
    Normal,
    /// Worth a look at once.
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
    /// A purchase was settled after it was asked for, or refunded.
    Purchase(PurchaseEvent),
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
            Self::Purchase(_) => Topic::Shop,
            Self::AdminBroadcast(_) => Topic::Club,
        }
    }

    /// How much it matters.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        match self {
            Self::CrashEnded(_) => Priority::Low,
            Self::Achievement(_) | Self::Purchase(_) => Priority::Normal,
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
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// How something of the member's stands, as it is sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateMessage {
    /// What it is about.
    pub topic: Topic,
    /// How it stands.
    #[serde(flatten)]
    pub state: State,
}

impl From<State> for StateMessage {
    fn from(state: State) -> Self {
        Self {
            topic: state.topic(),
            state,
        }
    }
}

/// The first message of a connection: what follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hello {
    /// What it is told from the other messages by.
    // No `tag`: what that adds to a struct, the document leaves out.
    #[serde(rename = "type")]
    pub kind: HelloType,
    /// Whether everything after the event that the client named follows. A client that named none
    /// hears what happens from now on.
    pub recovered: bool,
    /// Why not; the list of notifications tells what is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Lost>,
    /// Which log.
    pub epoch: String,
    /// The newest event's number; zero in an empty log.
    pub last_id: i64,
}

/// The `type` of a `Hello`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HelloType {
    /// The only one.
    Hello,
}

/// Why a client cannot hear what it missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// The log is another one: the club's database was restored.
    NewLog,
    /// Some of it is not kept any more.
    TooOld,
    /// It names an event that never was.
    Unknown,
}

/// A message of the club to a client.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Message {
    /// The first one.
    Hello(Hello),
    /// Something happened.
    Event(Event),
    /// Something stands otherwise now.
    State(StateMessage),
}

/// The codes that the club closes a WebSocket with, beside those of the protocol, and says in a
/// [`Goodbye`].
pub mod close {
    /// The sign-in ended or ran out; come back with another token.
    pub const SIGNED_OUT: u16 = 4_401;
    /// The client read too slowly; come back and resume.
    pub const FELL_BEHIND: u16 = 4_408;
    /// The client sent what is not a frame, or too many.
    pub const BAD_FRAME: u16 = 4_400;
    /// The club goes down, or is in trouble; come back in a moment.
    pub const RESTART: u16 = 1_012;
}

/// An event in the member's list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notification {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// Whether the member has seen it.
    pub is_read: bool,
}

/// How many events the member has not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unread {
    /// At most as many as are kept: 200.
    pub unread: i64,
}

/// Which events the member has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ReadUntil {
    /// Those up to this number; all of them when left out.
    pub until: Option<i64>,
}
