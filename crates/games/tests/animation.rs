//! How the page shows an outcome.

use economy::Tokens;
use games::slot::Symbol::{Cherry, Diamond, Grape, Lemon, Orange, Scatter, Seven, Wild};
use games::slot::{Animation, Bet, Lines, Outcome, Spin, Symbol, animation};
use games::{ClientSeed, Draws, ServerSeed, multiplier_hundredths};

/// A bet of 100 tokens.
fn bet(lines: i64) -> Bet {
    Bet::new(Tokens::from_u32(100), Lines::new(lines).expect("1 to 5")).expect("a legal bet")
}

/// Rows without two of anything dear on any line.
const DULL: [[Symbol; 3]; 3] = [
    [Cherry, Lemon, Orange],
    [Lemon, Orange, Cherry],
    [Grape, Cherry, Lemon],
];

fn spin(rows: [[Symbol; 3]; 3], payout: u32) -> Spin {
    let [[a, b, c], [d, e, f], [g, h, i]] = rows;
    Spin {
        reels: [[a, d, g], [b, e, h], [c, f, i]],
        win_lines: Vec::new(),
        payout: Tokens::from_u32(payout),
    }
}

fn outcome(rows: [[Symbol; 3]; 3], payout: u32) -> Outcome {
    let spin = spin(rows, payout);
    Outcome {
        payout: spin.payout,
        spin,
        free_spins: Vec::new(),
        is_jackpot: false,
    }
}

#[test]
fn what_is_paid_decides_how_loud_it_is() {
    let shown = [0, 1, 99, 100, 101, 999, 1_000, 5_000]
        .map(|payout| animation(bet(1), &outcome(DULL, payout)));
    assert_eq!(
        shown,
        [
            Animation::None,
            Animation::Return,
            Animation::Return,
            Animation::Return,
            Animation::Win,
            Animation::Win,
            Animation::BigWin,
            Animation::BigWin,
        ]
    );
}

#[test]
fn the_jackpot_goes_before_free_spins_and_they_before_a_big_win() {
    let free = Outcome {
        free_spins: vec![spin(DULL, 0); 5],
        ..outcome(DULL, 5_000)
    };
    assert_eq!(animation(bet(1), &free), Animation::FreeSpins);
    assert_eq!(
        animation(
            bet(1),
            &Outcome {
                is_jackpot: true,
                ..free
            }
        ),
        Animation::Jackpot
    );
    let empty = Outcome {
        free_spins: vec![spin(DULL, 0); 5],
        ..outcome([[Seven, Cherry, Seven]; 3], 0)
    };
    assert_eq!(
        animation(bet(1), &empty),
        Animation::FreeSpins,
        "also when nothing was won"
    );
}

#[test]
fn two_dear_ones_on_a_staked_line_without_a_win_are_a_near_miss() {
    let dull = [Cherry, Lemon, Orange];
    for line in [
        [Seven, Cherry, Seven],
        [Cherry, Seven, Seven],
        [Diamond, Cherry, Diamond],
        [Grape, Diamond, Wild],
        [Wild, Lemon, Seven],
    ] {
        let on_the_middle = outcome([dull, line, dull], 0);
        assert_eq!(
            animation(bet(1), &on_the_middle),
            Animation::NearMiss,
            "{line:?}"
        );
        let on_the_top = outcome([line, dull, dull], 0);
        assert_eq!(
            animation(bet(1), &on_the_top),
            Animation::None,
            "{line:?} is not staked"
        );
        assert_eq!(
            animation(bet(2), &on_the_top),
            Animation::NearMiss,
            "{line:?}"
        );
        assert_eq!(
            animation(bet(1), &outcome([dull, line, dull], 10)),
            Animation::Return,
            "something was won"
        );
    }
    for line in [
        [Seven, Cherry, Diamond],
        [Grape, Cherry, Grape],
        [Scatter, Cherry, Scatter],
        [Wild, Scatter, Lemon],
    ] {
        assert_eq!(
            animation(bet(1), &outcome([dull, line, dull], 0)),
            Animation::None,
            "{line:?}"
        );
    }
}

#[test]
fn every_way_of_showing_happens() {
    let mut seen = Vec::new();
    for nonce in 0..5_000 {
        let client_seed = ClientSeed::parse("animation").expect("visible");
        let mut draws = Draws::new(&ServerSeed([1; 32]), &client_seed, nonce);
        let shown = animation(bet(5), &games::slot::settle(bet(5), &mut draws));
        if !seen.contains(&shown) {
            seen.push(shown);
        }
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
}

#[test]
fn animations_have_plain_names() {
    let names =
        serde_json::to_string(&[Animation::NearMiss, Animation::BigWin]).expect("plain data");
    assert_eq!(names, r#"["near_miss","big_win"]"#);
    let read: Vec<Animation> = serde_json::from_str(&names).expect("what was written");
    assert_eq!(read, [Animation::NearMiss, Animation::BigWin]);
}

#[test]
fn multipliers_are_in_hundredths_and_round_down() {
    let multiplier =
        |stake, payout| multiplier_hundredths(Tokens::from_u32(stake), Tokens::from_u32(payout));
    assert_eq!(multiplier(100, 0), 0);
    assert_eq!(multiplier(100, 250), 250);
    assert_eq!(multiplier(30, 20), 66);
    assert_eq!(multiplier(0, 20), 0);
    assert_eq!(
        multiplier_hundredths(Tokens::from_u32(1), Tokens::MAX),
        900_719_925_474_099_100
    );
}
