//! How many pulls there are, and what they cost.

use economy::Tokens;
use games::gacha::{BadPullCount, PULLS_MAX, PullCount, Tables, cost, worst_case_cost};

use crate::{pulls, waiting};

#[test]
fn ten_cost_450_and_any_other_number_50_each() {
    let costs = [50, 100, 150, 200, 250, 300, 350, 400, 450, 450];
    for (count, expected) in (1..).zip(costs) {
        assert_eq!(cost(pulls(count)), Tokens::from_u32(expected), "{count}");
    }
    assert_eq!(cost(PullCount::ONE), Tables::current().pull_cost);
    assert_eq!(cost(PullCount::TEN), Tables::current().ten_cost);
}

#[test]
fn nine_pulls_are_as_dear_as_ten_and_no_fewer_are() {
    let ten_for = |ten_cost| Tables {
        ten_cost: Tokens::from_u32(ten_cost),
        ..*Tables::current()
    };
    assert_eq!(Tables::current().as_dear_as_ten(), pulls(9));
    for (ten_cost, count) in [(400, 8), (401, 9), (50, 1), (451, 10), (501, 10)] {
        let tables = ten_for(ten_cost);
        assert_eq!(tables.as_dear_as_ten(), pulls(count), "{ten_cost}");
    }
}

#[test]
fn a_count_outside_1_to_10_is_refused() {
    for count in [i64::MIN, -1, 0, 11, 257, i64::MAX] {
        assert_eq!(PullCount::new(count), Err(BadPullCount), "{count}");
        assert!(serde_json::from_str::<PullCount>(&count.to_string()).is_err());
    }
    assert_eq!(BadPullCount.to_string(), "pulls are 1 to 10");
    assert_eq!(PullCount::TEN.get(), PULLS_MAX);
    for count in 1..=10 {
        let json = serde_json::to_string(&pulls(count)).expect("a number");
        assert_eq!(json, count.to_string());
        let read: PullCount = serde_json::from_str(&json).expect("what was written");
        assert_eq!(read, pulls(count));
    }
}

#[test]
fn the_worst_case_is_bought_by_tens() {
    let cases = [
        (0, 4_050),
        (1, 4_050),
        (2, 4_000),
        (9, 3_650),
        (10, 3_600),
        (11, 3_600),
        (71, 900),
        (80, 450),
        (81, 450),
        (82, 400),
        (89, 50),
    ];
    for (since_epic, tokens) in cases {
        let cost = worst_case_cost(&waiting(since_epic));
        assert_eq!(cost, Tokens::from_u32(tokens), "{since_epic}");
    }
    let cheap_tens = Tables {
        ten_cost: Tokens::from_u32(120),
        ..*Tables::current()
    };
    let two_left = cheap_tens.worst_case_cost(&waiting(88));
    assert_eq!(two_left, Tokens::from_u32(100));
    let three_left = cheap_tens.worst_case_cost(&waiting(87));
    assert_eq!(
        three_left,
        Tokens::from_u32(120),
        "a ten is cheaper than three"
    );
}
