//! Amounts, accounts and postings.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "an overflow panics in a test build, and fails the test"
)]

use economy::tokens::OutOfRange;
use economy::{AccountId, Kind, Leg, Posting, Tokens};
use proptest::prelude::*;

const MEMBER: AccountId = AccountId(7);

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![
        0..=Tokens::MAX.get(),
        0..1_000_i64,
        Tokens::MAX.get() - 1_000..=Tokens::MAX.get()
    ]
}

fn in_range(amount: i128) -> Option<Tokens> {
    i64::try_from(amount)
        .ok()
        .and_then(|amount| Tokens::new(amount).ok())
}

proptest! {
    #[test]
    fn an_amount_is_between_0_and_2_to_the_53_less_1(number in any::<i64>()) {
        let fits = (0..=9_007_199_254_740_991).contains(&number);
        prop_assert_eq!(Tokens::new(number).map(Tokens::get), if fits { Ok(number) } else { Err(OutOfRange) });
        prop_assert_eq!(Tokens::try_from(number), Tokens::new(number));
        prop_assert_eq!(serde_json::from_value::<Tokens>(number.into()).ok(), Tokens::new(number).ok());
    }

    #[test]
    fn sums_differences_and_products_are_exact_or_refused(a in amount(), b in amount(), factor in -3_i64..1_000_000_000) {
        let [x, y] = [a, b].map(|amount| Tokens::new(amount).expect("in range"));
        let [a, b] = [a, b].map(i128::from);
        prop_assert_eq!(x.checked_add(y), in_range(a + b));
        prop_assert_eq!(x.checked_sub(y), in_range(a - b));
        prop_assert_eq!(x.checked_mul(factor), in_range(a * i128::from(factor)));
        prop_assert_eq!(i128::from(x.signed_diff(y)), a - b);
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
    }

    #[test]
    fn json_and_text_carry_an_amount_exactly(number in amount()) {
        let tokens = Tokens::new(number).expect("in range");
        let json = serde_json::to_string(&tokens).expect("a number");
        prop_assert_eq!(&json, &tokens.to_string());
        prop_assert_eq!(serde_json::from_str::<Tokens>(&json).expect("what was written"), tokens);
        prop_assert_eq!(i64::from(tokens), number);
    }
}

#[test]
fn the_edges_of_an_amount_are_refused_beyond() {
    assert_eq!(Tokens::new(-1), Err(OutOfRange));
    assert_eq!(Tokens::new(9_007_199_254_740_992), Err(OutOfRange));
    assert_eq!(Tokens::new(9_007_199_254_740_991), Ok(Tokens::MAX));
    assert_eq!(Tokens::MAX.checked_add(Tokens::from_u32(1)), None);
    assert_eq!(Tokens::ZERO.checked_sub(Tokens::from_u32(1)), None);
    assert_eq!(Tokens::MAX.checked_mul(i64::MAX), None);
    assert_eq!(
        OutOfRange.to_string(),
        "an amount of tokens is between 0 and 9007199254740991"
    );
}

#[test]
fn the_default_amount_is_nothing() {
    assert_eq!(Tokens::default(), Tokens::ZERO);
    assert!(Tokens::ZERO.is_zero() && !Tokens::from_u32(1).is_zero());
    assert_eq!(Tokens::from_u32(u32::MAX).get(), 4_294_967_295);
    for json in ["-1", "1.5", "\"1\"", "9007199254740992", "null"] {
        assert!(serde_json::from_str::<Tokens>(json).is_err(), "{json}");
    }
}

#[test]
fn members_are_above_zero_and_the_system_below() {
    assert!(AccountId(1).is_member() && !AccountId(0).is_member());
    let names = AccountId::SYSTEM.map(|(_, name)| name);
    assert_eq!(names, ["mint", "house", "escrow:crash", "shop", "promo"]);
    let mut ids = AccountId::SYSTEM.map(|(id, _)| id.0);
    assert!(ids.iter().all(|id| *id < 0 && !AccountId(*id).is_member()));
    ids.sort_unstable();
    assert!(ids.is_sorted_by(|a, b| a < b), "no two alike");
    assert_eq!(
        serde_json::to_string(&AccountId::HOUSE).ok().as_deref(),
        Some("-2")
    );
    assert_eq!(
        serde_json::from_str::<AccountId>("-2").ok(),
        Some(AccountId::HOUSE)
    );
}

#[test]
fn kinds_read_back_from_their_text() {
    let texts = [
        "sign_up_bonus",
        "stake",
        "payout",
        "grant",
        "deduction",
        "escrow_in",
        "escrow_return",
        "crash_win",
        "escrow_loss",
        "achievement",
        "token_purchase",
        "shop_payment",
        "package_tokens",
        "shop_refund",
        "purchase_reversal",
    ];
    assert_eq!(
        Kind::ALL.map(Kind::as_str),
        texts,
        "stored and hashed, and so never changed"
    );
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        assert_eq!(serde_json::to_value(kind).ok(), Some(kind.as_str().into()));
        assert_eq!(
            serde_json::from_value::<Kind>(kind.as_str().into()).ok(),
            Some(kind)
        );
    }
    assert_eq!(Kind::parse("Stake"), None);
}

fn leg(debit: AccountId, credit: AccountId, amount: u32, kind: Kind) -> Leg {
    Leg {
        debit,
        credit,
        amount: Tokens::from_u32(amount),
        kind,
    }
}

#[test]
fn signing_up_moves_the_bonus_from_the_mint() {
    let posting = Posting::sign_up(MEMBER, Tokens::from_u32(1_000));
    assert_eq!(
        (posting.operation.as_str(), posting.reference.as_str()),
        ("sign-up:7", "sign-up")
    );
    assert_eq!(
        posting.legs,
        [leg(AccountId::MINT, MEMBER, 1_000, Kind::SignUpBonus)]
    );
}

#[test]
fn a_hand_moves_the_stake_and_then_the_payout() {
    let posting = Posting::hand("h1", MEMBER, Tokens::from_u32(50), Tokens::from_u32(80));
    assert_eq!(
        (posting.operation.as_str(), posting.reference.as_str()),
        ("hand:h1", "h1")
    );
    let stake = leg(MEMBER, AccountId::HOUSE, 50, Kind::Stake);
    assert_eq!(
        posting.legs,
        [stake, leg(AccountId::HOUSE, MEMBER, 80, Kind::Payout)]
    );
    let lost = Posting::hand("h2", MEMBER, Tokens::from_u32(50), Tokens::ZERO);
    assert_eq!(lost.legs, [stake], "a payout of zero moves nothing");
}

#[test]
fn the_bet_of_a_crash_round_waits_in_escrow() {
    let posting = Posting::crash_bet("c1", MEMBER, Tokens::from_u32(50));
    assert_eq!(
        (posting.operation.as_str(), posting.reference.as_str()),
        ("crash:c1:bet", "c1")
    );
    assert_eq!(
        posting.legs,
        [leg(MEMBER, AccountId::ESCROW_CRASH, 50, Kind::EscrowIn)]
    );
}

#[test]
fn the_end_of_a_crash_round_empties_the_escrow() {
    let ended =
        |payout| Posting::crash_end("c1", MEMBER, Tokens::from_u32(50), Tokens::from_u32(payout));
    let cashed = ended(80);
    assert_eq!(
        (cashed.operation.as_str(), cashed.reference.as_str()),
        ("hand:c1", "c1")
    );
    let back = leg(AccountId::ESCROW_CRASH, MEMBER, 50, Kind::EscrowReturn);
    let win = leg(AccountId::HOUSE, MEMBER, 30, Kind::CrashWin);
    assert_eq!(cashed.legs, [back, win]);
    assert_eq!(ended(50).legs, [back], "a refund wins nothing");
    let lost = leg(
        AccountId::ESCROW_CRASH,
        AccountId::HOUSE,
        50,
        Kind::EscrowLoss,
    );
    assert_eq!(ended(0).legs, [lost]);
    assert_eq!(
        ended(0).operation,
        cashed.operation,
        "so that a round ends once"
    );
}

#[test]
#[should_panic(expected = "pays the stake at least")]
fn no_crash_round_ends_with_a_part_of_the_stake() {
    let _ = Posting::crash_end("c1", MEMBER, Tokens::from_u32(50), Tokens::from_u32(49));
}

#[test]
fn a_purchase_pays_the_shop_and_a_refund_takes_it_all_back() {
    let (price, contents) = (Tokens::from_u32(300), Tokens::from_u32(500));
    let paid = Posting::shop_purchase("r1", MEMBER, price, contents);
    assert_eq!(paid.operation, "purchase:r1");
    assert_eq!(
        paid.legs,
        [
            leg(MEMBER, AccountId::SHOP, 300, Kind::ShopPayment),
            leg(AccountId::MINT, MEMBER, 500, Kind::PackageTokens)
        ]
    );
    let back = Posting::refund("r1", MEMBER, price, contents);
    assert_eq!(back.operation, "refund:r1");
    assert_eq!(
        back.legs,
        [
            leg(AccountId::SHOP, MEMBER, 300, Kind::ShopRefund),
            leg(MEMBER, AccountId::MINT, 500, Kind::PurchaseReversal)
        ]
    );
}

#[test]
fn bought_tokens_come_from_the_mint() {
    let posting = Posting::tokens_bought("r2", MEMBER, Tokens::from_u32(1_000));
    assert_eq!(
        posting.operation, "purchase:r2",
        "so that a purchase is credited once"
    );
    let credit = leg(AccountId::MINT, MEMBER, 1_000, Kind::TokenPurchase);
    assert_eq!(posting.legs, [credit]);
}
