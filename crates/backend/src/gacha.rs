//! The gacha: pulls, the collection, the odds that a member has.

mod history;
mod parse;
mod store;

use economy::{Head, Timestamp};
use games::gacha::{self, Item, Outcome, PullCount, Rarity, State, Tables};
use games::{Draws, HandResult};
use progress::Fact;
use sqlx::AnyConnection;
use wire::gacha::{
    ChanceWithin, CollectionItem, GachaConfig, GachaStats, PastRound, PastRoundsRequest,
    PullRequest, PullResult, PulledItem, STANDARD, TableEntry,
};
use wire::{Page, UserId};

use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::play::Recorded;
use crate::play::instant::{self, Dealt};
use crate::turn::{self, Request};
use crate::{Core, Device, Error, IdempotencyKey, Result, inventory, paging};

/// How far ahead the page tells a member's chances, in pulls.
const PULLS_AHEAD: [u8; 2] = [10, 90];

/// The gacha.
#[derive(Clone)]
pub struct Gacha {
    core: Core,
}

impl Gacha {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Pulls one to ten times as one round, once per key: all of it or nothing.
    ///
    /// # Errors
    /// `invalid` for a number of pulls outside 1 to 10, an unknown machine or premium currency;
    /// `insufficient_tokens`, `idempotency_mismatch`, `rate_limited`.
    pub async fn pull(
        &self,
        user: UserId,
        request: PullRequest,
        key: Option<IdempotencyKey>,
        device: &Device,
    ) -> Result<PullResult> {
        let count = parse::count(&request)?;
        let core = &self.core;
        let asked = Request {
            user,
            operation: "gacha/pull",
            limit: Limit::Play,
            body: &request,
            key,
        };
        let turn = turn::once(core, asked, |tx, head| {
            async move { pull(tx, core, (user, device), head, count).await }.scope_boxed()
        });
        turn.await
    }

    /// The machine: what it costs, what it holds, how it draws.
    #[must_use]
    pub fn config(&self) -> GachaConfig {
        config(Tables::current())
    }

    /// Where the member stands: pity, exact odds, collection.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stats(&self, user: UserId) -> Result<GachaStats> {
        let mut conn = self.core.db.read().await?;
        let stands = store::find(&mut conn, user).await?;
        let mut collection = store::collection(&mut conn, user).await?;
        // The inventory also holds what the shop sells.
        collection.retain(|owned| Tables::current().item(&owned.code).is_some());
        Ok(GachaStats {
            pulls: stands.pulls,
            pity: i64::from(stands.state.since_epic()),
            next_odds: gacha::next_odds(&stands.state),
            chances: PULLS_AHEAD
                .map(|pulls| chance_within(&stands.state, pulls))
                .into(),
            worst_case_cost: gacha::worst_case_cost(&stands.state),
            state: stands.state,
            collection,
        })
    }

    /// The member's past rounds, newest first.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub async fn history(
        &self,
        user: UserId,
        request: PastRoundsRequest,
    ) -> Result<Page<PastRound>> {
        let limit = paging::limit(request.limit)?;
        let before = paging::cursor_pair(request.cursor.as_deref())?;
        let before = before
            .as_ref()
            .map_or(history::NEWEST, |(id, at)| (id.as_str(), *at));
        let mut conn = self.core.db.read().await?;
        let rounds = store::rounds(&mut conn, user, before, limit + 1).await?;
        Ok(paging::page(rounds, limit, |round| {
            paging::mark(&round.hand_id.0, round.pulled_at.millis())
        }))
    }

    /// The member's newest pulls as CSV, one a line; at most those of 1,000 rounds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn export(&self, user: UserId) -> Result<String> {
        let mut conn = self.core.db.read().await?;
        let rounds = store::rounds(&mut conn, user, history::NEWEST, history::EXPORT_MAX).await?;
        history::csv(&rounds)
    }
}

async fn pull(
    tx: &mut Tx,
    core: &Core,
    player: (UserId, &Device),
    head: Head,
    count: PullCount,
) -> Result<PullResult> {
    let (user, now) = (player.0, tx.now());
    let before = store::find(tx, user).await?;
    let deal = |draws: &mut Draws| deal(count, before.state, draws);
    let cost = gacha::cost(count);
    let drawn = instant::draw(tx, user, &head, cost, deal).await?;
    let outcome = &drawn.dealt.outcome;
    store::advance(tx, user, outcome, now).await?;
    let items = keep(tx, user, outcome, now).await?;
    let pulled = Some(pulled(&items));
    let settled = instant::settle(tx, core, player, head, cost, drawn, pulled).await?;
    let (outcome, recorded) = settled;
    Ok(answer(count, outcome, items, recorded))
}

/// What the items come to, for whoever listens.
fn pulled(items: &[PulledItem]) -> Fact {
    let count = |is_wanted: fn(&&PulledItem) -> bool| {
        i64::try_from(items.iter().filter(is_wanted).count()).unwrap_or_default()
    };
    Fact::Pulled {
        items: count(|item| item.count == 1),
        legendaries: count(|item| item.rarity == Rarity::Legendary),
    }
}

fn deal(count: PullCount, before: State, draws: &mut Draws) -> Dealt<Outcome> {
    let outcome = gacha::settle(count, &before, draws);
    Dealt {
        rules_version: gacha::RULES_VERSION,
        payout: economy::Tokens::ZERO,
        result: HandResult::Bonus,
        play: games::Play::Gacha {
            before,
            outcome: outcome.clone(),
        },
        outcome,
    }
}

/// Puts what was pulled into the member's inventory.
async fn keep(
    conn: &mut AnyConnection,
    user: UserId,
    outcome: &Outcome,
    at: Timestamp,
) -> Result<Vec<PulledItem>> {
    let mut items = Vec::with_capacity(outcome.pulls.len());
    for pull in &outcome.pulls {
        let item = Tables::current()
            .item(&pull.item)
            .ok_or_else(|| Error::Internal(format!("no item {}", pull.item)))?;
        items.push(PulledItem {
            code: item.code.to_owned(),
            name: english_name(item),
            rarity: pull.rarity,
            animation: pull.animation,
            count: inventory::give(conn, user, item.code, 1, at).await?,
        });
    }
    Ok(items)
}

fn answer(
    count: PullCount,
    outcome: Outcome,
    items: Vec<PulledItem>,
    recorded: Recorded,
) -> PullResult {
    PullResult {
        hand_id: recorded.hand,
        items,
        animation_type: gacha::animation(&outcome),
        psychological_message: gacha::message(&outcome),
        cost: gacha::cost(count),
        pity: i64::from(outcome.after.since_epic()),
        state: outcome.after,
        balance: recorded.head.balance,
        seq: recorded.head.seq,
    }
}

fn config(tables: &Tables) -> GachaConfig {
    let table = gacha::Entry::ALL.into_iter().zip(tables.base);
    let items = tables.items().iter();
    GachaConfig {
        gacha_id: STANDARD.to_owned(),
        rules_version: gacha::RULES_VERSION,
        cost: tables.cost(PullCount::ONE),
        cost_of_ten: tables.cost(PullCount::TEN),
        table: table
            .map(|(entry, weight)| TableEntry {
                entry,
                weight,
                delivers: entry.delivers(),
                animation: entry.animation(),
            })
            .collect(),
        hard_pity: i64::from(tables.hard_pity),
        first_odds: tables.next_odds(&State::fresh()),
        items: items
            .map(|item| CollectionItem {
                code: item.code.to_owned(),
                name: english_name(item),
                rarity: item.rarity,
                kind: item.kind,
            })
            .collect(),
    }
}

/// The name for clients that translate nothing, read from the code: `frame_sun_and_moon` is "Sun and
/// moon frame".
fn english_name(item: &Item) -> String {
    let kind = item.kind.as_str();
    let words = item.code.trim_start_matches(kind).replace('_', " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let name: String = first.into_iter().chain(letters).collect();
    format!("{name} {kind}")
}

fn chance_within(state: &State, pulls: u8) -> ChanceWithin {
    ChanceWithin {
        pulls: i64::from(pulls),
        epic: gacha::chance_within(state, pulls, Rarity::Epic),
        legendary: gacha::chance_within(state, pulls, Rarity::Legendary),
    }
}
