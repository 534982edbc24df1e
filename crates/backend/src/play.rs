//! The record of play: catalogue, sessions, hands, statistics.

mod admit;
mod board;
pub(crate) mod croupier;
pub(crate) mod instant;
#[cfg(test)]
mod plans;
mod sessions;
mod stake;
mod stats;
mod store;

use economy::{Head, Posting, Timestamp, Tokens};
use games::{Game, HandResult, crash, gacha, rps, slot};
use progress::totals::IDLE_MAX_MILLIS;
use progress::{Fact, level};
use sqlx::AnyConnection;
use wire::play::{CatalogueEntry, ExactReturn, GameCatalogue, HandSummary, HistoryRequest};
use wire::{AppError, Code, HandId, Page, UserId};

use crate::db::{Batch, Tx};
use crate::fairness::Stream;
use crate::{Core, Device, Result, ledger, paging};

pub(crate) use admit::admit;
pub(crate) use sessions::bet;
pub(crate) use stake::{bad_stake, refused, stake};
pub(crate) use stats::percent;

/// A session in which nothing was played after this instant is idle.
const fn idle_since(now: Timestamp) -> Timestamp {
    now.plus_millis(-IDLE_MAX_MILLIS)
}

/// The catalogue, sessions, history, statistics and leaderboards.
#[derive(Clone)]
pub struct Play {
    core: Core,
    rankings: board::Rankings,
}

impl Play {
    pub(crate) fn new(core: Core) -> Self {
        let rankings = board::Rankings::default();
        Self { core, rankings }
    }

    /// The games of the club, with their exact returns.
    #[must_use]
    pub fn catalogue(&self) -> GameCatalogue {
        GameCatalogue {
            games: Game::ALL.into_iter().map(catalogue_entry).collect(),
        }
    }

    /// The hands of a member, newest first.
    ///
    /// # Errors
    /// `invalid` when the page or the time is; `unknown_game`.
    pub async fn history(
        &self,
        user: UserId,
        request: HistoryRequest,
    ) -> Result<Page<HandSummary>> {
        let before = paging::cursor_pair(request.cursor.as_deref())?;
        let filter = store::Filter {
            game: game_of(request.game_type.as_deref())?,
            since: instant_of("since", request.since.as_deref())?.unwrap_or(EVER),
            until: instant_of("until", request.until.as_deref())?.unwrap_or(NEVER),
            before: before.map_or((NEVER, String::new()), |(id, at)| {
                (Timestamp::from_millis(at), id)
            }),
        };
        let limit = paging::limit(request.limit)?;
        let mut conn = self.core.db.read().await?;
        let hands = store::history(&mut conn, user, &filter, limit + 1).await?;
        Ok(paging::page(hands, limit, |hand| {
            paging::mark(&hand.hand_id.0, hand.created_at.millis())
        }))
    }
}

/// The member's hands that are older than that instant, and those of that instant before that hand, newest
/// first.
pub(crate) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    before: (Timestamp, String),
    limit: i64,
) -> Result<Vec<HandSummary>> {
    let filter = store::Filter {
        game: None,
        since: EVER,
        until: NEVER,
        before,
    };
    store::history(conn, user, &filter, limit).await
}

/// Before and after every hand.
const EVER: Timestamp = Timestamp::from_millis(0);
const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// The game that a request names, if it names one.
fn game_of(name: Option<&str>) -> Result<Option<Game>> {
    let parse = |name| Game::parse(name).ok_or_else(|| Code::UnknownGame.into());
    name.map(parse).transpose()
}

fn instant_of(field: &str, text: Option<&str>) -> Result<Option<Timestamp>> {
    let parse = |text| {
        let message = format!("{field} is an RFC 3339 instant");
        Timestamp::parse_rfc3339(text)
            .ok_or_else(|| AppError::field(field, "type", &message).into())
    };
    text.map(parse).transpose()
}

fn catalogue_entry(game: Game) -> CatalogueEntry {
    match game {
        Game::Slot => CatalogueEntry {
            game,
            rules_version: slot::RULES_VERSION,
            stake_min: slot::STAKES.min,
            stake_max: slot::STAKES.max,
            returns: (1..=i64::from(slot::LINES_MAX))
                .filter_map(slot_return)
                .collect(),
        },
        Game::Rps => CatalogueEntry {
            game,
            rules_version: rps::RULES_VERSION,
            stake_min: rps::STAKES.min,
            stake_max: rps::STAKES.max,
            returns: vec![ExactReturn {
                lines: None,
                numerator: rps::RETURN_NUMERATOR,
                denominator: rps::RETURN_DENOMINATOR,
            }],
        },
        // What is pulled are items, which return no tokens.
        Game::Gacha => CatalogueEntry {
            game,
            rules_version: gacha::RULES_VERSION,
            stake_min: gacha::cost(gacha::PullCount::ONE),
            stake_max: gacha::cost(gacha::PullCount::TEN),
            returns: Vec::new(),
        },
        Game::Crash => CatalogueEntry {
            game,
            rules_version: crash::RULES_VERSION,
            stake_min: crash::STAKES.min,
            stake_max: crash::STAKES.max,
            returns: vec![ExactReturn {
                lines: None,
                numerator: crash::RETURN_PERCENT,
                denominator: 100,
            }],
        },
    }
}

fn slot_return(lines: i64) -> Option<ExactReturn> {
    let exact = slot::exact_return(slot::Lines::new(lines).ok()?);
    Some(ExactReturn {
        lines: Some(lines),
        numerator: exact.numerator,
        denominator: exact.denominator,
    })
}

/// A hand that its game has settled and that is not written yet.
pub(crate) struct Settled {
    pub(crate) hand: HandId,
    pub(crate) at: Timestamp,
    /// When its stake was put down.
    pub(crate) begun_at: Timestamp,
    /// What its end moves.
    pub(crate) posting: Posting,
    pub(crate) rules_version: i64,
    pub(crate) stake: Tokens,
    pub(crate) payout: Tokens,
    pub(crate) result: HandResult,
    pub(crate) play: games::Play,
    pub(crate) stream: Stream,
}

/// Who plays what, and when.
pub(crate) struct Seat {
    pub(crate) user: UserId,
    pub(crate) game: Game,
    pub(crate) at: Timestamp,
}

/// What writing a hand gave.
pub(crate) struct Recorded {
    pub(crate) hand: HandId,
    pub(crate) head: Head,
    pub(crate) streak: i64,
}

/// Writes a settled hand: the hand in its session, the tokens, and what comes of it and of `more`
/// that happened with it. The member's account is locked and stands at `head`.
///
/// # Errors
/// `insufficient_tokens` when the balance does not cover the stake.
pub(crate) async fn record(
    tx: &mut Tx,
    core: &Core,
    (user, device): (UserId, &Device),
    head: Head,
    settled: Settled,
    more: Option<Fact>,
) -> Result<Recorded> {
    let at = settled.at;
    let game = settled.play.game();
    let experience = level::experience_for(settled.stake);
    let mut batch = Batch::default();
    let next = ledger::enter(&mut batch, user, head, &settled.posting, experience, at)?;
    let seat = Seat { user, game, at };
    let place = sessions::sit(tx, core, &seat, device, &settled, next.balance).await?;
    store::insert_hand(&mut batch, &seat, &place, &settled)?;
    let facts: Vec<Fact> = [fact_of(&settled)].into_iter().chain(more).collect();
    let sheet = core.happened.raise_with(batch, tx, user, &facts).await?;
    tell_metrics(tx, &settled);
    Ok(Recorded {
        hand: settled.hand,
        head: next,
        streak: sheet.map_or(0, |sheet| sheet.of_game.streak),
    })
}

/// A settled hand, for whoever listens.
fn fact_of(settled: &Settled) -> Fact {
    Fact::HandSettled(progress::Hand {
        game: settled.play.game(),
        stake: settled.stake,
        payout: settled.payout,
        result: settled.result,
        at: settled.at,
    })
}

/// Hundredths as a JSON number with two decimals; exact far beyond any multiplier.
#[expect(
    clippy::cast_precision_loss,
    reason = "a multiplier is far below 2^53 hundredths"
)]
pub(crate) fn decimal(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// What `/metrics` tells.
fn tell_metrics(tx: &mut Tx, settled: &Settled) {
    let game = settled.play.game().as_str();
    let tokens = |tokens: Tokens| u64::try_from(tokens.get()).unwrap_or_default();
    let (staked, paid) = (tokens(settled.stake), tokens(settled.payout));
    tx.after_commit(move || {
        metrics::counter!("hands_total", "game" => game).increment(1);
        metrics::counter!("tokens_staked_total", "game" => game).increment(staked);
        metrics::counter!("tokens_paid_total", "game" => game).increment(paid);
    });
}
