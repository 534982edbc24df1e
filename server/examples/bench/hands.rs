//! Reading a record of a million hands.

use std::future::Future;
use std::time::Instant;

use backend::{Backend, Clock, Member, StaffSession, SystemClock};
use wire::auth::Token;
use wire::play::HistoryRequest;
use wire::staff::Roles;
use wire::stats::{LeaderboardRequest, StatsRequest};
use wire::user::Rank;
use wire::{Period, SessionId, UserId};

use crate::Engine;
use crate::club::{self, run};
use crate::measure::Measured;

const MEMBERS: usize = 1_000;
/// Each plays that many, a quarter of each game, over thirty days.
const HANDS_EACH: i64 = 1_000;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
const DAYS: i64 = 30;
/// How often each question is asked.
const ASKED: usize = 1_000;

/// Which of the four games hand number `i` is of.
const GAME: &str =
    "CASE i % 4 WHEN 0 THEN 'slot' WHEN 1 THEN 'rps' WHEN 2 THEN 'gacha' ELSE 'crash' END";

pub(crate) async fn measure(engine: &Engine) {
    let backend = club::open(&engine.fresh("hands"), None).await;
    let members = club::join(&backend, MEMBERS).await;
    for member in &members {
        play(&backend, member.user.id).await;
    }
    run(&backend, "ANALYZE".to_owned()).await;
    let (name, play) = (engine.name(), &backend.play);
    let month = &StatsRequest {
        period: Some(Period::Month),
        ..StatsRequest::default()
    };
    let what = format!("{name}, statistics of a month, a million hands");
    ask(&what, &members, |user| async move {
        let member = &signed_in(user);
        _ = play.stats_over(member, user, month).await.unwrap()
    })
    .await;
    let what = format!("{name}, statistics of all time, a million hands");
    ask(&what, &members, |user| async move {
        _ = play.stats(user).await.unwrap()
    })
    .await;
    let what = format!("{name}, history, its newest 50, a million hands");
    ask(&what, &members, |user| async move {
        _ = play.history(user, HistoryRequest::default()).await.unwrap();
    })
    .await;
    let what = format!("{name}, leaderboard of a month, {MEMBERS} members");
    ask(&what, &members[..100], |user| async move {
        let request = LeaderboardRequest {
            period: Some(Period::Month),
            ..LeaderboardRequest::default()
        };
        _ = play.leaderboard(user, &request).await.unwrap();
    })
    .await;
}

/// The member, as one who asks for themselves.
fn signed_in(user: UserId) -> Member {
    Member {
        user_id: user,
        session_id: SessionId(String::new()),
        rank: Rank::Standard,
        roles: Roles::default(),
        staff_session: StaffSession::default(),
        asked_at: SystemClock.now(),
    }
}

async fn ask<F: Future<Output = ()>>(
    what: &str,
    members: &[Token],
    question: impl Fn(UserId) -> F,
) {
    let start = Instant::now();
    let mut latencies = Vec::new();
    for member in members.iter().cycle().take(ASKED.min(members.len() * 10)) {
        let began = Instant::now();
        question(member.user.id).await;
        latencies.push(began.elapsed());
    }
    Measured::new(latencies, start.elapsed()).times(what);
}

/// Writes what a member has played, as playing would have, but for the ledger.
async fn play(backend: &Backend, user: UserId) {
    let start = SystemClock.now().millis() - DAYS * DAY_MILLIS;
    let step = DAYS * DAY_MILLIS / HANDS_EACH;
    let numbers = format!(
        "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {})",
        HANDS_EACH - 1
    );
    let statements = [
        format!(
            "INSERT INTO seed_pairs (id, user_id, status, server_seed, server_seed_hash, client_seed, nonce, running, created_at) \
             SELECT 'bench{user}', user_id, 'revealed', server_seed, server_seed_hash, client_seed, {HANDS_EACH}, 0, {start} \
             FROM seed_pairs WHERE user_id = {user} AND status = 'active'"
        ),
        format!(
            "INSERT INTO play_sessions (id, user_id, game, variant, status, started_at, last_hand_at, ended_at, balance_start, \
             balance_end, staked, won, stake_max, hands, wins, address, user_agent, data) \
             VALUES ('bench{user}', {user}, 'slot', 'standard', 'completed', {start}, {start}, {start}, 0, 0, 0, 0, 0, 0, 0, '', '', '{{}}')"
        ),
        format!(
            "INSERT INTO hands (id, user_id, game, rules_version, session_id, number, pair_id, client_seed, nonce, stake, payout, \
             result, play, created_at) {numbers} SELECT 'bench{user}-' || i, {user}, {GAME}, 1, 'bench{user}', i, 'bench{user}', 'seed', i, \
             50, 40 + i % 20, 'win', '{{}}', {start} + i * {step} FROM n"
        ),
        format!(
            "INSERT INTO play_days (user_id, game, day, hands, wins, staked, won, largest_win, multiplier_max_hundredths, streak, \
             streak_max, millis_played, last_hand_at) SELECT user_id, game, created_at / {DAY_MILLIS}, COUNT(*), COUNT(*), \
             CAST(SUM(stake) AS BIGINT), CAST(SUM(payout) AS BIGINT), MAX(payout), 200, 1, 3, 60000, MAX(created_at) \
             FROM hands WHERE user_id = {user} GROUP BY user_id, game, created_at / {DAY_MILLIS}"
        ),
        format!(
            "INSERT INTO play_totals (user_id, game, hands, wins, staked, won, largest_win, multiplier_max_hundredths, streak_max, \
             games, items, legendaries, unlocked) SELECT user_id, game, CAST(SUM(hands) AS BIGINT), CAST(SUM(wins) AS BIGINT), \
             CAST(SUM(staked) AS BIGINT), CAST(SUM(won) AS BIGINT), MAX(largest_win), 200, 3, 15, 0, 0, '' \
             FROM play_days WHERE user_id = {user} GROUP BY user_id, game"
        ),
    ];
    for statement in statements {
        run(backend, statement).await;
    }
}
