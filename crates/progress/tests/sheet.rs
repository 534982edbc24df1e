//! Facts and what listeners make of them.

use economy::{Timestamp, Tokens};
use games::{Game, HandResult};
use progress::achievement::{Definition, Kind, Requirement};
use progress::listeners::WAITING_MAX;
use progress::sheet::Need;
use progress::totals::{Day, IDLE_MAX_MILLIS, Totals};
use progress::{Fact, Hand, Sheet};
use proptest::prelude::*;

const AT: Timestamp = Timestamp::from_millis(1_000_000);

fn hand(payout: u32, millis: i64) -> Hand {
    let (stake, payout) = (Tokens::from_u32(10), Tokens::from_u32(payout));
    Hand {
        game: Game::Slot,
        stake,
        payout,
        result: HandResult::of(stake, payout),
        at: AT.plus_millis(millis),
    }
}

fn sheet() -> Sheet {
    Sheet {
        need: Need {
            game: Game::Slot,
            at: AT,
        },
        all: Totals::default(),
        of_game: Totals::default(),
        day: Day::default(),
        unlocked: String::new(),
        fresh: Vec::new(),
    }
}

fn goal(code: &str, kind: Kind, game: Option<Game>, threshold: i64) -> Definition {
    Definition {
        code: code.to_owned(),
        requirement: Requirement {
            kind,
            game,
            threshold,
        },
        reward: Tokens::from_u32(50),
    }
}

fn heard(hands: &[Hand], goals: &[Definition]) -> Sheet {
    let mut sheet = sheet();
    for hand in hands {
        sheet.hear(&[Fact::HandSettled(*hand)], goals);
    }
    sheet
}

fn codes(sheet: &Sheet) -> Vec<&str> {
    sheet.fresh.iter().map(|goal| goal.code.as_str()).collect()
}

#[test]
fn only_a_hand_needs_to_be_loaded_for() {
    let claimed = Fact::Claimed {
        goal: "x".to_owned(),
    };
    assert_eq!(Need::of(&[Fact::Joined, Fact::SignedIn, claimed]), None);
    let pulled = Fact::Pulled {
        items: 1,
        legendaries: 0,
    };
    let need = Need::of(&[Fact::HandSettled(hand(0, 5)), pulled]).unwrap();
    assert_eq!((need.game, need.at), (Game::Slot, AT.plus_millis(5)));
}

#[test]
fn what_nobody_hears_changes_nothing() {
    let mut quiet = sheet();
    quiet.hear(&[Fact::Joined, Fact::Rotated, Fact::SignedIn], &[]);
    assert_eq!(quiet, sheet());
}

#[test]
fn a_goal_is_unlocked_once_and_in_the_clubs_order() {
    let goals = [
        goal("two", Kind::Hands, None, 2),
        goal("also_two", Kind::Wins, Some(Game::Slot), 2),
        goal("of_another", Kind::Hands, Some(Game::Rps), 1),
    ];
    let won = [hand(20, 0), hand(20, 1), hand(20, 2)];
    let sheet = heard(&won, &goals);
    assert_eq!(codes(&sheet), ["two", "also_two"]);
    assert_eq!(sheet.unlocked, "two also_two");
    assert!(sheet.is_unlocked("two") && !sheet.is_unlocked("tw"));
}

#[test]
fn a_goal_that_finds_no_room_is_unlocked_by_the_next_hand() {
    let places = 0..=WAITING_MAX;
    let goals: Vec<_> = places
        .map(|place| goal(&format!("first_{place}"), Kind::Hands, None, 1))
        .collect();
    let mut sheet = heard(&[hand(0, 0)], &goals);
    assert_eq!(sheet.fresh, goals[..WAITING_MAX]);
    sheet.hear(&[Fact::HandSettled(hand(0, 1))], &goals);
    assert_eq!(sheet.fresh, goals);
}

#[test]
fn what_a_round_of_pulls_brought_counts_with_its_hand() {
    let goals = [goal("collector", Kind::Items, None, 3)];
    let mut sheet = sheet();
    let pulled = |items| Fact::Pulled {
        items,
        legendaries: 1,
    };
    sheet.hear(&[Fact::HandSettled(hand(0, 0)), pulled(2)], &goals);
    assert!(codes(&sheet).is_empty());
    sheet.hear(&[Fact::HandSettled(hand(0, 1)), pulled(1)], &goals);
    assert_eq!(codes(&sheet), ["collector"]);
    assert_eq!((sheet.all.items, sheet.of_game.legendaries), (3, 2));
}

#[test]
fn a_row_of_wins_goes_on_over_days_and_is_a_games_own() {
    let mut sheet = sheet();
    sheet.of_game.streak = 4;
    sheet.of_game.streak_max = 6;
    sheet.hear(&[Fact::HandSettled(hand(20, 0))], &[]);
    assert_eq!((sheet.of_game.streak, sheet.of_game.streak_max), (5, 6));
    assert_eq!((sheet.day.streak, sheet.day.streak_max), (5, 5));
    sheet.hear(&[Fact::HandSettled(hand(0, 1))], &[]);
    assert_eq!((sheet.of_game.streak, sheet.day.streak), (0, 0));
    assert_eq!((sheet.all.streak, sheet.all.streak_max), (0, 0));
}

#[test]
fn long_pauses_are_not_played() {
    let played = |pause| heard(&[hand(0, 0), hand(0, pause)], &[]).day.millis_played;
    assert_eq!(played(IDLE_MAX_MILLIS), IDLE_MAX_MILLIS);
    assert_eq!(played(IDLE_MAX_MILLIS + 1), 0);
    assert_eq!(played(-1), 0, "clocks of two servers differ");
}

proptest! {
    /// What is heard one by one comes to what the hands come to together.
    #[test]
    fn totals_are_sums_and_maxima(payouts in proptest::collection::vec(0_u32..100, 1..40)) {
        let places = 0_i64..;
        let hands: Vec<Hand> = payouts.iter().zip(places).map(|(payout, n)| hand(*payout, n)).collect();
        let sheet = heard(&hands, &[]);
        let wins = hands.iter().filter(|it| it.result == HandResult::Win).count();
        let row = payouts.iter().rev().take_while(|payout| **payout > 10).count();
        prop_assert_eq!(sheet.all.hands, i64::try_from(hands.len()).unwrap());
        prop_assert_eq!(sheet.all.wins, i64::try_from(wins).unwrap());
        prop_assert_eq!(sheet.all.won, payouts.iter().map(|it| i64::from(*it)).sum::<i64>());
        prop_assert_eq!(sheet.of_game.largest_win, i64::from(*payouts.iter().max().unwrap()));
        prop_assert_eq!(sheet.of_game.streak, i64::try_from(row).unwrap());
        prop_assert!(sheet.of_game.streak_max >= sheet.of_game.streak);
        prop_assert_eq!(sheet.day.staked, sheet.all.staked);
    }
}
