//! Verbs of the crash table.

use std::sync::Arc;

use backend::db::Columns;
use backend::{Arrival, Backend, Clock, Result, Settings, SystemEntropy};
use economy::Timestamp;
use games::crash::{Multiplier, reaches};
use sqlx::AssertSqlSafe;
use testkit::{Club, Player, club::device};
use wire::GameId;
use wire::crash::{BetRequest, BetResult, CashoutRequest, CashoutResult};

use crate::table::key;

pub(crate) fn times(hundredths: i64) -> Multiplier {
    Multiplier::from_hundredths(hundredths).unwrap()
}

pub(crate) fn bet(bet_amount: i64, auto_cashout_multiplier: Option<f64>) -> BetRequest {
    BetRequest {
        bet_amount,
        auto_cashout_multiplier,
    }
}

pub(crate) async fn bets(
    club: &Club,
    player: &Player,
    request: BetRequest,
    name: Option<&str>,
) -> Result<BetResult> {
    let key = name.and_then(key);
    let crash = &club.backend.crash;
    crash
        .bet(player.member.user_id, request, key, &device())
        .await
}

/// Clicks now.
pub(crate) async fn cashes(
    club: &Club,
    player: &Player,
    game: &GameId,
    name: Option<&str>,
) -> Result<CashoutResult> {
    cashes_at(club, player, game, club.clock.now(), name).await
}

/// A click that came in at `arrival` and is worked on now.
pub(crate) async fn cashes_at(
    club: &Club,
    player: &Player,
    game: &GameId,
    arrival: Timestamp,
    name: Option<&str>,
) -> Result<CashoutResult> {
    let request = CashoutRequest {
        game_id: game.clone(),
    };
    let key = name.and_then(key);
    let crash = &club.backend.crash;
    crash
        .cashout(player.member.user_id, request, Arrival(arrival), key)
        .await
}

/// Does what the job does; gives how many rounds it settled.
pub(crate) async fn settles(backend: &Backend) -> u64 {
    let pass = backend.crash.settle_due(backend.clock().now()).await;
    let pass = pass.unwrap();
    assert_eq!(pass.failed, 0, "{:?}", pass.cause);
    pass.settled
}

/// One number of the database.
pub(crate) async fn number(club: &Club, sql: &str) -> i64 {
    let mut conn = club.backend.db().read().await.unwrap();
    sqlx::query(AssertSqlSafe(format!("SELECT ({sql}) AS n")))
        .fetch_one(&mut *conn)
        .await
        .unwrap()
        .int("n")
        .unwrap()
}

/// Where the round breaks off, which only the database knows.
pub(crate) async fn point(club: &Club, game: &GameId) -> Multiplier {
    let sql = format!("SELECT point_hundredths FROM crash_sessions WHERE id = '{game}'");
    times(number(club, &sql).await)
}

/// Bets until a round has such a point; the others are played to their end.
pub(crate) async fn round_where(
    club: &Club,
    player: &Player,
    request: BetRequest,
    is_wanted: impl Fn(Multiplier) -> bool,
) -> BetResult {
    loop {
        let round = bets(club, player, request.clone(), None).await.unwrap();
        if is_wanted(point(club, &round.game_id).await) {
            return round;
        }
        passes(club).await;
    }
}

/// Lets every round that runs come to its end.
pub(crate) async fn passes(club: &Club) {
    club.clock.advance_secs(120);
    settles(&club.backend).await;
}

/// Moves the clock to when the curve of a round that has just begun reaches that.
pub(crate) fn climbs_to(club: &Club, multiplier: Multiplier) {
    club.clock.advance_millis(reaches(multiplier));
}

/// The same club in another process, with other settings and without a payment gateway.
pub(crate) fn another_process(club: &Club, change: impl FnOnce(&mut Settings)) -> Backend {
    let mut settings = Club::settings(&club.database);
    change(&mut settings);
    // Entropy that counts from the start again would repeat ids.
    let opened = Backend::open(settings, club.clock.clone(), Arc::new(SystemEntropy), None);
    // The future of the migrations cannot be shown to be `Send`, which a test's must be.
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(opened)).unwrap()
}

/// Exactly the rounds that run are counted as running, those that ended are hands, and the escrow
/// holds the stakes of those that run: when a test ends, and its books are proved, few do.
pub(crate) async fn proves(club: &Club) {
    club.backend.proofs.ledger().await.unwrap().unwrap();
    let running = number(club, "SELECT CAST(SUM(running) AS BIGINT) FROM seed_pairs").await;
    let active = "SELECT COUNT(*) FROM crash_sessions WHERE status = 'active'";
    assert_eq!(running, number(club, active).await);
    let ended = "SELECT COUNT(*) FROM crash_sessions WHERE status <> 'active'";
    let hands = "SELECT COUNT(*) FROM hands WHERE game = 'crash'";
    assert_eq!(number(club, ended).await, number(club, hands).await);
}
