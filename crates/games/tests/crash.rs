//! Crash: the curve, the point, who wins, and what it returns.
//!
//! The numbers called "computed elsewhere" are Python's: `decimal` with 60 digits for the curve,
//! `hmac` for the rounds.

use economy::{Timestamp, Tokens};
use games::Fraction;
use games::crash::{
    AutoCashout, BadMultiplier, Bet, CURVE_MAX_MS, End, Multiplier, Outcome, Played,
    REFUND_AFTER_MS, RETURN_PERCENT, Round, SETTLE_DELAY_MS, STAKES, Unsettled, curve,
    exact_chance, exact_return, point, point_of, reaches, settle,
};
use games::stake::BadStake;
use games::{ClientSeed, Draws, HandResult, ServerSeed};
use sha2::{Digest, Sha256};

#[path = "crash/curve.rs"]
mod curve_shown;
#[path = "crash/odds.rs"]
mod odds;
#[path = "vectors/series.rs"]
#[expect(dead_code, reason = "the pulls are another test's")]
mod series;

const START: Timestamp = Timestamp::from_millis(1_700_000_000_123);
const DRAWS: u64 = 1 << 52;

fn x(hundredths: i64) -> Multiplier {
    Multiplier::from_hundredths(hundredths).expect("1.00x to 1,000x")
}

fn auto(hundredths: i64) -> Option<AutoCashout> {
    Some(AutoCashout::new(x(hundredths)).expect("from 1.01x"))
}

fn after(elapsed_ms: i64) -> Timestamp {
    START.plus_millis(elapsed_ms)
}

fn draws(nonce: i64) -> Draws {
    let seed = ClientSeed::parse("crash").expect("visible");
    Draws::new(&ServerSeed([3; 32]), &seed, nonce)
}

/// A round of 1,000 tokens.
fn round(point: i64, auto: Option<AutoCashout>) -> Round {
    Round {
        bet: Bet::new(Tokens::from_u32(1_000), auto).expect("a legal bet"),
        started_at: START,
        point: x(point),
    }
}

/// What comes of a click so many milliseconds after the start, settled at once.
fn click(round: &Round, elapsed_ms: i64) -> Result<End, Unsettled> {
    settle(round, Some(after(elapsed_ms)), after(elapsed_ms)).map(|outcome| outcome.end)
}

/// What comes of no click, so many milliseconds after the start.
fn wait(round: &Round, elapsed_ms: i64) -> Result<End, Unsettled> {
    settle(round, None, after(elapsed_ms)).map(|outcome| outcome.end)
}

const fn cashed(hundredths: i64) -> Result<End, Unsettled> {
    match Multiplier::from_hundredths(hundredths) {
        Ok(at) => Ok(End::Cashed { at }),
        Err(_) => panic!("1.00x to 1,000x"),
    }
}

#[test]
fn a_click_is_paid_what_the_curve_shows_up_to_the_point() {
    let round = round(200, None);
    assert_eq!(click(&round, -5), Err(Unsettled::TooEarly));
    assert_eq!(click(&round, 165), Err(Unsettled::TooEarly));
    assert_eq!(click(&round, 166), cashed(101));
    assert_eq!(click(&round, 6_758), cashed(150));
    assert_eq!(click(&round, 11_553), cashed(200));
    assert_eq!(click(&round, 11_635), cashed(200), "its last millisecond");
    assert_eq!(click(&round, 11_636), Err(Unsettled::TooLate), "2.01x");
    assert_eq!(click(&round, 60_000), Err(Unsettled::TooLate));
    assert_eq!(round.ends_at(), after(11_636));
}

#[test]
fn a_click_that_came_in_time_is_paid_however_late_it_is_settled() {
    let round = round(200, None);
    let in_time = settle(&round, Some(after(11_635)), after(REFUND_AFTER_MS));
    assert_eq!(in_time.map(|outcome| outcome.end), cashed(200));
}

#[test]
fn a_crash_is_settled_a_quarter_of_a_second_after_it() {
    let round = round(200, None);
    assert_eq!(round.due_at(), after(11_636 + SETTLE_DELAY_MS));
    assert_eq!(wait(&round, 11_885), Err(Unsettled::Running));
    assert_eq!(wait(&round, 11_886), Ok(End::Crashed));
    let late = settle(&round, Some(after(11_636)), after(11_886));
    assert_eq!(
        late,
        Err(Unsettled::TooLate),
        "a late click settles nothing"
    );
}

#[test]
fn an_auto_cash_out_pays_its_target_when_the_point_reaches_it() {
    for point in [150, 151, 100_000] {
        let round = round(point, auto(150));
        assert_eq!(
            (round.ends_at(), round.due_at()),
            (after(6_758), after(6_758))
        );
        assert_eq!(wait(&round, 6_757), Err(Unsettled::Running));
        assert_eq!(wait(&round, 6_758), cashed(150));
        assert_eq!(
            click(&round, 5_608),
            cashed(140),
            "a click before it counts"
        );
        for later in [6_758, 20_000, 115_130, 200_000] {
            assert_eq!(click(&round, later), cashed(150), "{later}");
        }
    }
}

#[test]
fn an_auto_cash_out_above_the_point_crashes_at_the_point() {
    let round = round(200, auto(201));
    assert_eq!(round.due_at(), after(11_636 + SETTLE_DELAY_MS));
    assert_eq!(wait(&round, 11_886), Ok(End::Crashed));
    assert_eq!(click(&round, 11_635), cashed(200));
    assert_eq!(click(&round, 11_636), Err(Unsettled::TooLate));
}

/// The curve jumps from 999.92x to 999.98x and on to 1,000x; 999.95x is never shown.
#[test]
fn an_auto_cash_out_between_two_milliseconds_is_still_paid() {
    let target = 99_995;
    let round = round(target, auto(target));
    assert_eq!(round.ends_at(), after(115_129));
    assert_eq!(wait(&round, 115_129), cashed(target));
    assert_eq!(click(&round, 115_129), cashed(target));
    assert_eq!(click(&round, 115_128), cashed(99_992));
}

#[test]
fn a_round_that_reaches_1000_is_cashed_there() {
    let to_the_end = round(100_000, None);
    assert_eq!(to_the_end.due_at(), after(CURVE_MAX_MS));
    assert_eq!(wait(&to_the_end, CURVE_MAX_MS - 1), Err(Unsettled::Running));
    assert_eq!(wait(&to_the_end, CURVE_MAX_MS), cashed(100_000));
    assert_eq!(click(&to_the_end, CURVE_MAX_MS + 9), cashed(100_000));
    let just_short = round(99_999, None);
    assert_eq!(just_short.ends_at(), after(CURVE_MAX_MS));
    assert_eq!(click(&just_short, CURVE_MAX_MS), Err(Unsettled::TooLate));
    assert_eq!(wait(&just_short, CURVE_MAX_MS + 250), Ok(End::Crashed));
}

#[test]
fn a_point_of_1_crashes_at_the_start() {
    for round in [round(100, None), round(100, auto(101))] {
        assert_eq!((round.ends_at(), round.due_at()), (START, after(250)));
        assert_eq!(wait(&round, 249), Err(Unsettled::Running));
        assert_eq!(wait(&round, 250), Ok(End::Crashed));
        for elapsed_ms in [-1, 0, 100, 166, 500] {
            assert_eq!(click(&round, elapsed_ms), Err(Unsettled::TooLate));
        }
    }
    assert_eq!(click(&round(101, None), 100), Err(Unsettled::TooEarly));
    assert_eq!(click(&round(101, None), 330), cashed(101));
    assert_eq!(round(101, None).ends_at(), after(331));
}

#[test]
fn what_was_not_settled_within_half_an_hour_is_refunded() {
    for point in [100, 200, 100_000] {
        let round = round(point, auto(150));
        let last = after(30 * 60 * 1_000);
        assert!(!round.is_overdue(last) && round.is_overdue(last.plus_millis(1)));
        assert_ne!(wait(&round, REFUND_AFTER_MS), Ok(End::Refunded));
        assert_eq!(wait(&round, REFUND_AFTER_MS + 1), Ok(End::Refunded));
        assert_eq!(click(&round, REFUND_AFTER_MS + 1), Ok(End::Refunded));
    }
}

#[test]
fn a_round_that_nobody_clicked_settles_the_same_at_any_time_from_when_it_is_due() {
    for point in (100..=2_000).step_by(7).chain([99_999, 100_000]) {
        for auto in [None, auto(101), auto(200), auto(100_000)] {
            let round = round(point, auto);
            let due = round.due_at().millis_since(START);
            assert_eq!(wait(&round, due - 1), Err(Unsettled::Running));
            let end = wait(&round, due).expect("it is due");
            assert_eq!(wait(&round, due + 60_000), Ok(end));
            let won = round.bet.ceiling() <= round.point;
            assert_eq!(end.cashed_at(), won.then_some(round.bet.ceiling()));
        }
    }
}

#[test]
fn a_click_wins_exactly_what_an_auto_cash_out_there_would() {
    for shown in (101..=1_000).step_by(17) {
        let elapsed_ms = reaches(x(shown));
        assert_eq!(curve(elapsed_ms), x(shown), "none is skipped down here");
        for point in (101..=1_000).step_by(3) {
            let clicked = click(&round(point, None), elapsed_ms);
            let waited = wait(&round(point, auto(shown)), CURVE_MAX_MS);
            if point >= shown {
                assert_eq!((clicked, waited), (cashed(shown), cashed(shown)));
            } else {
                assert_eq!(
                    (clicked, waited),
                    (Err(Unsettled::TooLate), Ok(End::Crashed))
                );
            }
        }
    }
}

#[test]
fn outcomes_pay_the_stake_and_the_win() {
    let tokens = Tokens::from_u32;
    let of = |round: Round, elapsed_ms| settle(&round, None, after(elapsed_ms)).expect("due");
    let won = of(round(300, auto(250)), 20_000);
    assert_eq!((won.payout, won.win_amount), (tokens(2_500), tokens(1_500)));
    let lost = of(round(200, auto(250)), 20_000);
    assert_eq!((lost.payout, lost.win_amount), (Tokens::ZERO, Tokens::ZERO));
    let back = of(round(200, auto(250)), REFUND_AFTER_MS + 1);
    assert_eq!(
        (back.payout, back.win_amount),
        (tokens(1_000), Tokens::ZERO)
    );
    let results = [won, lost, back].map(|outcome| HandResult::of(tokens(1_000), outcome.payout));
    assert_eq!(
        results,
        [HandResult::Win, HandResult::Lose, HandResult::Push]
    );
    let names = [won, lost, back].map(|outcome| outcome.end.as_str());
    assert_eq!(names, ["cashed", "crashed", "refunded"]);
    let at = [won, lost, back].map(|outcome| outcome.end.cashed_at());
    assert_eq!(at, [Some(x(250)), None, None]);
}

#[test]
fn a_round_never_shows_its_point_in_a_log() {
    let shown = format!("{:?}", round(7_777, auto(250)));
    assert!(
        shown.contains("started_at") && !shown.contains("7777"),
        "{shown}"
    );
    let sentences = [Unsettled::TooEarly, Unsettled::TooLate, Unsettled::Running]
        .map(|unsettled| unsettled.to_string());
    assert_eq!(
        sentences,
        [
            "the curve is still below 1.01",
            "the round has crashed",
            "the round is running"
        ]
    );
}

/// The round of that nonce with what was recorded of it when it was due.
fn played(nonce: i64, auto: Option<AutoCashout>) -> (Bet, Played) {
    let bet = Bet::new(Tokens::from_u32(1_000), auto).expect("a legal bet");
    let round = Round {
        bet,
        started_at: START,
        point: point(&mut draws(nonce)),
    };
    let played = Played::settle(&round, None, round.due_at()).expect("it is due");
    (bet, played)
}

#[test]
fn what_was_played_is_replayed_from_its_seeds() {
    for nonce in 0..200 {
        for auto in [None, auto(120), auto(1_000)] {
            let (bet, honest) = played(nonce, auto);
            assert_eq!(honest.replay(bet, &mut draws(nonce)), Ok(honest));
        }
    }
}

#[test]
fn what_was_tampered_with_is_not_replayed() {
    // The first point of nonce 0 is 2.27x.
    let (bet, honest) = played(0, auto(200));
    assert_eq!(
        (honest.point, honest.outcome.end.cashed_at()),
        (x(227), Some(x(200)))
    );
    let lost = Outcome {
        end: End::Crashed,
        payout: Tokens::ZERO,
        win_amount: Tokens::ZERO,
    };
    for tampered in [
        Played {
            point: x(226),
            ..honest
        },
        Played {
            auto: None,
            ..honest
        },
        Played {
            outcome: lost,
            ..honest
        },
        Played {
            arrival: Some(after(11_000)),
            ..honest
        },
        Played {
            settled_at: after(REFUND_AFTER_MS + 1),
            ..honest
        },
        Played {
            settled_at: after(11_552),
            ..honest
        },
        Played {
            started_at: START.plus_millis(1),
            ..honest
        },
    ] {
        let replayed = tampered.replay(bet, &mut draws(0));
        assert_ne!(replayed, Ok(tampered), "{tampered:?}");
    }
    let early = Played {
        settled_at: after(11_552),
        ..honest
    };
    assert_eq!(early.replay(bet, &mut draws(0)), Err(Unsettled::Running));
}

#[test]
fn what_was_played_goes_through_json() {
    let (_, honest) = played(0, auto(200));
    let json = serde_json::to_string(&honest).expect("plain data");
    assert_eq!(
        json,
        r#"{"auto":200,"started_at":"2023-11-14T22:13:20.123Z","arrival":null,"settled_at":"2023-11-14T22:13:31.676Z","point":227,"outcome":{"end":{"status":"cashed","at":200},"payout":2000,"win_amount":1000}}"#
    );
    assert_eq!(serde_json::from_str::<Played>(&json).ok(), Some(honest));
    let clicked = Played::settle(&round(300, None), Some(after(6_758)), after(6_800));
    let clicked = clicked.expect("in time");
    let json = serde_json::to_string(&clicked).expect("plain data");
    assert!(
        json.contains(r#""arrival":"2023-11-14T22:13:26.881Z""#),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Played>(&json).ok(), Some(clicked));
    let crashed = serde_json::to_string(&End::Crashed).expect("plain data");
    assert_eq!(crashed, r#"{"status":"crashed"}"#);
}
