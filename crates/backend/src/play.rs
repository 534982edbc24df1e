//! The record of play: catalogue, sessions, hands, statistics.

pub(crate) mod instant;
mod store;

use economy::{Head, Posting, Timestamp, Tokens, level};
use games::{Game, HandResult, crash, gacha, rps, slot};
use sqlx::AnyConnection;
use wire::play::{Catalogue, CatalogueEntry, ExactReturn, HandSummary, HistoryRequest};
use wire::user::UserStats;
use wire::{AppError, Code, HandId, Page, UserId};

use crate::fairness::Stream;
use crate::{Core, Device, Result, ledger, paging};

/// After that long without a hand, the next one begins a new play session.
const IDLE_MAX_MILLIS: i64 = 15 * 60 * 1_000;

/// The catalogue, history and statistics.
#[derive(Clone)]
pub struct Play {
    core: Core,
}

impl Play {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// The games of the club, with their exact returns.
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        Catalogue {
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
        let filter = store::Filter {
            game: request
                .game_type
                .as_deref()
                .map(|name| Game::parse(name).ok_or(Code::UnknownGame))
                .transpose()?,
            since: request
                .since
                .as_deref()
                .map(parse_instant)
                .transpose()?
                .unwrap_or(Timestamp::from_millis(0)),
            before: paging::cursor_id(request.cursor.as_deref())?,
        };
        let limit = paging::limit(request.limit)?;
        let mut conn = self.core.db.read().await?;
        let hands = store::history(&mut conn, user, &filter, limit + 1).await?;
        Ok(paging::page(hands, limit, |hand| hand.hand_id.0.clone()))
    }

    /// What a member has played so far.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stats(&self, user: UserId) -> Result<UserStats> {
        let mut conn = self.core.db.read().await?;
        let mut stats = store::stats(&mut conn, user).await?;
        stats.current_streak = store::streak(&mut conn, user).await?;
        Ok(stats)
    }
}

fn parse_instant(text: &str) -> Result<Timestamp> {
    Timestamp::parse_rfc3339(text)
        .ok_or_else(|| AppError::field("since", "type", "since is an RFC 3339 instant").into())
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
    /// What its end moves.
    pub(crate) posting: Posting,
    pub(crate) rules_version: i64,
    pub(crate) stake: Tokens,
    pub(crate) payout: Tokens,
    pub(crate) result: HandResult,
    pub(crate) play: games::Play,
    pub(crate) stream: Stream,
}

/// What writing a hand gave.
pub(crate) struct Recorded {
    pub(crate) hand: HandId,
    pub(crate) head: Head,
    pub(crate) streak: i64,
}

/// Writes a settled hand: the hand in its session, the tokens, the statistics. The member's
/// account is locked and stands at `head`.
///
/// # Errors
/// `insufficient_tokens` when the balance does not cover the stake.
pub(crate) async fn record(
    conn: &mut AnyConnection,
    core: &Core,
    (user, device): (UserId, &Device),
    head: Head,
    settled: Settled,
) -> Result<Recorded> {
    let at = settled.at;
    let experience = level::experience_for(settled.stake);
    let next = ledger::post(conn, user, head, &settled.posting, experience, at).await?;
    let seat = store::Seat {
        user,
        game: settled.play.game(),
        at,
    };
    let session = store::sit(conn, core, &seat, device, &settled, next.balance).await?;
    store::insert_hand(conn, &seat, &session, &settled).await?;
    let streak = store::count(conn, &seat, &settled).await?;
    tell_metrics(&settled);
    Ok(Recorded {
        hand: settled.hand,
        head: next,
        streak,
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

/// What `/metrics` tells. A transaction that runs again counts again; that is rare, and no ledger.
fn tell_metrics(settled: &Settled) {
    let game = settled.play.game().as_str();
    let tokens = |tokens: Tokens| u64::try_from(tokens.get()).unwrap_or_default();
    metrics::counter!("hands_total", "game" => game).increment(1);
    metrics::counter!("tokens_staked_total", "game" => game).increment(tokens(settled.stake));
    metrics::counter!("tokens_paid_total", "game" => game).increment(tokens(settled.payout));
}
