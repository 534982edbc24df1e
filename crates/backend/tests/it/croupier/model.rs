//! Many members at once, each with a model: whatever the others do, everyone is told what is right
//! for them, with all hands in one batch or in many.

use backend::Result;
use futures::poll;
use proptest::prelude::*;
use testkit::club::ban;
use testkit::{Club, Engine, Player, within};
use wire::Code;
use wire::fairness::RotateRequest;
use wire::slot::SpinResult;

use crate::crash::verbs::number;
use crate::table::{balance, holds_all, key, spin, spins, tries};

const MEMBERS: usize = 128;
/// A stake is no larger.
const STAKE_MAX: i64 = 10_000;

/// What a member does; each with a hand in the middle.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Sends one hand twice, under one key.
    Twice(i64),
    /// Stakes all there is, twice at once.
    Last,
    Rotate,
    /// Is banned.
    Ban,
    SignOut,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => prop_oneof![Just(10_i64), Just(60), Just(300)].prop_map(Act::Twice),
        2 => Just(Act::Last),
        2 => Just(Act::Rotate),
        1 => Just(Act::Ban),
        1 => Just(Act::SignOut),
    ]
}

/// What is known of a member.
struct Known {
    player: Player,
    balance: i64,
    hands: i64,
    /// Why nothing of theirs is played any more.
    out: Option<Code>,
}

impl Known {
    /// What a hand that was played did.
    fn played(&mut self, stake: i64, told: &SpinResult) {
        self.hands += 1;
        self.balance += told.win_amount.get() - stake;
    }

    /// A hand that may have been played, beside something that may have come before it.
    fn may_have_played(&mut self, told: Result<SpinResult>, stake: i64, code: Option<Code>) {
        match told {
            Ok(told) => {
                assert_eq!(self.out, None, "{told:?}");
                self.played(stake, &told);
                assert_eq!(told.balance.get(), self.balance);
            }
            Err(error) => {
                let poor = (self.balance < stake).then_some(Code::InsufficientTokens);
                let told = Some(error.code());
                assert!(told == self.out.or(poor) || told == code, "{error}");
            }
        }
    }

    async fn take(&mut self, club: &Club, boss: &backend::Staff, number: usize, act: Act) {
        let (player, backend) = (self.player.clone(), &club.backend);
        let (user, small) = (player.member.user_id, spin(10, 1));
        match act {
            Act::Twice(stake) => {
                let ask = || {
                    let key = key(&format!("key-{number}"));
                    spins(club, &player, spin(stake, 1), key)
                };
                let (one, other) = tokio::join!(ask(), ask());
                if let (Ok(one), Ok(other)) = (&one, &other) {
                    assert_eq!(one, other);
                } else {
                    let codes =
                        [&one, &other].map(|it| it.as_ref().err().map(backend::Error::code));
                    assert_eq!(codes[0], codes[1], "both or none");
                }
                self.may_have_played(one, stake, None);
            }
            Act::Last => {
                let stake = self.balance.min(STAKE_MAX);
                if stake < 10 {
                    return;
                }
                let ask = || spins(club, &player, spin(stake, 1), None);
                let (one, other) = tokio::join!(ask(), ask());
                // Whichever was played first.
                let (first, second) = if one.is_ok() {
                    (one, other)
                } else {
                    (other, one)
                };
                match (first, second) {
                    (Ok(first), Ok(second)) => {
                        self.played(stake, &first);
                        self.played(stake, &second);
                        let last = [&first, &second]
                            .iter()
                            .any(|it| it.balance.get() == self.balance);
                        assert!(last, "{first:?} {second:?}");
                    }
                    (first, second) => {
                        self.may_have_played(first, stake, None);
                        self.may_have_played(second, stake, None);
                    }
                }
            }
            Act::Rotate => {
                let rotate = backend.fairness.rotate(user, RotateRequest::default());
                let (told, rotated) = tokio::join!(spins(club, &player, small, None), rotate);
                rotated.unwrap();
                self.may_have_played(told, 10, None);
            }
            Act::Ban => {
                let ban = backend.accounts.ban(boss, user, ban("a model"));
                let (told, banned) = tokio::join!(spins(club, &player, small, None), ban);
                banned.unwrap();
                self.may_have_played(told, 10, Some(Code::Banned));
                self.out.get_or_insert(Code::Banned);
            }
            Act::SignOut => {
                let leave = backend.accounts.logout(&player.member, None);
                let (told, left) = tokio::join!(spins(club, &player, small, None), leave);
                left.unwrap();
                self.may_have_played(told, 10, Some(Code::Unauthenticated));
                // A session that ended comes before a ban.
                self.out = Some(Code::Unauthenticated);
            }
        }
    }
}

/// Everybody does what is theirs, at once.
async fn play(club: Club, acts: Vec<Vec<Act>>, is_gathered: bool) {
    let boss = club.staff("boss").await;
    let mut members = Vec::new();
    for n in 0..MEMBERS {
        let player = club.member(&format!("member{n}")).await;
        // Whoever has sat down plays in batches.
        let told = spins(&club, &player, spin(10, 1), None).await.unwrap();
        members.push(Known {
            player,
            balance: told.balance.get(),
            hands: 1,
            out: None,
        });
    }
    let held = match is_gathered {
        true => Some(holds_all(&club).await),
        false => None,
    };
    let mut playing = Vec::new();
    for (mut known, acts) in members.into_iter().zip(acts) {
        let (club, boss) = (club.clone(), boss.clone());
        let mut plays = Box::pin(async move {
            for (number, act) in acts.into_iter().enumerate() {
                known.take(&club, &boss, number, act).await;
            }
            known
        });
        if is_gathered {
            // The first hand of each waits before anybody's is played.
            assert!(poll!(&mut plays).is_pending());
        }
        playing.push(tokio::spawn(plays));
    }
    if let Some((release, holder)) = held {
        release.send(()).unwrap();
        holder.await.unwrap();
    }
    for member in playing {
        let known = member.await.unwrap();
        let user = known.player.member.user_id;
        assert_eq!(balance(&club, &known.player).await, known.balance, "{user}");
        let hands = format!("SELECT COUNT(*) FROM hands WHERE user_id = {user}");
        assert_eq!(number(&club, &hands).await, known.hands, "{user}");
    }
}

fn everyone_is_told_what_is_right(engine: Engine) {
    for is_gathered in [false, true] {
        let acts = proptest::collection::vec(proptest::collection::vec(act(), 1..6), MEMBERS);
        tries(2, acts, |acts| {
            within(
                engine,
                |_| (),
                async move |club| play(club, acts, is_gathered).await,
            )
        });
    }
}

#[test]
fn everyone_is_told_what_is_right_on_sqlite() {
    everyone_is_told_what_is_right(Engine::Sqlite);
}

#[test]
fn everyone_is_told_what_is_right_on_postgres() {
    everyone_is_told_what_is_right(Engine::Postgres);
}
