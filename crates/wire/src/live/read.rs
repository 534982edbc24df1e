//! Messages as they are read: by their `type` alone. What serde derives for messages whose fields and
//! kinds lie flat beside one another tries one shape after the other, for which it first keeps all of
//! them in a shape of its own; every page would carry that.

use economy::Timestamp;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{
    Event, Hello, HelloType, Lost, Message, Notice, Notification, Priority, State, StateMessage,
    Topic,
};

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    Hello,
    CrashEnded,
    Achievement,
    Purchase,
    AdminBroadcast,
    Balance,
    Stats,
    Session,
}

/// Every field that a message may have.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: Kind,
    data: Option<Box<RawValue>>,
    topic: Option<Topic>,
    priority: Option<Priority>,
    id: Option<i64>,
    at: Option<Timestamp>,
    epoch: Option<String>,
    recovered: Option<bool>,
    reason: Option<Lost>,
    last_id: Option<i64>,
    is_read: Option<bool>,
}

impl Fields {
    fn data<T: DeserializeOwned, E: Error>(&self) -> Result<T, E> {
        // Null is read as nothing.
        let text = self.data.as_deref().map_or("null", RawValue::get);
        serde_json::from_str(text).map_err(E::custom)
    }

    fn hello<E: Error>(self) -> Result<Hello, E> {
        Ok(Hello {
            kind: HelloType::Hello,
            recovered: there(self.recovered, "recovered")?,
            reason: self.reason,
            epoch: there(self.epoch, "epoch")?,
            last_id: there(self.last_id, "last_id")?,
        })
    }

    fn event<E: Error>(self) -> Result<Event, E> {
        let notice = match self.kind {
            Kind::CrashEnded => Notice::CrashEnded(self.data()?),
            Kind::Achievement => Notice::Achievement(self.data()?),
            Kind::Purchase => Notice::Purchase(self.data()?),
            Kind::AdminBroadcast => Notice::AdminBroadcast(self.data()?),
            Kind::Hello | Kind::Balance | Kind::Stats | Kind::Session => {
                return Err(E::custom("it is no event"));
            }
        };
        Ok(Event {
            id: there(self.id, "id")?,
            epoch: there(self.epoch, "epoch")?,
            topic: there(self.topic, "topic")?,
            priority: there(self.priority, "priority")?,
            notice,
            at: there(self.at, "at")?,
        })
    }

    fn message<E: Error>(self) -> Result<Message, E> {
        let state = match self.kind {
            Kind::Hello => return Ok(Message::Hello(self.hello()?)),
            Kind::Balance => State::Balance(self.data()?),
            Kind::Stats => State::Stats(self.data()?),
            Kind::Session => State::Session(self.data()?),
            Kind::CrashEnded | Kind::Achievement | Kind::Purchase | Kind::AdminBroadcast => {
                return Ok(Message::Event(self.event()?));
            }
        };
        Ok(Message::State(StateMessage {
            topic: there(self.topic, "topic")?,
            state,
        }))
    }
}

fn there<T, E: Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
    field.ok_or_else(|| E::missing_field(name))
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Fields::deserialize(deserializer)?.message()
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Fields::deserialize(deserializer)?.event()
    }
}

impl<'de> Deserialize<'de> for Notification {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::deserialize(deserializer)?;
        Ok(Self {
            is_read: there(fields.is_read, "is_read")?,
            event: fields.event()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;

    /// What is read of it and written again.
    fn again<T: DeserializeOwned + Serialize>(said: &Value) -> Value {
        let read: T = serde_json::from_str(&said.to_string()).unwrap();
        serde_json::to_value(read).unwrap()
    }

    fn event(kind: &str, topic: &str, priority: &str, data: &Value) -> Value {
        json!({
            "id": 7, "epoch": "e", "topic": topic, "priority": priority, "type": kind, "data": data,
            "at": "2026-01-01T00:00:00Z",
        })
    }

    fn messages() -> Vec<Value> {
        let ended = json!({
            "game_id": "g", "status": "cashed", "point": 2.5, "cashed_out_at": 1.5,
            "bet_amount": 10, "payout": 15, "win_amount": 5, "balance": 1_005, "seq": 4, "streak": 1,
        });
        let unlocked = json!({"code": "first_hand", "reward": 50});
        let bought = json!({
            "receipt_code": "CC-00000001", "kind": "tokens", "product_id": "tokens_1000",
            "status": "captured", "tokens": 1_000, "balance": 2_000, "seq": 5,
        });
        let stats = json!({
            "hands": 9, "wins": 3, "rated_hands": 8, "staked": 90, "won": 70, "largest_win": 40,
            "current_streak": 0, "best_streak": 2,
        });
        let words = json!({"title": "One", "body": "Two \"three\""});
        vec![
            json!({"type": "HELLO", "recovered": true, "epoch": "e", "last_id": 3}),
            json!({"type": "HELLO", "recovered": false, "reason": "too_old", "epoch": "e", "last_id": 3}),
            event("CRASH_ENDED", "play", "low", &ended),
            event("ACHIEVEMENT", "progress", "normal", &unlocked),
            event("PURCHASE", "shop", "normal", &bought),
            event("ADMIN_BROADCAST", "club", "high", &words),
            json!({"topic": "account", "type": "BALANCE", "data": {"cyber_token_balance": 5, "seq": 2}}),
            json!({"topic": "play", "type": "STATS", "data": stats}),
            json!({"topic": "play", "type": "SESSION", "data": null}),
        ]
    }

    #[test]
    fn every_kind_of_message_is_read_as_it_is_written() {
        for said in messages() {
            assert_eq!(again::<Message>(&said), said);
        }
        let mut seen = event(
            "ACHIEVEMENT",
            "progress",
            "normal",
            &json!({"code": "a", "reward": 1}),
        );
        assert_eq!(again::<Event>(&seen), seen);
        seen["is_read"] = json!(true);
        assert_eq!(again::<Notification>(&seen), seen);
    }

    #[test]
    fn what_another_build_says_is_not_taken_for_something_else() {
        let read = |said: &Value| serde_json::from_str::<Message>(&said.to_string());
        for mut said in messages() {
            said["type"] = json!("SOMETHING_NEW");
            assert!(read(&said).is_err(), "{said}");
            said.as_object_mut().unwrap().remove("type");
            assert!(read(&said).is_err(), "{said}");
        }
        let lacking = json!({"topic": "account", "type": "BALANCE"});
        assert!(read(&lacking).is_err());
        let state = messages().remove(6);
        assert!(serde_json::from_str::<Event>(&state.to_string()).is_err());
    }
}
