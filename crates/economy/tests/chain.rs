//! The hash chain: what is appended checks, and what is changed afterwards is found.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "an overflow or an index out of bounds panics in a test build, and fails the test"
)]

use economy::chain::{Refusal, append, check};
use economy::{AccountId, Entry, Fault, Hash, Head, Kind, Posting, Timestamp, Tokens};
use proptest::prelude::*;

const MEMBER: AccountId = AccountId(7);
const NOON: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn tokens(amount: u32) -> Tokens {
    Tokens::from_u32(amount)
}

/// A chain with the starting balance, a win, a loss and a crash that the member no longer pays.
fn chain() -> Vec<Entry> {
    let lost_crash = Posting::new("crash:1", "1").leg(
        Kind::Stake,
        AccountId::ESCROW_CRASH,
        AccountId::HOUSE,
        tokens(10),
    );
    post([
        Posting::sign_up(MEMBER, tokens(1_000)),
        Posting::hand("won", MEMBER, tokens(50), tokens(80)),
        Posting::hand("lost", MEMBER, tokens(50), Tokens::ZERO),
        lost_crash,
    ])
}

/// Appends what is not refused to an empty chain.
fn post(postings: impl IntoIterator<Item = Posting>) -> Vec<Entry> {
    let mut head = Head::EMPTY;
    let mut entries = Vec::new();
    for posting in postings {
        if let Ok((appended, after)) = append(MEMBER, head, &posting, NOON) {
            entries.extend(appended);
            head = after;
        }
    }
    entries
}

fn check_all(entries: &[Entry]) -> Result<Head, Fault> {
    entries.iter().try_fold(Head::EMPTY, check)
}

#[test]
fn a_chain_of_postings_checks() {
    let entries = chain();
    let head = check_all(&entries).expect("an honest chain");
    let last = entries.last().expect("five entries");
    assert_eq!(
        head,
        Head {
            seq: 5,
            hash: last.hash,
            balance: tokens(980)
        }
    );
    assert_eq!(
        entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5]
    );
    assert_eq!(
        entries.iter().map(|entry| entry.leg).collect::<Vec<_>>(),
        [0, 0, 1, 0, 0]
    );
    let balances: Vec<i64> = entries
        .iter()
        .map(|entry| entry.balance_after.get())
        .collect();
    assert_eq!(
        balances,
        [1_000, 950, 1_030, 980, 980],
        "a lost crash leaves the balance as it is"
    );
    assert!(
        entries
            .iter()
            .all(|entry| entry.chain == MEMBER && entry.created_at == NOON)
    );
}

#[test]
fn a_crash_round_stands_in_the_chain_of_the_member_with_its_bet_and_its_end() {
    let stake = tokens(100);
    let entries = post([
        Posting::sign_up(MEMBER, tokens(1_000)),
        Posting::crash_bet("won", MEMBER, stake),
        Posting::crash_end("won", MEMBER, stake, tokens(250)),
        Posting::crash_bet("refunded", MEMBER, stake),
        Posting::crash_end("refunded", MEMBER, stake, stake),
        Posting::crash_bet("lost", MEMBER, stake),
        Posting::crash_end("lost", MEMBER, stake, Tokens::ZERO),
    ]);
    let head = check_all(&entries).expect("an honest chain");
    assert_eq!((head.seq, head.balance), (8, tokens(1_050)));
    let steps: Vec<(&str, i64, i64)> = entries
        .iter()
        .skip(1)
        .map(|entry| (entry.kind.as_str(), entry.leg, entry.balance_after.get()))
        .collect();
    assert_eq!(
        steps,
        [
            ("escrow_in", 0, 900),
            ("escrow_return", 0, 1_000),
            ("crash_win", 1, 1_150),
            ("escrow_in", 0, 1_050),
            ("escrow_return", 0, 1_150),
            ("escrow_in", 0, 1_050),
            ("escrow_loss", 0, 1_050),
        ],
        "a loss leaves the balance as it is"
    );
    let in_escrow: i64 = entries
        .iter()
        .map(|entry| match (entry.debit, entry.credit) {
            (AccountId::ESCROW_CRASH, _) => -entry.amount.get(),
            (_, AccountId::ESCROW_CRASH) => entry.amount.get(),
            _ => 0,
        })
        .sum();
    assert_eq!(in_escrow, 0, "nothing stays behind");
}

#[test]
fn a_loss_whose_balance_was_changed_is_found() {
    let stake = tokens(100);
    let mut entries = post([
        Posting::sign_up(MEMBER, tokens(1_000)),
        Posting::crash_bet("lost", MEMBER, stake),
        Posting::crash_end("lost", MEMBER, stake, Tokens::ZERO),
    ]);
    let loss = entries.last_mut().expect("three entries");
    loss.balance_after = tokens(800);
    loss.hash = loss.seal();
    assert_eq!(check_all(&entries), Err(Fault::WrongBalance));
}

#[test]
fn a_crash_bet_above_the_balance_is_refused() {
    let bet = Posting::crash_bet("c", MEMBER, tokens(1));
    assert_eq!(
        append(MEMBER, Head::EMPTY, &bet, NOON),
        Err(Refusal::Insufficient)
    );
}

#[test]
fn a_hash_is_the_one_computed_elsewhere() {
    let entries = chain();
    let first = entries.first().expect("five entries");
    assert_eq!(first.prev, Hash::GENESIS);
    assert_eq!(
        first.hash.to_string(),
        "c4c2e4244d4c376d4b2a5989edea52defb2168279efde1f1f17ffa07c7a2d3dc"
    );
    assert_eq!(format!("{:?}", first.hash), first.hash.to_string());
}

#[test]
fn a_stake_above_the_balance_is_refused() {
    let head = Head {
        balance: tokens(49),
        ..Head::EMPTY
    };
    let posting = Posting::hand("h", MEMBER, tokens(50), tokens(1_000));
    assert_eq!(
        append(MEMBER, head, &posting, NOON),
        Err(Refusal::Insufficient),
        "the payout comes too late"
    );
    let exact = Head {
        balance: tokens(50),
        ..Head::EMPTY
    };
    let (entries, after) = append(MEMBER, exact, &posting, NOON).expect("it covers the stake");
    assert_eq!((entries.len(), after.balance), (2, tokens(1_000)));
}

#[test]
fn a_balance_above_the_largest_amount_is_refused() {
    let head = Head {
        balance: Tokens::MAX,
        ..Head::EMPTY
    };
    assert_eq!(
        append(MEMBER, head, &Posting::sign_up(MEMBER, tokens(1)), NOON),
        Err(Refusal::TooLarge)
    );
    assert_eq!(
        Refusal::TooLarge.to_string(),
        "the balance would be too large"
    );
    assert_eq!(
        Refusal::Insufficient.to_string(),
        "the balance does not cover it"
    );
}

#[test]
fn a_posting_without_legs_leaves_the_chain_where_it_was() {
    let posting =
        Posting::new("nothing", "").leg(Kind::Grant, AccountId::MINT, MEMBER, Tokens::ZERO);
    assert_eq!(
        append(MEMBER, Head::EMPTY, &posting, NOON),
        Ok((Vec::new(), Head::EMPTY))
    );
}

/// Checks the second entry after a change that its hash was made to fit.
#[track_caller]
fn assert_fault(expected: Fault, change: impl FnOnce(&mut Entry)) {
    let mut entries = chain();
    let head = check(Head::EMPTY, &entries[0]).expect("it is as it was");
    let second = &mut entries[1];
    change(second);
    second.hash = second.seal();
    assert_eq!(check(head, second), Err(expected));
}

#[test]
fn each_fault_is_named_also_when_the_hash_was_made_to_fit() {
    assert_fault(Fault::Gap, |entry| entry.seq = 3);
    assert_fault(Fault::Gap, |entry| entry.seq = 1);
    assert_fault(Fault::BrokenLink, |entry| entry.prev = Hash::GENESIS);
    assert_fault(Fault::MovesNothing, |entry| entry.amount = Tokens::ZERO);
    assert_fault(Fault::MovesNothing, |entry| entry.credit = entry.debit);
    assert_fault(Fault::WrongBalance, |entry| {
        entry.balance_after = tokens(951)
    });
    assert_fault(Fault::WrongBalance, |entry| entry.amount = tokens(51));
    assert_fault(Fault::WrongBalance, |entry| entry.amount = Tokens::MAX);
    assert_fault(Fault::WrongBalance, |entry| entry.debit = AccountId::MINT);
    let faults = [
        Fault::Gap,
        Fault::BrokenLink,
        Fault::WrongHash,
        Fault::WrongBalance,
        Fault::MovesNothing,
    ];
    let mut sentences = faults.map(|fault| fault.to_string());
    sentences.sort_unstable();
    assert!(sentences.is_sorted_by(|a, b| a < b), "no two alike");
}

#[test]
fn entries_go_through_json() {
    let entries = chain();
    let json = serde_json::to_string(&entries).expect("plain data");
    assert!(
        json.contains(r#""created_at":"2023-11-14T22:13:20Z""#),
        "{json}"
    );
    assert_eq!(
        serde_json::from_str::<Vec<Entry>>(&json).expect("what was written"),
        entries
    );
}

/// A movement of the member's with any counterpart, and now and then one beside them.
fn posting() -> impl Strategy<Value = Posting> {
    let legs = proptest::collection::vec(
        (0_usize..5, 0_u8..5, 0_u32..2_000, 0_usize..Kind::ALL.len()),
        0..4,
    );
    (".{0,12}", ".{0,12}", legs).prop_map(|(operation, reference, legs)| {
        legs.into_iter().fold(
            Posting::new(operation, reference),
            |posting, (system, way, amount, kind)| {
                let (other, _) = AccountId::SYSTEM[system];
                let (debit, credit) = match way {
                    0 | 1 => (MEMBER, other),
                    2 | 3 => (other, MEMBER),
                    _ => (AccountId::ESCROW_CRASH, AccountId::HOUSE),
                };
                posting.leg(Kind::ALL[kind], debit, credit, tokens(amount))
            },
        )
    })
}

/// Changes one column of an entry.
fn change(entry: &mut Entry, column: u8) {
    match column {
        0 => entry.chain = AccountId(8),
        1 => entry.seq += 1,
        2 => entry.operation.push('x'),
        3 => entry.leg += 1,
        4 => entry.debit.0 -= 100,
        5 => entry.credit.0 -= 100,
        6 => entry.amount = entry.amount.checked_add(tokens(1)).expect("small"),
        7 => entry.kind.push('x'),
        8 => entry.reference.push('x'),
        9 => entry.balance_after = entry.balance_after.checked_add(tokens(1)).expect("small"),
        10 => entry.created_at = entry.created_at.plus_millis(1),
        11 => entry.prev.0[0] ^= 1,
        _ => entry.hash.0[31] ^= 1,
    }
}

/// How many columns an entry has.
const COLUMNS: u8 = 13;

proptest! {
    #[test]
    fn any_postings_check_and_add_up(postings in proptest::collection::vec(posting(), 0..30)) {
        let opening = Posting::sign_up(MEMBER, tokens(1_000));
        let entries = post(std::iter::once(opening).chain(postings));
        let head = check_all(&entries).expect("an honest chain");
        let moved: i64 = entries.iter().map(|entry| match (entry.debit, entry.credit) {
            (MEMBER, _) => -entry.amount.get(),
            (_, MEMBER) => entry.amount.get(),
            _ => 0,
        }).sum();
        prop_assert_eq!(head.balance.get(), moved);
        prop_assert_eq!(usize::try_from(head.seq).ok(), Some(entries.len()));
    }

    #[test]
    fn any_changed_column_is_found(postings in proptest::collection::vec(posting(), 0..12), pick in any::<usize>(), column in 0..COLUMNS) {
        let opening = Posting::sign_up(MEMBER, tokens(1_000));
        let mut entries = post(std::iter::once(opening).chain(postings));
        let pick = pick % entries.len();
        change(&mut entries[pick], column);
        prop_assert!(check_all(&entries).is_err(), "column {column} of entry {pick}");
    }

    #[test]
    fn an_entry_taken_out_or_put_elsewhere_is_found(pick in 0_usize..4, other in 0_usize..4) {
        let mut entries = chain();
        if pick == other {
            entries.remove(pick);
        } else {
            entries.swap(pick, other);
        }
        prop_assert!(check_all(&entries).is_err());
    }
}

#[test]
fn moving_text_between_two_columns_changes_the_hash() {
    let entries = chain();
    let first = entries.first().expect("five entries");
    let mut moved = first.clone();
    let last = moved.kind.pop().expect("not empty");
    moved.reference.insert(0, last);
    assert_ne!(
        moved.seal(),
        first.seal(),
        "each column is preceded by its length"
    );
}
