//! Rounds of crash: cycles a second, and how late the club settles by itself.

use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::live::Wanted;
use backend::{Arrival, Backend, Clock, Origin, SystemClock};
use economy::{Timestamp, Tokens};
use games::crash::{AutoCashout, Bet, Multiplier, Round};
use tokio::sync::Semaphore;
use wire::auth::Token;
use wire::crash::{BetRequest, CashoutRequest};
use wire::live::{Message, Notice, Topic};
use wire::{Code, UserId};

use crate::Engine;
use crate::club::{self, device};
use crate::measure::Measured;

/// Enough that the engine has work while most of them watch their curves.
const PLAYERS: usize = 1_024;
const MEASURE: Duration = Duration::from_secs(10);
/// The curve passes 1.01x after 166 ms.
const WATCHED: Duration = Duration::from_millis(180);
/// How many rounds run at once when their ends are measured.
const SESSIONS: usize = 2_000;
/// How many bet at once.
const BETTING: usize = 16;
/// Where these cash themselves out: after eight to sixteen seconds.
const TARGETS_HUNDREDTHS: [i64; 4] = [160, 190, 220, 260];

pub(crate) async fn cycles(engine: &Engine, redis: Option<&str>) {
    let name = if redis.is_some() {
        "cycles_redis"
    } else {
        "cycles"
    };
    let backend = club::open(&engine.fresh(name), redis).await;
    let members = club::join(&backend, PLAYERS).await;
    let start = Instant::now();
    let tasks = members.into_iter().map(|member| {
        let backend = backend.clone();
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < MEASURE {
                latencies.extend(cycle(&backend, member.user.id).await);
            }
            latencies
        })
    });
    let store = if redis.is_some() {
        "Redis"
    } else {
        "in process"
    };
    let what = format!(
        "{}, crash, bet and cash-out, sessions {store}",
        engine.name()
    );
    Measured::gather(start, tasks.collect()).await.rate(&what);
    backend.proofs.ledger().await.unwrap().unwrap();
}

/// How long bet and cash-out took together; nothing when the curve broke off before.
async fn cycle(backend: &Backend, user: UserId) -> Option<Duration> {
    let began = Instant::now();
    let request = BetRequest {
        bet_amount: 10,
        auto_cashout_multiplier: None,
    };
    let round = match backend.crash.bet(user, request, None, &device()).await {
        Ok(round) => round,
        Err(error) => {
            assert_eq!(error.code(), Code::RoundActive);
            // It broke off and is settled when that is due.
            tokio::time::sleep(WATCHED).await;
            return None;
        }
    };
    let took = began.elapsed();
    tokio::time::sleep(WATCHED).await;
    let began = Instant::now();
    let request = CashoutRequest {
        game_id: round.game_id,
    };
    let taken = backend
        .crash
        .cashout(user, request, Arrival(SystemClock.now()), None);
    taken.await.ok().map(|_| took + began.elapsed())
}

/// How long after its instant each end is heard of, when only the clock ends rounds. Only those count
/// that end once all of them run: before, they wait for the bets.
pub(crate) async fn lateness(engine: &Engine) {
    let database = engine.fresh("lateness");
    let backend = club::open(&database, None).await;
    let members = club::join(&backend, SESSIONS).await;
    let job = tokio::spawn(settle(backend.clone()));
    let (start, places) = (Instant::now(), Arc::new(Semaphore::new(BETTING)));
    let mut tasks = Vec::new();
    for (n, member) in members.into_iter().enumerate() {
        let target = Multiplier::from_hundredths(TARGETS_HUNDREDTHS[n % 4]).unwrap();
        let (backend, places) = (backend.clone(), places.clone());
        tasks.push(tokio::spawn(ends(backend, member, target, places)));
    }
    let mut rounds = Vec::new();
    for task in tasks {
        rounds.push(task.await.unwrap());
    }
    job.abort();
    let last_bet = rounds.iter().map(|end| end.begun).max().unwrap();
    let late = rounds.iter().filter(|end| end.due > last_bet);
    let what = format!(
        "{}, crash, settled after its instant, {SESSIONS} rounds",
        engine.name()
    );
    Measured::new(late.map(Ended::late).collect(), start.elapsed()).times(&what);
    backend.proofs.ledger().await.unwrap().unwrap();
}

/// A round that the clock has ended.
struct Ended {
    begun: Timestamp,
    due: Timestamp,
    heard: Timestamp,
}

impl Ended {
    fn late(&self) -> Duration {
        Duration::from_millis(self.heard.millis_since(self.due).max(0).unsigned_abs())
    }
}

/// Does what the server's job does.
async fn settle(backend: Backend) {
    loop {
        let now = backend.clock().now();
        backend.crash.settle_due(now).await.unwrap();
        let next = backend.crash.next_due(now).await.unwrap();
        let left = next.map_or(i64::MAX, |next| next.millis_since(backend.clock().now()));
        let wait = Duration::from_millis(left.clamp(0, 1_000).unsigned_abs());
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = backend.crash.bet_made() => {}
        }
    }
}

/// Bets, and listens until the club says that the round is over.
async fn ends(
    backend: Backend,
    member: Token,
    target: Multiplier,
    places: Arc<Semaphore>,
) -> Ended {
    let user = member.user.id;
    let who = backend
        .accounts
        .authenticate(&member.access_token)
        .await
        .unwrap();
    let wanted = Wanted {
        topics: vec![Topic::Play],
        events: true,
        resume: None,
    };
    let origin = Origin::default();
    let listening = backend
        .live
        .listen(&who, &origin, member.access_token, user, wanted);
    let mut listener = listening.await.unwrap();
    listener.greet().await.unwrap();
    let auto = target.hundredths() as f64 / 100.0;
    let request = BetRequest {
        bet_amount: 10,
        auto_cashout_multiplier: Some(auto),
    };
    let auto = AutoCashout::parse(&auto.to_string()).unwrap();
    let bet = Bet::new(Tokens::from_u32(10), Some(auto)).unwrap();
    let place = places.acquire().await.unwrap();
    let round = backend.crash.bet(user, request, None, &device()).await;
    drop(place);
    let round = round.unwrap();
    loop {
        listener.arrived().await;
        for message in listener.collect().await.unwrap() {
            let Message::Event(event) = message else {
                continue;
            };
            let Notice::CrashEnded(end) = event.notice else {
                continue;
            };
            let point = (end.point * 100.0).round() as i64;
            let played = Round {
                bet,
                started_at: round.started_at,
                point: Multiplier::from_hundredths(point).unwrap(),
            };
            return Ended {
                begun: round.started_at,
                due: played.due_at(),
                heard: backend.clock().now(),
            };
        }
    }
}
