//! Achievements: unlocked in the transaction that meets them, their rewards claimed once.

use economy::{Head, Kind, Posting};
use games::Game;
use progress::Fact;
use progress::achievement::{Definition, Requirement};
use progress::tally::Tally;
use wire::achievements::{Achievement, Achievements as List, Claimed};
use wire::{Code, UserId};

use crate::caller::Eyes;
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::turn::{self, Request};
use crate::{Core, IdempotencyKey, Member, Result, accounts, happened, ledger};

/// Achievements and their rewards.
#[derive(Clone)]
pub struct Achievements {
    core: Core,
}

impl Achievements {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// The achievements of `user`: all of them with how far they have come, or to others those that
    /// are unlocked.
    ///
    /// # Errors
    /// `not_found` without such a member.
    pub async fn list(&self, asker: &Member, user: UserId) -> Result<List> {
        let eyes = asker.eyes(user);
        let mut conn = self.core.db.read().await?;
        accounts::expect_known(&mut conn, user, self.core.now()).await?;
        let tallies = happened::tallies(&mut conn, user).await?;
        let unlocks = happened::unlocks(&mut conn, user).await?;
        let all = self.core.happened.goals().iter().map(|definition| {
            let unlock = unlocks.iter().find(|unlock| unlock.code == definition.code);
            let tally = tally_of(&tallies, definition.requirement.game);
            shown(definition, &tally, unlock, eyes)
        });
        let is_shown = |item: &Achievement| eyes == Eyes::Own || item.unlocked_at.is_some();
        Ok(List {
            items: all.filter(is_shown).collect(),
        })
    }

    /// Claims the reward of an unlocked achievement, once per key and once for ever.
    ///
    /// # Errors
    /// `not_found` unless the member has unlocked it; `already_claimed`; `balance_too_large`,
    /// `idempotency_mismatch`, `rate_limited`.
    pub async fn claim(
        &self,
        user: UserId,
        code: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<Claimed> {
        let core = &self.core;
        let found = core
            .happened
            .goals()
            .iter()
            .find(|found| found.code == code);
        let definition = found.ok_or(Code::NotFound)?;
        let asked = Request {
            user,
            operation: "achievements/claim",
            limit: Limit::Play,
            body: &code,
            key,
        };
        let turn = turn::once(core, asked, |tx, head| {
            async move { claim(tx, core, user, head, definition).await }.scope_boxed()
        });
        turn.await
    }
}

fn shown(
    definition: &Definition,
    tally: &Tally,
    unlock: Option<&happened::Unlock>,
    eyes: Eyes,
) -> Achievement {
    let Requirement {
        kind,
        game,
        threshold,
    } = definition.requirement;
    let progress = match unlock {
        Some(_) => threshold,
        None => definition.requirement.progress(tally),
    };
    let claimed_at = unlock.and_then(|unlock| unlock.claimed_at);
    Achievement {
        code: definition.code.clone(),
        kind,
        game,
        threshold,
        reward: definition.reward,
        progress,
        unlocked_at: unlock.map(|unlock| unlock.unlocked_at),
        claimed_at: claimed_at.filter(|_| eyes == Eyes::Own),
    }
}

fn tally_of(tallies: &[(Option<Game>, Tally)], game: Option<Game>) -> Tally {
    let tally = tallies.iter().find(|(of, _)| *of == game);
    tally.map(|(_, tally)| *tally).unwrap_or_default()
}

async fn claim(
    tx: &mut Tx,
    core: &Core,
    user: UserId,
    head: Head,
    definition: &Definition,
) -> Result<Claimed> {
    let (code, reward, now) = (&definition.code, definition.reward, tx.now());
    if !happened::claim(tx, user, code, now).await? {
        let is_unlocked = happened::unlocks(tx, user).await?;
        let is_unlocked = is_unlocked.iter().any(|unlock| unlock.code == *code);
        let refusal = if is_unlocked {
            Code::AlreadyClaimed
        } else {
            Code::NotFound
        };
        return Err(refusal.into());
    }
    let posting = Posting::reward(Kind::Achievement, code, user.account(), reward);
    let head = ledger::post(tx, user, head, &posting, 0, now).await?;
    let goal = code.clone();
    core.happened
        .raise(tx, user, Fact::Claimed { goal })
        .await?;
    Ok(Claimed {
        code: code.clone(),
        reward,
        balance: head.balance,
        seq: head.seq,
    })
}
