//! What is said to everyone: one row, which a job writes into the members' logs, those who listen first.

mod store;

use std::sync::Arc;

use wire::live::{Announcement, Notice};
use wire::{AppError, UserId};

use super::Live;
use super::hub::Pushed;
use crate::Result;
use crate::db::ScopedFutureExt;

pub(super) use store::Broadcast;

const TITLE_CHARS_MAX: usize = 100;
const BODY_CHARS_MAX: usize = 500;
/// How many members are told in one transaction: SQLite has one writer, and members wait for it.
const TOLD_AT_ONCE: usize = 500;

impl Live {
    /// Says something to everyone who is a member now. It is heard once the job has written it into
    /// their logs.
    ///
    /// # Errors
    /// `invalid` when the title or the body is too long or empty.
    pub async fn announce(&self, words: Announcement) -> Result<String> {
        let notice = &Notice::AdminBroadcast(parse(words)?);
        let id = self.core.fresh_id();
        let row = &id;
        let write = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                store::insert(tx, row, notice, now).await
            }
            .scope_boxed()
        });
        write.await?;
        self.announced.notify_one();
        Ok(id)
    }

    /// Waits until something is announced in this process.
    pub async fn announced(&self) {
        self.announced.notified().await;
    }

    /// Writes what was announced into the logs of those it is for. Several processes may do so at
    /// once; each member is told by one of them.
    ///
    /// # Errors
    /// When the database fails; what is left is written the next time.
    pub async fn tell_everyone(&self) -> Result<()> {
        let open = store::open(&mut *self.core.db.read().await?).await?;
        for broadcast in open {
            self.tell_listeners(&broadcast).await?;
            while self.tell_more(&broadcast).await? {}
        }
        Ok(())
    }

    /// Those who listen in this process.
    async fn tell_listeners(&self, broadcast: &Broadcast) -> Result<()> {
        for users in self.hub.listening().chunks(TOLD_AT_ONCE) {
            self.tell_some(broadcast, users).await?;
        }
        Ok(())
    }

    /// The next of all members; whether there may be more.
    async fn tell_more(&self, broadcast: &Broadcast) -> Result<bool> {
        let mut conn = self.core.db.read().await?;
        let users = store::next(&mut conn, &broadcast.id, TOLD_AT_ONCE).await?;
        drop(conn);
        self.tell_some(broadcast, &users).await?;
        let (id, until) = (&broadcast.id, users.last());
        let mark = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                match until {
                    Some(until) => store::told_until(tx, id, *until).await,
                    None => store::done(tx, id, now).await,
                }
            }
            .scope_boxed()
        });
        mark.await?;
        Ok(until.is_some())
    }

    /// Writes it into the logs of those among `users` who do not have it.
    async fn tell_some(&self, broadcast: &Broadcast, users: &[UserId]) -> Result<()> {
        if users.is_empty() {
            return Ok(());
        }
        let (hub, notice) = (&self.hub, &Arc::new(broadcast.notice.clone()));
        let write = self.core.db.write(|tx| {
            async move {
                let at = tx.now();
                for (user, id) in store::tell(tx, broadcast, users, at).await? {
                    let (hub, notice) = (hub.clone(), notice.clone());
                    tx.after_commit(move || hub.push(user, &Pushed { id, notice, at }));
                }
                Ok(())
            }
            .scope_boxed()
        });
        write.await
    }
}

fn parse(words: Announcement) -> Result<Announcement> {
    let words = Announcement {
        title: words.title.trim().to_owned(),
        body: words.body.trim().to_owned(),
    };
    let length = words.title.chars().count();
    if length == 0 || length > TITLE_CHARS_MAX {
        return Err(AppError::field("title", "range", "a title has 1 to 100 characters").into());
    }
    if words.body.chars().count() > BODY_CHARS_MAX {
        return Err(
            AppError::field("body", "too_long", "a body has at most 500 characters").into(),
        );
    }
    Ok(words)
}
