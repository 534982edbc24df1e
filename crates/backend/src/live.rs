//! The live channel: what the club tells a member without being asked.
//!
//! Events are rows of the member's log, written by `notices::tell` in the transaction of their cause. Once
//! that has committed, whoever listens is woken and reads them. A wake that is lost costs time, never
//! an event: a sweep finds the logs that grew.

mod broadcast;
mod fan_out;
mod hub;
mod listener;
mod store;

use std::sync::Arc;

use tokio::sync::Notify;
use wire::live::{Notification, State, Topic, Unread};
use wire::page::PageRequest;
use wire::{Code, Page, UserId};

use crate::audit::{self, Act, Action};
use crate::db::ScopedFutureExt;
use crate::wake::Changed;
use crate::{Accounts, Core, Ledger, Member, Origin, Play, Result, paging};

use fan_out::FanOut;
pub(crate) use hub::Hub;
pub use hub::LISTENERS_MAX;
pub use listener::{Ended, Listener, Resume, Wanted};

/// How far back the sweep looks: longer than a transaction and the clocks of two servers differ.
const SWEEP_MILLIS: i64 = 30_000;
/// How many logs one sweep looks at.
const SWEPT_MAX: i64 = 4_096;
/// How many old events are forgotten at once.
const FORGOTTEN_MAX: i64 = 1_000;

/// The live channel.
#[derive(Clone)]
pub struct Live {
    core: Core,
    hub: Hub,
    accounts: Accounts,
    ledger: Ledger,
    play: Play,
    fan_out: Option<Arc<FanOut>>,
    announced: Arc<Notify>,
}

impl Live {
    pub(crate) async fn open(
        core: Core,
        hub: Hub,
        accounts: Accounts,
        ledger: Ledger,
        play: Play,
    ) -> Result<Self> {
        let fresh = &core.fresh_id();
        let name = core
            .db
            .write(|tx| async move { store::name(tx, fresh).await }.scope_boxed());
        name.await?;
        Ok(Self {
            fan_out: FanOut::open(&core)?.map(Arc::new),
            core,
            hub,
            accounts,
            ledger,
            play,
            announced: Arc::default(),
        })
    }

    /// Listens to what is told `user`; `token` is the access token that let `member` in.
    ///
    /// # Errors
    /// `forbidden` for other members' channels, unless they are staff who see members, which is kept;
    /// `rate_limited` when the member has too many connections; `unavailable` when the process has.
    pub async fn listen(
        &self,
        member: &Member,
        origin: &Origin,
        token: String,
        user: UserId,
        wanted: Wanted,
    ) -> Result<Listener> {
        let act = match member.user_id == user {
            true => None,
            false => match self.accounts.staff_call(member, origin).await {
                Ok(staff) => Some(Act::on(&staff, Action::Listen, user)),
                Err(_) => return Err(Code::Forbidden.into()),
            },
        };
        if let Some(act) = &act {
            audit::expect(&self.core, act).await?;
        }
        // Staff may ask for anyone; nobody's channel is not there.
        self.ledger.balance(user).await?;
        let listener = Listener::new(self.clone(), user, token, wanted)?;
        match &act {
            None => self.play.returned(user).await?,
            Some(act) => audit::looked(&self.core, act).await?,
        }
        Ok(listener)
    }

    /// Notes whose last connection went and did not come back: sittings that end without a further
    /// hand end as disconnected.
    ///
    /// # Errors
    /// When the database fails; who could not be noted is so the next time.
    pub async fn note_departures(&self) -> Result<()> {
        let mut outcome = Ok(());
        for user in self.hub.departed() {
            if let Err(error) = self.play.left(user).await {
                self.hub.departs(user);
                outcome = Err(error);
            }
        }
        outcome
    }

    /// How many connections are open in this process.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.hub.listeners()
    }

    /// How many members listen in this process.
    #[must_use]
    pub fn members(&self) -> usize {
        self.hub.members()
    }

    /// The member's events, newest first.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub async fn notifications(
        &self,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<Notification>> {
        let limit = paging::limit(page.limit)?;
        let before = paging::cursor_int(page.cursor.as_deref())?.unwrap_or(i64::MAX);
        let mut conn = self.core.db.read().await?;
        let epoch = store::epoch(&mut conn).await?;
        let items = store::before(&mut conn, user, before, limit + 1, &epoch).await?;
        Ok(paging::page(items, limit, |item| item.event.id.to_string()))
    }

    /// How many of the member's events were not read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unread(&self, user: UserId) -> Result<Unread> {
        let unread = store::unread(&mut *self.core.db.read().await?, user).await?;
        Ok(Unread { unread })
    }

    /// Marks an event as read.
    ///
    /// # Errors
    /// `not_found` without such an event; `rate_limited`.
    pub async fn read(&self, user: UserId, id: i64) -> Result<()> {
        self.core.counts_write(user).await?;
        let mark = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                store::read(tx, user, id, now).await
            }
            .scope_boxed()
        });
        Ok(mark.await?.then_some(()).ok_or(Code::NotFound)?)
    }

    /// Marks every event up to this number as read; those that came meanwhile stay.
    ///
    /// # Errors
    /// `rate_limited`.
    pub async fn read_until(&self, user: UserId, id: i64) -> Result<()> {
        self.core.counts_write(user).await?;
        let mark = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                store::read_until(tx, user, id, now).await
            }
            .scope_boxed()
        });
        mark.await
    }

    /// Wakes the listeners of members whose logs grew of late: what no wake told them, because it
    /// was lost or written by a process that reaches nobody, they find now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<()> {
        if self.listeners() == 0 {
            return Ok(());
        }
        let since = self.core.now().plus_millis(-SWEEP_MILLIS);
        let mut conn = self.core.db.read().await?;
        for user in store::grown(&mut conn, since, SWEPT_MAX).await? {
            self.hub.wake_here(user, Changed::PLAYED);
        }
        Ok(())
    }

    /// Forgets events that are older than 30 days, some at a time; gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old(&self) -> Result<u64> {
        let before = self.core.now().plus_millis(-store::KEPT_MILLIS);
        let forget = self.core.db.write(|tx| {
            async move { store::forget_old(tx, before, FORGOTTEN_MAX).await }.scope_boxed()
        });
        forget.await
    }

    /// Says that the database is another one than clients knew, such as one from a backup: their
    /// logs begin anew.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn restored(&self) -> Result<()> {
        let fresh = &self.core.fresh_id();
        let rename = self.core.db.write(|tx| {
            async move {
                let epoch = store::epoch(tx).await?;
                store::rename(tx, &epoch, fresh).await
            }
            .scope_boxed()
        });
        rename.await
    }

    /// How things of these topics stand.
    async fn states(&self, user: UserId, topics: &[Topic]) -> Result<Vec<State>> {
        let mut states = Vec::new();
        if topics.contains(&Topic::Account) {
            states.push(State::Balance(self.ledger.balance(user).await?));
        }
        if topics.contains(&Topic::Play) {
            states.push(State::Stats(self.play.stats(user).await?));
            states.push(State::Session(self.play.current_session(user).await?));
        }
        Ok(states)
    }
}
