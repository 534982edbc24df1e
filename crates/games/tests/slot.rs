//! How a spin is settled.

use economy::Tokens;
use games::slot::Symbol::{Cherry, Diamond, Grape, Lemon, Orange, Scatter, Seven, Wild};
use games::slot::{
    BadBet, BadLines, Bet, LINES, Lines, Outcome, Spin, Symbol, Tables, WinLine, settle, strips,
};
use games::stake::BadStake;
use games::{ClientSeed, Draws, ServerSeed};
use proptest::prelude::*;

fn lines(count: i64) -> Lines {
    Lines::new(count).expect("1 to 5")
}

fn bet(stake: u32, count: i64) -> Bet {
    Bet::new(Tokens::from_u32(stake), lines(count)).expect("a legal bet")
}

fn draws(nonce: i64) -> Draws {
    Draws::new(
        &ServerSeed([5; 32]),
        &ClientSeed::parse("slot").expect("visible"),
        nonce,
    )
}

/// The strip of a reel that shows nothing but that symbol.
const fn only(symbol: Symbol) -> &'static [Symbol] {
    match symbol {
        Cherry => &[Cherry],
        Lemon => &[Lemon],
        Orange => &[Orange],
        Grape => &[Grape],
        Diamond => &[Diamond],
        Seven => &[Seven],
        Wild => &[Wild],
        Scatter => &[Scatter],
    }
}

/// What a spin with one line of 10 tokens gives when every line reads like this.
fn on_every_line(symbols: [Symbol; 3]) -> Outcome {
    let tables = Tables {
        strips: symbols.map(only),
        ..*Tables::current()
    };
    tables.settle(bet(10, 1), &mut draws(0))
}

#[track_caller]
fn assert_pays(symbols: [Symbol; 3], symbol: Symbol, count: u8, multiplier: u32) {
    let spin = on_every_line(symbols).spin;
    let payout = Tokens::from_u32(multiplier.saturating_mul(10));
    assert_eq!(
        spin.win_lines,
        [WinLine {
            line: 1,
            symbol,
            count,
            payout
        }],
        "{symbols:?}"
    );
    assert_eq!(spin.payout, payout);
}

#[test]
fn three_of_a_kind_pay() {
    assert_pays([Cherry; 3], Cherry, 3, 5);
    assert_pays([Lemon; 3], Lemon, 3, 8);
    assert_pays([Orange; 3], Orange, 3, 12);
    assert_pays([Grape; 3], Grape, 3, 20);
    assert_pays([Diamond; 3], Diamond, 3, 75);
    assert_pays([Seven; 3], Seven, 3, 300);
}

#[test]
fn two_dear_ones_from_the_left_pay() {
    assert_pays([Diamond, Diamond, Cherry], Diamond, 2, 4);
    assert_pays([Seven, Seven, Scatter], Seven, 2, 10);
    for symbols in [
        [Cherry, Seven, Seven],
        [Diamond, Lemon, Diamond],
        [Grape, Grape, Orange],
        [Seven, Diamond, Seven],
    ] {
        assert_eq!(on_every_line(symbols).payout, Tokens::ZERO, "{symbols:?}");
    }
}

#[test]
fn a_wild_stands_for_any_but_the_scatter() {
    for symbol in [Cherry, Lemon, Orange, Grape, Diamond, Seven] {
        let whole = on_every_line([symbol; 3]).spin.win_lines;
        for place in 0..3 {
            let symbols = std::array::from_fn(|reel| if reel == place { Wild } else { symbol });
            assert_eq!(on_every_line(symbols).spin.win_lines, whole, "{symbols:?}");
        }
        assert!(Wild.stands_for(symbol) && symbol.stands_for(symbol) && !symbol.stands_for(Wild));
    }
    assert!(!Wild.stands_for(Scatter));
    assert!(on_every_line([Wild; 3]).free_spins.is_empty());
}

#[test]
fn a_line_pays_the_dearest_way_to_read_it() {
    assert_pays([Wild; 3], Seven, 3, 300);
    assert_pays([Wild, Wild, Diamond], Diamond, 3, 75);
    assert_pays([Wild, Wild, Orange], Orange, 3, 12);
    assert_pays([Wild, Wild, Cherry], Seven, 2, 10);
    assert_pays([Wild, Seven, Lemon], Seven, 2, 10);
    assert_pays([Diamond, Wild, Lemon], Diamond, 2, 4);
}

#[test]
fn three_sevens_are_the_jackpot_also_with_wilds() {
    for symbols in [[Seven; 3], [Seven, Wild, Seven], [Wild; 3]] {
        assert!(on_every_line(symbols).is_jackpot, "{symbols:?}");
    }
    assert!(!on_every_line([Seven, Seven, Diamond]).is_jackpot);
    assert!(!on_every_line([Diamond; 3]).is_jackpot);
}

#[test]
fn a_jackpot_in_a_free_spin_counts() {
    // Each reel shows one scatter or two, so that there are always free spins, and the middle row
    // is three sevens one time in eight.
    const STRIP: &[Symbol] = &[Seven, Scatter];
    let tables = Tables {
        strips: [STRIP; 3],
        ..*Tables::current()
    };
    let freed = (0..500)
        .map(|nonce| tables.settle(bet(10, 1), &mut draws(nonce)))
        .find(|outcome| {
            !outcome.spin.is_jackpot() && outcome.free_spins.iter().any(Spin::is_jackpot)
        })
        .expect("one turn in eight is the jackpot");
    assert!(freed.is_jackpot);
}

#[test]
fn three_scatters_give_five_free_spins_and_no_more() {
    let outcome = on_every_line([Scatter; 3]);
    assert_eq!(outcome.free_spins, vec![outcome.spin.clone(); 5]);
    assert_eq!(outcome.payout, Tokens::ZERO);
    assert_eq!(
        on_every_line([Cherry, Lemon, Scatter]).free_spins.len(),
        5,
        "three on one reel count too"
    );
}

#[test]
fn free_spins_pay_at_the_same_stake() {
    const TABLES: [&[Symbol]; 3] = [&[Diamond], &[Diamond], &[Scatter]];
    let tables = Tables {
        strips: TABLES,
        ..*Tables::current()
    };
    let outcome = tables.settle(bet(100, 5), &mut draws(0));
    // Five lines of 20 pay four times each, in six spins.
    assert_eq!(outcome.spin.payout, Tokens::from_u32(400));
    assert_eq!(outcome.payout, Tokens::from_u32(2_400));
}

#[test]
fn the_lines_are_three_rows_and_two_diagonals() {
    assert_eq!(
        LINES,
        [[1, 1, 1], [0, 0, 0], [2, 2, 2], [0, 1, 2], [2, 1, 0]]
    );
}

#[test]
fn bets_keep_to_the_limits_and_divide() {
    let refused =
        |stake, count| Bet::new(Tokens::from_u32(stake), lines(count)).expect_err("refused");
    assert_eq!(
        refused(0, 1),
        BadBet::Stake(BadStake::TooSmall(Tokens::from_u32(10)))
    );
    assert_eq!(
        refused(9, 1),
        BadBet::Stake(BadStake::TooSmall(Tokens::from_u32(10)))
    );
    assert_eq!(
        refused(10_001, 1),
        BadBet::Stake(BadStake::TooLarge(Tokens::from_u32(10_000)))
    );
    assert_eq!(refused(10, 3), BadBet::Uneven);
    assert_eq!(refused(10_000, 3), BadBet::Uneven);
    assert_eq!(refused(11, 5), BadBet::Uneven);
    assert_eq!(
        [refused(9, 1), refused(10_001, 1), refused(11, 5)].map(|bad| bad.to_string()),
        [
            "the stake is below 10",
            "the stake is above 10000",
            "the stake does not divide by the lines",
        ]
    );
    for (stake, count, share) in [
        (10, 1, 10),
        (10, 5, 2),
        (12, 4, 3),
        (10_000, 5, 2_000),
        (9_999, 3, 3_333),
    ] {
        let bet = bet(stake, count);
        assert_eq!(
            (bet.stake(), bet.lines().count().into()),
            (Tokens::from_u32(stake), count)
        );
        assert_eq!(bet.line_stake(), Tokens::from_u32(share));
    }
}

#[test]
fn lines_are_1_to_5() {
    for count in [0, 6, -1, 256, 257, i64::MAX, i64::MIN] {
        assert_eq!(Lines::new(count), Err(BadLines));
        assert!(serde_json::from_value::<Lines>(count.into()).is_err());
    }
    assert_eq!(BadLines.to_string(), "lines are 1 to 5");
    assert_eq!(serde_json::to_string(&lines(5)).ok().as_deref(), Some("5"));
    assert_eq!(serde_json::from_str::<Lines>("5").ok(), Some(lines(5)));
    assert_eq!(Lines::ONE, lines(1));
}

#[test]
fn the_tables_of_the_current_version_are_known_and_no_others() {
    let known = Tables::of(games::slot::RULES_VERSION).expect("the current version");
    assert!(std::ptr::eq(known, Tables::current()));
    assert!(
        Tables::of(0).is_none()
            && Tables::of(games::slot::RULES_VERSION.saturating_add(1)).is_none()
    );
}

/// What a spin must pay, read off its window place by place, apart from the code that settled it.
fn expected_payout(spin: &Spin, bet: Bet) -> u64 {
    let [[a, b, c], [d, e, f], [g, h, i]] = spin.reels;
    let read = [[b, e, h], [a, d, g], [c, f, i], [a, e, i], [c, e, g]];
    let is = |symbol: Symbol, wanted: Symbol| symbol == wanted || symbol == Wild;
    let multiplier = |[x, y, z]: [Symbol; 3]| {
        let threes = [
            (Cherry, 5),
            (Lemon, 8),
            (Orange, 12),
            (Grape, 20),
            (Diamond, 75),
            (Seven, 300),
        ];
        let three = threes
            .into_iter()
            .filter(|(s, _)| is(x, *s) && is(y, *s) && is(z, *s))
            .map(|(_, pays)| pays);
        let two = [(Diamond, 4), (Seven, 10)]
            .into_iter()
            .filter(|(s, _)| is(x, *s) && is(y, *s))
            .map(|(_, pays)| pays);
        three.chain(two).max().unwrap_or(0_u64)
    };
    let staked = read.into_iter().take(bet.lines().count().into());
    let line_stake = u64::try_from(bet.line_stake().get()).expect("not negative");
    staked
        .map(multiplier)
        .sum::<u64>()
        .saturating_mul(line_stake)
}

fn assert_turn(spin: &Spin, bet: Bet) {
    for (reel, strip) in spin.reels.iter().zip(strips()) {
        let twice = strip.repeat(2);
        assert!(
            twice.windows(3).any(|window| window == reel),
            "{reel:?} is on the strip"
        );
    }
    let sum: i64 = spin.win_lines.iter().map(|line| line.payout.get()).sum();
    assert_eq!(spin.payout.get(), sum);
    assert_eq!(u64::try_from(sum).ok(), Some(expected_payout(spin, bet)));
    assert!(spin.win_lines.is_sorted_by_key(|line| line.line));
}

proptest! {
    #[test]
    fn a_spin_pays_what_its_window_says(seed in any::<[u8; 32]>(), nonce in 0..i64::MAX, count in 1_i64..=5, share in 10_u32..=2_000) {
        let stake = Tokens::from_u32(share).checked_mul(count).expect("at most 10,000");
        let bet = Bet::new(stake, lines(count)).expect("it divides");
        let stream = || Draws::new(&ServerSeed(seed), &ClientSeed::parse("any").expect("visible"), nonce);
        let outcome = settle(bet, &mut stream());
        prop_assert_eq!(&outcome, &settle(bet, &mut stream()));
        let turns: Vec<&Spin> = std::iter::once(&outcome.spin).chain(&outcome.free_spins).collect();
        turns.iter().for_each(|spin| assert_turn(spin, bet));
        let scatters = outcome.spin.reels.iter().flatten().filter(|symbol| **symbol == Scatter).count();
        prop_assert_eq!(outcome.free_spins.len(), if scatters >= 3 { 5 } else { 0 });
        prop_assert_eq!(outcome.payout.get(), turns.iter().map(|spin| spin.payout.get()).sum::<i64>());
        let json = serde_json::to_string(&outcome).expect("plain data");
        prop_assert_eq!(serde_json::from_str::<Outcome>(&json).expect("what was written"), outcome);
    }
}
