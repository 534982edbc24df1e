//! One connection of the live channel, whatever carries it.

use std::sync::Arc;

use wire::live::{Event, Hello, HelloType, Lost, Message, State, StateMessage, Topic};
use wire::{Code, UserId};

use super::hub::{Mailbox, Post, Pushed};
use super::{Live, store};
use crate::wake::Changed;
use crate::{Error, Result};

/// What a client wants to hear.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which topics; no topic is nothing.
    pub topics: Vec<Topic>,
    /// Whether events, or only how things stand.
    pub events: bool,
    /// The last event that the client knows.
    pub resume: Option<Resume>,
}

/// The last event that a client knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// Of which log.
    pub epoch: String,
    /// Its number.
    pub id: i64,
}

impl Resume {
    /// Reads `epoch:id`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, id) = text.rsplit_once(':')?;
        let id = id.parse().ok().filter(|id| *id >= 0)?;
        let epoch = epoch.to_owned();
        Some(Self { epoch, id })
    }
}

/// Why a connection has to end.
#[derive(Debug)]
pub enum Ended {
    /// It read too slowly.
    FellBehind,
    /// The sign-in behind it does not count any more, or not for this channel.
    SignedOut,
    /// The club failed.
    Failed(Error),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// One connection of the live channel. Dropping it ends it.
pub struct Listener {
    live: Live,
    user: UserId,
    /// What the client showed; it must count for as long as the connection lasts.
    token: String,
    wanted: Wanted,
    mailbox: Arc<Mailbox>,
    epoch: String,
    /// The newest event that was passed.
    sent: i64,
    /// How things stood when they were told last.
    told: Vec<State>,
}

impl Listener {
    pub(super) fn new(live: Live, user: UserId, token: String, wanted: Wanted) -> Result<Self> {
        Ok(Self {
            mailbox: live.hub.enter(user)?,
            live,
            user,
            token,
            wanted,
            epoch: String::new(),
            sent: 0,
            told: Vec::new(),
        })
    }

    /// The first messages: what follows, all that was missed, and how things stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn greet(&mut self) -> Result<Vec<Message>> {
        let mut conn = self.live.core.db.read().await?;
        self.epoch = store::epoch(&mut conn).await?;
        self.sent = store::last_id(&mut conn, self.user).await?;
        let missed = match self.wanted.resume.take() {
            None => Ok(Vec::new()),
            Some(resume) if resume.epoch != self.epoch => Err(Lost::NewLog),
            Some(resume) if resume.id > self.sent => Err(Lost::Unknown),
            Some(resume) => {
                let missed = store::after(&mut conn, self.user, resume.id, &self.epoch).await?;
                // A log that grew meanwhile gives more than was counted.
                self.sent = missed.last().map_or(self.sent, |event| event.id);
                whole(resume.id, self.sent, missed)
            }
        };
        drop(conn);
        let mut messages = vec![Message::Hello(self.hello(missed.as_ref().err()))];
        messages.extend(self.interesting(missed.unwrap_or_default()));
        messages.extend(self.states().await?);
        Ok(messages)
    }

    fn hello(&self, lost: Option<&Lost>) -> Hello {
        Hello {
            kind: HelloType::Hello,
            recovered: lost.is_none(),
            reason: lost.copied(),
            epoch: self.epoch.clone(),
            last_id: self.sent,
        }
    }

    /// Waits until there may be something to collect. May be given up at any time.
    pub async fn arrived(&self) {
        self.mailbox.filled().await;
    }

    /// Waits until the client is too far behind. For while a message cannot be sent.
    pub async fn fell_behind(&self) {
        while !self.mailbox.is_full() {
            self.mailbox.arrived.notified().await;
        }
    }

    /// What to send now; must be heard to its end, or the connection ended.
    ///
    /// # Errors
    /// Why the connection has to end.
    pub async fn collect(&mut self) -> Result<Vec<Message>, Ended> {
        if self.mailbox.is_full() {
            return Err(Ended::FellBehind);
        }
        let post = self.mailbox.take();
        if post.changed.access {
            self.check().await?;
        }
        let is_moved = post.changed.states;
        let mut messages = self.news(post).await?;
        if is_moved {
            messages.extend(self.states().await?);
        }
        Ok(messages)
    }

    /// Whether the sign-in behind it still counts, and lets whoever listens hear this member.
    ///
    /// # Errors
    /// Why the connection has to end.
    pub async fn check(&self) -> Result<(), Ended> {
        match self.live.accounts.authenticate(&self.token).await {
            Ok(member) => member.expect_own(self.user).map_err(|_| Ended::SignedOut),
            Err(error) => Err(match error.code() {
                Code::Unauthenticated | Code::Banned => Ended::SignedOut,
                _ => Ended::Failed(error),
            }),
        }
    }

    /// Listens to these topics too.
    pub fn subscribe(&mut self, topics: &[Topic]) {
        let known = self.wanted.topics.len();
        for topic in topics {
            if !self.wanted.topics.contains(topic) {
                self.wanted.topics.push(*topic);
            }
        }
        // How things of the new topics stand is told like any change, to this connection alone; what
        // names no new one has nothing read.
        if self.wanted.topics.len() > known {
            self.mailbox.put(Changed::MOVED);
        }
    }

    /// Listens to these topics no more.
    pub fn unsubscribe(&mut self, topics: &[Topic]) {
        self.wanted.topics.retain(|topic| !topics.contains(topic));
        self.told.retain(|state| !topics.contains(&state.topic()));
    }

    async fn news(&mut self, post: Post) -> Result<Vec<Message>, Ended> {
        let events = match post.pushed {
            Some(pushed) if !post.changed.events && pushed.id == self.sent + 1 => {
                vec![self.event(pushed)]
            }
            None if !post.changed.events => return Ok(Vec::new()),
            _ => self.unheard().await?,
        };
        if let Some(event) = events.last() {
            self.sent = event.id;
        }
        Ok(self.interesting(events))
    }

    fn event(&self, pushed: Pushed) -> Event {
        let notice = Arc::unwrap_or_clone(pushed.notice);
        Event {
            id: pushed.id,
            epoch: self.epoch.clone(),
            topic: notice.topic(),
            priority: notice.priority(),
            notice,
            at: pushed.at,
        }
    }

    /// The events after the last one that was passed.
    async fn unheard(&self) -> Result<Vec<Event>, Ended> {
        let mut conn = self.live.core.db.read().await?;
        let events = store::after(&mut conn, self.user, self.sent, &self.epoch).await?;
        let is_whole = events.first().is_none_or(|event| event.id == self.sent + 1);
        is_whole.then_some(events).ok_or(Ended::FellBehind)
    }

    fn interesting(&self, events: Vec<Event>) -> Vec<Message> {
        let wanted = &self.wanted;
        let events = events.into_iter().filter(|_| wanted.events);
        let events = events.filter(|event| wanted.topics.contains(&event.topic));
        events.map(Message::Event).collect()
    }

    /// How things stand, as far as it is not what was told last.
    async fn states(&mut self) -> Result<Vec<Message>> {
        let mut fresh = self.live.states(self.user, &self.wanted.topics).await?;
        fresh.retain(|state| !self.told.contains(state));
        for state in &fresh {
            let same = std::mem::discriminant(state);
            self.told.retain(|old| std::mem::discriminant(old) != same);
            self.told.push(state.clone());
        }
        let messages = fresh.into_iter().map(StateMessage::from);
        Ok(messages.map(Message::State).collect())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.live.hub.leave(self.user, &self.mailbox);
    }
}

/// The events after `known` up to `last`, if none of them is missing.
fn whole(known: i64, last: i64, events: Vec<Event>) -> Result<Vec<Event>, Lost> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    if count == last - known {
        Ok(events)
    } else {
        Err(Lost::TooOld)
    }
}
