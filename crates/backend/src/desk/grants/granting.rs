//! Giving many members tokens, as an act that is weighed.

use std::collections::BTreeSet;

use economy::{Head, Kind, Posting, Timestamp};
use futures::future::BoxFuture;
use sqlx::AnyConnection;
use wire::desk::{
    GrantBulkRequest, GrantBulkResult, GrantItem, GrantResult, GrantStatus, TokensMoved,
};
use wire::staff::Role;
use wire::{Code, UserId};

use super::check;
use super::lines::{Known, lines};
use crate::audit::{self, Action, Changed};
use crate::db::Tx;
use crate::operations::json_of;
use crate::weigh::{Deed, Facts, Kept, Line, Weight};
use crate::{Core, Error, Result, accounts, ledger, standing, wake};

/// How many items one transaction gives.
const PART: usize = 500;
/// What keys are bound to, part by part: as many as there are of [`PART`] in [`check::ITEMS_MAX`].
const OPERATIONS: [&str; 2] = ["rewards/grant-bulk", "rewards/grant-bulk/2"];

/// Tokens on their way to many members.
pub(in crate::desk) struct Granting {
    /// What the postings are known by.
    id: String,
    actor: UserId,
    is_strict: bool,
    request: GrantBulkRequest,
}

impl Granting {
    pub(super) fn new(core: &Core, actor: UserId, request: GrantBulkRequest) -> Self {
        Self {
            id: core.fresh_id(),
            actor,
            is_strict: core.settings.is_strict,
            request,
        }
    }

    /// As it was kept.
    pub(in crate::desk) fn of(core: &Core, kept: &Kept) -> Result<Self> {
        let request = serde_json::from_str::<GrantBulkRequest>(&kept.request);
        let request = request.map_err(|_| Error::Corrupt("approvals.request".to_owned()))?;
        Ok(Self::new(core, kept.approval.actor, request))
    }

    /// The items of a part.
    fn part(&self, part: usize) -> &[GrantItem] {
        let mut parts = self.request.items.chunks(PART);
        parts.nth(part).unwrap_or_default()
    }

    /// What comes of items as rows stand.
    async fn lines(
        &self,
        conn: &mut AnyConnection,
        items: &[GrantItem],
        now: Timestamp,
    ) -> Result<Vec<Line>> {
        let roles = standing::acting(conn, self.actor, now).await?;
        let known = Known {
            actor: self.actor,
            is_owner: roles.has(Role::Owner),
            staff: standing::with_roles(conn).await?,
            stands: accounts::stands_of(conn, &named(items)).await?,
        };
        Ok(lines(items, known))
    }

    async fn weighed(&self, conn: &mut AnyConnection, now: Timestamp) -> Result<Weight> {
        let items = &self.request.items;
        check::items(items, self.is_strict)?;
        let lines = self.lines(conn, items, now).await?;
        Ok(Weight::new(Action::GrantBulk, lines))
    }

    async fn gives(&self, tx: &mut Tx, part: usize) -> Result<Changed<GrantBulkResult>> {
        let items = self.part(part);
        let mut heads = ledger::lock_all(tx, &named(items)).await?;
        let now = tx.now();
        let lines = self.lines(tx, items, now).await?;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for (line, number) in lines.iter().zip(part * PART..) {
            if line.refused.is_some() {
                continue;
            }
            let head = *heads.get(&line.user).ok_or(Code::NotFound)?;
            let next = self.give(tx, line, head, number).await?;
            heads.insert(line.user, next);
            before.push(moved(line.user, head));
            after.push(moved(line.user, next));
        }
        Ok(Changed {
            answer: GrantBulkResult::of(lines.iter().map(result).collect()),
            before: Some(audit::state(&before)?),
            after: Some(audit::state(&after)?),
        })
    }

    /// Gives one what the item of that number brings.
    async fn give(&self, tx: &mut Tx, line: &Line, head: Head, number: usize) -> Result<Head> {
        let (user, at) = (line.user, tx.now());
        let code = format!("{}:{number}", self.id);
        let posting = Posting::reward(Kind::Grant, &code, user.account(), line.moved);
        let next = ledger::post(tx, user, head, &posting, 0, at).await?;
        tx.wake(user, wake::Changed::MOVED);
        Ok(next)
    }
}

impl Deed for Granting {
    type Answer = GrantBulkResult;

    fn facts(&self) -> Facts {
        Facts {
            action: Action::GrantBulk,
            subject: format!("{} members", named(&self.request.items).len()),
            about: None,
            reason: check::reason(&self.request.items),
            reason_field: "source_description",
        }
    }

    fn request(&self) -> Result<String> {
        json_of(&self.request)
    }

    fn operations(&self) -> &'static [&'static str] {
        &OPERATIONS
    }

    fn parts(&self) -> usize {
        let parts = self.request.items.len().div_ceil(PART);
        parts.clamp(1, OPERATIONS.len())
    }

    fn lock<'a>(&'a self, tx: &'a mut Tx, part: usize) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let users = named(self.part(part));
            ledger::lock_all(tx, &users).await.map(|_| ())
        })
    }

    fn weigh<'a>(
        &'a self,
        conn: &'a mut AnyConnection,
        now: Timestamp,
    ) -> BoxFuture<'a, Result<Weight>> {
        Box::pin(self.weighed(conn, now))
    }

    fn run<'a>(
        &'a self,
        tx: &'a mut Tx,
        part: usize,
    ) -> BoxFuture<'a, Result<Changed<GrantBulkResult>>> {
        Box::pin(self.gives(tx, part))
    }

    fn left_out(&self, part: usize, code: Code) -> Option<GrantBulkResult> {
        let missed = self.part(part).iter().map(|item| GrantResult {
            user_id: item.user_id,
            status: GrantStatus::Error,
            error: Some(code),
        });
        Some(GrantBulkResult::of(missed.collect()))
    }

    fn merged(&self, answers: Vec<GrantBulkResult>) -> Option<GrantBulkResult> {
        let results = answers.into_iter().flat_map(|answer| answer.results);
        Some(GrantBulkResult::of(results.collect()))
    }
}

/// Those whom items name, each once, in the order of their numbers.
fn named(items: &[GrantItem]) -> Vec<UserId> {
    let users: BTreeSet<UserId> = items.iter().map(|item| item.user_id).collect();
    users.into_iter().collect()
}

fn result(line: &Line) -> GrantResult {
    GrantResult {
        user_id: line.user,
        status: match line.refused {
            None => GrantStatus::Ok,
            Some(_) => GrantStatus::Error,
        },
        error: line.refused,
    }
}

const fn moved(user: UserId, head: Head) -> TokensMoved {
    TokensMoved {
        user_id: user,
        balance: head.balance,
        seq: head.seq,
    }
}
