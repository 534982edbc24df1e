//! Achievements: unlocked in the transaction that meets them, their rewards claimed once.

mod store;

use std::sync::Arc;

use games::Game;
use games::achievement::{Requirement, Tally};
use games::gacha::Rarity;
use sqlx::AnyConnection;
use wire::achievements::{Achievement, Achievements as List, Claimed};
use wire::gacha::PulledItem;
use wire::live::{AchievementUnlocked, Notice};
use wire::{Code, Tokens, UserId};

use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::play::{self, Seat, Totals};
use crate::turn::{self, Request};
use crate::{Core, Db, Eyes, IdempotencyKey, Result, accounts, ledger, notices};

pub(crate) use store::badges;

/// Between the codes in `play_totals.unlocked`.
const SEPARATOR: char = ' ';

/// What can be achieved, as the rows say it.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    code: String,
    requirement: Requirement,
    reward: Tokens,
}

/// Everything that can be achieved, in the club's order.
pub(crate) type Catalogue = Arc<[Definition]>;

/// Reads what can be achieved.
pub(crate) async fn catalogue(db: &Db) -> Result<Catalogue> {
    Ok(store::definitions(&mut *db.read().await?).await?.into())
}

/// Achievements and their rewards.
#[derive(Clone)]
pub struct Achievements {
    core: Core,
}

impl Achievements {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// A member's achievements: all of them with how far they have come, or to others those that are
    /// unlocked.
    ///
    /// # Errors
    /// `not_found` without such a member.
    pub async fn list(&self, user: UserId, eyes: Eyes) -> Result<List> {
        let mut conn = self.core.db.read().await?;
        accounts::expect_known(&mut conn, user, self.core.now()).await?;
        let tallies = play::tallies(&mut conn, user).await?;
        let unlocks = store::unlocks(&mut conn, user).await?;
        let all = self.core.achievements.iter().map(|definition| {
            let unlock = unlocks.iter().find(|unlock| unlock.code == definition.code);
            let tally = tally_of(&tallies, definition.requirement.game);
            definition.shown(&tally, unlock, eyes)
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
        let found = core.achievements.iter().find(|found| found.code == code);
        let definition = found.ok_or(Code::NotFound)?;
        let asked = Request {
            user,
            operation: "achievements/claim",
            limit: Limit::Play,
            body: &code,
            key,
        };
        let turn = turn::once(core, asked, |tx, head| {
            async move { claim(tx, user, head, definition).await }.scope_boxed()
        });
        turn.await
    }
}

impl Definition {
    fn shown(&self, tally: &Tally, unlock: Option<&store::Unlock>, eyes: Eyes) -> Achievement {
        let Requirement {
            kind,
            game,
            threshold,
        } = self.requirement;
        let progress = match unlock {
            Some(_) => threshold,
            None => self.requirement.progress(tally),
        };
        let claimed_at = unlock.and_then(|unlock| unlock.claimed_at);
        Achievement {
            code: self.code.clone(),
            kind,
            game,
            threshold,
            reward: self.reward,
            progress,
            unlocked_at: unlock.map(|unlock| unlock.unlocked_at),
            claimed_at: claimed_at.filter(|_| eyes == Eyes::Own),
        }
    }
}

fn tally_of(tallies: &[(Option<Game>, Tally)], game: Option<Game>) -> Tally {
    let tally = tallies.iter().find(|(of, _)| *of == game);
    tally.map(|(_, tally)| *tally).unwrap_or_default()
}

async fn claim(
    tx: &mut Tx,
    user: UserId,
    head: economy::Head,
    definition: &Definition,
) -> Result<Claimed> {
    let (code, reward, now) = (&definition.code, definition.reward, tx.now());
    if !store::claim(tx, user, code, now).await? {
        let is_unlocked = store::unlocks(tx, user).await?;
        let is_unlocked = is_unlocked.iter().any(|unlock| unlock.code == *code);
        let refusal = if is_unlocked {
            Code::AlreadyClaimed
        } else {
            Code::NotFound
        };
        return Err(refusal.into());
    }
    let posting = economy::Posting::achievement(code, user.account(), reward);
    let head = ledger::post(tx, user, head, &posting, 0, now).await?;
    Ok(Claimed {
        code: code.clone(),
        reward,
        balance: head.balance,
        seq: head.seq,
    })
}

/// Unlocks what the member's totals meet now and did not before, and tells them.
pub(crate) async fn review(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    totals: Totals,
) -> Result<()> {
    let met = newly_met(&core.achievements, seat.game, &totals);
    if met.is_empty() {
        return Ok(());
    }
    let mut unlocked = totals.unlocked;
    for definition in met {
        if !unlocked.is_empty() {
            unlocked.push(SEPARATOR);
        }
        unlocked.push_str(&definition.code);
        store::unlock(conn, seat.user, &definition.code, seat.at).await?;
        let notice = Notice::Achievement(AchievementUnlocked {
            code: definition.code.clone(),
            reward: definition.reward,
        });
        notices::tell(conn, seat.user, &notice, seat.at).await?;
    }
    play::set_unlocked(conn, seat.user, &unlocked).await
}

/// Of what can be achieved in this game or in all, what is met and not yet unlocked.
fn newly_met<'a>(
    definitions: &'a [Definition],
    game: Game,
    totals: &Totals,
) -> Vec<&'a Definition> {
    let is_unlocked = |code: &str| totals.unlocked.split(SEPARATOR).any(|other| other == code);
    let is_met = |asked: &Requirement| match asked.game {
        None => asked.is_met(&totals.all),
        Some(of) => of == game && asked.is_met(&totals.of_game),
    };
    let met = definitions.iter().filter(|it| is_met(&it.requirement));
    met.filter(|it| !is_unlocked(&it.code)).collect()
}

/// Counts what a round of pulls brought, if it is anything new.
pub(crate) async fn collect(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    pulled: &[PulledItem],
) -> Result<()> {
    let count = |is_wanted: fn(&&PulledItem) -> bool| {
        i64::try_from(pulled.iter().filter(is_wanted).count()).unwrap_or_default()
    };
    let items = count(|item| item.count == 1);
    let legendaries = count(|item| item.rarity == Rarity::Legendary);
    if items + legendaries == 0 {
        return Ok(());
    }
    let totals = play::collect(conn, seat.user, items, legendaries).await?;
    review(conn, core, seat, totals).await
}
