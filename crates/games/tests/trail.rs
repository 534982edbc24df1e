//! Following a member through all their hands.

use economy::Tokens;
use games::gacha::{self, PullCount, State};
use games::verify::{Fault, Trail};
use games::{ClientSeed, Draws, Play, ServerSeed, rps};

/// A round of pulls from that state.
fn pulls(before: &State, nonce: i64) -> (Play, State) {
    let seed = ClientSeed::parse("trail").expect("visible");
    let mut draws = Draws::new(&ServerSeed([5; 32]), &seed, nonce);
    let outcome = gacha::settle(PullCount::TEN, before, &mut draws);
    let after = outcome.after.clone();
    let before = before.clone();
    (Play::Gacha { before, outcome }, after)
}

fn throw() -> Play {
    let seed = ClientSeed::parse("trail").expect("visible");
    let choice = rps::Shape::Rock;
    let bet = rps::Bet::new(Tokens::from_u32(10), choice).expect("a legal bet");
    let outcome = rps::settle(bet, &mut Draws::new(&ServerSeed([5; 32]), &seed, 9));
    Play::Rps { choice, outcome }
}

#[test]
fn pulls_go_on_where_those_before_ended_whatever_is_played_between() {
    let mut trail = Trail::default();
    let (first, after) = pulls(&State::fresh(), 0);
    let (second, _) = pulls(&after, 1);
    for play in [&throw(), &first, &throw(), &second] {
        assert_eq!(trail.follow(play), Ok(()));
    }
}

#[test]
fn a_first_pull_begins_fresh() {
    let (_, after) = pulls(&State::fresh(), 0);
    let (second, _) = pulls(&after, 1);
    assert_eq!(Trail::default().follow(&second), Err(Fault::Continuity));
}

#[test]
fn pulls_that_begin_elsewhere_are_one_fault_and_the_trail_goes_on() {
    let mut trail = Trail::default();
    let (first, _) = pulls(&State::fresh(), 0);
    let (again, after) = pulls(&State::fresh(), 1);
    let (third, _) = pulls(&after, 2);
    assert_eq!(trail.follow(&first), Ok(()));
    assert_eq!(trail.follow(&again), Err(Fault::Continuity));
    assert_eq!(trail.follow(&third), Ok(()));
}
