//! What a client says on the live channel.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::Topic;

/// A message of a client to the club.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Frame {
    /// Listen to these topics too.
    Subscribe {
        /// Which.
        topics: Vec<Topic>,
    },
    /// Listen to these topics no more.
    Unsubscribe {
        /// Which.
        topics: Vec<Topic>,
    },
    /// Asks for a `{"type": "PONG"}`.
    Ping,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Op {
    Subscribe,
    Unsubscribe,
    Ping,
}

/// Every field that a frame may have.
#[derive(Deserialize)]
struct Fields {
    op: Op,
    topics: Option<Vec<Topic>>,
}

/// By way of one struct: what serde derives for a tagged shape takes a list for it.
impl<'de> Deserialize<'de> for Frame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Fields { op, topics } = Fields::deserialize(deserializer)?;
        let named = topics.ok_or_else(|| D::Error::missing_field("topics"));
        Ok(match op {
            Op::Subscribe => Self::Subscribe { topics: named? },
            Op::Unsubscribe => Self::Unsubscribe { topics: named? },
            Op::Ping => Self::Ping,
        })
    }
}
