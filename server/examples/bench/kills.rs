//! Kills the club again and again while members play, bet and buy: what was acknowledged is there,
//! what was not happens once, and the books prove.
//!
//! Each member has one request under way, under a key. When the club is killed they ask again under
//! the same key at the next one, and what they have must follow from what they were told.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use hyper::StatusCode;
use serde_json::Value;

use crate::Engine;
use crate::client::{Caller, Gone, sign_up};
use crate::club::{self, Server};
use crate::measure::say;

/// How many members do each of these at once.
const EACH: [(Habit, usize); 3] = [(Habit::Spins, 24), (Habit::Bets, 4), (Habit::Buys, 4)];
/// After how many kills the books are proved.
const PROVED_EVERY: usize = 25;
/// How long a round of crash is waited for before it is looked at again.
const LOOK: Duration = Duration::from_millis(20);

/// What a member does all the time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    Spins,
    Bets,
    Buys,
}

/// A member, and what they know.
struct Member {
    habit: Habit,
    token: String,
    /// The balance that they were told last.
    balance: i64,
    /// How many of their requests were answered; the next one's key follows from it.
    answered: usize,
    /// A round of crash that they wait for.
    round: Option<String>,
    /// Whether the newest request has no answer yet, and how often a later club was asked it again.
    is_asking: bool,
    asked_again: usize,
}

pub(crate) async fn run(engine: &Engine, binary: &Path, kills: usize) {
    let database = engine.fresh("kills");
    let gateway_address = club::free_address();
    let _gateway = Gateway::start(binary, &gateway_address);
    let gateway = format!("http://{gateway_address}");
    let mut server = Server::start_with(binary, &database, &gateway).await;
    let mut members = Vec::new();
    for (habit, count) in EACH {
        for _ in 0..count {
            members.push(Member::join(&server.address, members.len(), habit).await);
        }
    }
    for kill in 1..=kills {
        let lives: Vec<_> = members
            .drain(..)
            .map(|member| tokio::spawn(member.live(server.address.clone())))
            .collect();
        // From the first requests to some hundred of them.
        let life = 40 + 37 * kill % 400;
        tokio::time::sleep(Duration::from_millis(u64::try_from(life).unwrap())).await;
        drop(server);
        for life in lives {
            members.push(life.await.unwrap());
        }
        if kill % PROVED_EVERY == 0 || kill == kills {
            club::prove(binary, &database);
        }
        server = Server::start_with(binary, &database, &gateway).await;
    }
    // What was under way at the last kill is settled too.
    for member in &mut members {
        member.settle(&server.address).await;
    }
    drop(server);
    club::prove(binary, &database);
    let answered: usize = members.iter().map(|member| member.answered).sum();
    let again: usize = members.iter().map(|member| member.asked_again).sum();
    say(
        &format!("{}, {kills} kills", engine.name()),
        &format!("{answered} requests answered, {again} asked again; nothing lost, nothing twice"),
    );
}

impl Member {
    async fn join(address: &str, n: usize, habit: Habit) -> Self {
        Self {
            habit,
            token: sign_up(address, n).await,
            balance: i64::from(club::TOKENS),
            answered: 0,
            round: None,
            is_asking: false,
            asked_again: 0,
        }
    }

    /// Goes on until the club is gone.
    async fn live(mut self, address: String) -> Self {
        let Ok(mut caller) = Caller::connect(&address, &self.token).await else {
            return self;
        };
        self.asked_again += usize::from(self.is_asking);
        while self.step(&mut caller).await.is_ok() {}
        self
    }

    /// Has the request under way answered, and the round that is waited for.
    async fn settle(&mut self, address: &str) {
        let caller = Caller::connect(address, &self.token).await;
        let mut caller = caller.ok().unwrap();
        while self.is_asking || self.round.is_some() {
            self.step(&mut caller).await.ok().unwrap();
        }
        let (_, answer) = caller.get("/api/users/balance").await.ok().unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["cyber_token_balance"], self.balance);
    }

    async fn step(&mut self, caller: &mut Caller) -> Result<(), Gone> {
        if let Some(round) = &self.round {
            let path = format!("/api/fairness/rounds/{round}");
            let (status, hand) = caller.get(&path).await?;
            if status == StatusCode::NOT_FOUND {
                tokio::time::sleep(LOOK).await;
                return Ok(());
            }
            assert_eq!(status, StatusCode::OK, "{hand:?}");
            let hand: Value = serde_json::from_slice(&hand).unwrap();
            self.balance += hand["payout"].as_i64().unwrap();
            self.round = None;
            return Ok(());
        }
        let (path, body) = match self.habit {
            Habit::Spins => ("/api/games/slot/spin", r#"{"bet_amount":50,"lines":5}"#),
            Habit::Bets => (
                "/api/games/crash/bet",
                r#"{"bet_amount":100,"auto_cashout_multiplier":1.05}"#,
            ),
            // One with tokens, then some with money.
            Habit::Buys if self.answered.is_multiple_of(2) => (
                "/api/shop/buy",
                r#"{"product_id":"consumable_fortune_cookie","quantity":1}"#,
            ),
            Habit::Buys => (
                "/api/shop/buy",
                r#"{"product_id":"tokens_1000","quantity":1,"payment_method":"card"}"#,
            ),
        };
        let key = format!("request-{}", self.answered);
        self.is_asking = true;
        let (status, answer) = caller.post(path, body, Some(&key)).await?;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        match status {
            StatusCode::OK => self.hear(&answer),
            // Its twin is being settled, or the club has no room: nothing was moved, ask again.
            StatusCode::CONFLICT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::ACCEPTED => {
                tokio::time::sleep(LOOK).await;
            }
            _ => panic!("{path}: {status} {answer}"),
        }
        Ok(())
    }

    /// What they have follows from what they had, whether or not the answer is that of a request
    /// which an earlier club took.
    fn hear(&mut self, answer: &Value) {
        let int = |name: &str| answer[name].as_i64().unwrap();
        let moved = match self.habit {
            Habit::Spins => int("win_amount") - 50,
            Habit::Bets => -100,
            Habit::Buys if self.answered.is_multiple_of(2) => -100,
            Habit::Buys => 1_000,
        };
        self.balance += moved;
        assert_eq!(int("balance"), self.balance, "{answer}");
        if self.habit == Habit::Bets {
            self.round = Some(answer["game_id"].as_str().unwrap().to_owned());
        }
        self.answered += 1;
        self.is_asking = false;
    }
}

/// The payment sandbox, which lives on.
struct Gateway(std::process::Child);

impl Gateway {
    fn start(binary: &Path, address: &str) -> Self {
        let mut command = club::command(binary, "sqlite:unused.db");
        command.args(["sandbox-gateway", "--addr", address]);
        Self(command.stdout(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}
