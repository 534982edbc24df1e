//! Tokens that staff give members, and take.

use backend::{IdempotencyKey, Result, Staff};
use testkit::club::strict;
use testkit::{Club, Player, apply, both_engines, within};
use wire::desk::{TokensMoved, TokensRequest};
use wire::live::State;
use wire::page::PageRequest;
use wire::staff::Role;
use wire::{Code, Tokens, UserId};

use super::{code, newest_act};
use crate::crash::verbs::number;
use crate::live::verbs::{everything, hears, listens, states};
use crate::table::{balance, key, raced, run};

const ACTS: &str =
    "SELECT COUNT(*) FROM audit_log WHERE action LIKE 'users/tokens/%' AND outcome = 'ok'";
const GRANTS: &str = "SELECT COUNT(*) FROM transfers WHERE kind = 'grant'";

fn some(amount: i64) -> TokensRequest {
    TokensRequest {
        amount,
        reason: Some("a test".to_owned()),
    }
}

async fn adds(club: &Club, staff: &Staff, user: UserId, amount: i64) -> Result<TokensMoved> {
    let desk = &club.backend.desk;
    desk.add_tokens(staff, user, some(amount), None).await
}

async fn deducts(club: &Club, staff: &Staff, user: UserId, amount: i64) -> Result<TokensMoved> {
    let desk = &club.backend.desk;
    desk.deduct_tokens(staff, user, some(amount), None).await
}

async fn adds_once(
    club: &Club,
    staff: &Staff,
    (user, amount): (UserId, i64),
    key: Option<IdempotencyKey>,
) -> Result<TokensMoved> {
    let desk = &club.backend.desk;
    desk.add_tokens(staff, user, some(amount), key).await
}

/// Why the member's tokens moved, newest first.
async fn kinds(club: &Club, ann: &Player) -> Vec<String> {
    let page = PageRequest::default();
    let lines = club
        .backend
        .ledger
        .transactions(ann.member.user_id, page)
        .await;
    lines
        .unwrap()
        .items
        .into_iter()
        .map(|line| line.kind)
        .collect()
}

#[apply(both_engines)]
async fn what_is_given_and_taken_is_kept_with_how_it_stood(club: Club) {
    let boss = club.staff("boss").await;
    let finance = club.staff_as("fin", Role::Finance).await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    let more = adds(&club, &finance, user, 500).await.unwrap();
    assert_eq!(
        (more.user_id, more.balance.get(), more.seq),
        (user, 1_500, 2)
    );
    let heard = states(&hears(&mut listener).await);
    let is_told = |state: &State| matches!(state, State::Balance(it) if it.seq == 2);
    assert!(heard.iter().any(is_told), "{heard:?}");
    let act = newest_act(&club, &boss).await;
    assert_eq!((&*act.action, &*act.outcome), ("users/tokens/add", "ok"));
    assert_eq!(
        (act.actor, act.reason.as_deref()),
        (Some(finance.user_id()), Some("a test"))
    );
    assert!(act.before.unwrap().contains("1000") && act.after.unwrap().contains("1500"));
    let less = deducts(&club, &finance, user, 1_500).await.unwrap();
    assert_eq!((less.balance, less.seq), (Tokens::ZERO, 3));
    assert_eq!(newest_act(&club, &boss).await.action, "users/tokens/deduct");
    assert_eq!(
        kinds(&club, &ann).await,
        ["deduction", "grant", "sign_up_bonus"]
    );
}

#[apply(both_engines)]
async fn a_balance_stays_between_nothing_and_the_largest(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let largest = Tokens::MAX.get();
    for odd in [0, -1, largest + 1, i64::MAX, i64::MIN] {
        let (more, less) = (
            adds(&club, &boss, user, odd).await,
            deducts(&club, &boss, user, odd).await,
        );
        assert_eq!(
            (code(more), code(less)),
            (Some(Code::Invalid), Some(Code::Invalid)),
            "{odd}"
        );
    }
    let many = adds(&club, &boss, user, largest).await;
    assert_eq!(code(many), Some(Code::BalanceTooLarge));
    let many = deducts(&club, &boss, user, 1_001).await;
    assert_eq!(code(many), Some(Code::InsufficientTokens));
    assert_eq!(balance(&club, &ann).await, 1_000);
    let full = adds(&club, &boss, user, largest - 1_000).await.unwrap();
    assert_eq!(full.balance, Tokens::MAX);
    let more = adds(&club, &boss, user, 1).await;
    assert_eq!(code(more), Some(Code::BalanceTooLarge));
    let none = deducts(&club, &boss, user, largest).await.unwrap();
    assert_eq!((none.balance, none.seq), (Tokens::ZERO, 3));
}

#[apply(both_engines)]
async fn a_key_gives_once_and_is_bound_to_what_it_gave(club: Club) {
    let boss = club.staff("boss").await;
    let second = club.staff("second").await;
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    let (user, other) = (ann.member.user_id, ben.member.user_id);
    let first = adds_once(&club, &boss, (user, 5), key("k")).await.unwrap();
    adds(&club, &boss, user, 1).await.unwrap();
    let again = adds_once(&club, &boss, (user, 5), key("k")).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(number(&club, ACTS).await, 2, "a twin is no row of its own");
    for otherwise in [(user, 6), (other, 5)] {
        let refused = adds_once(&club, &boss, otherwise, key("k")).await;
        assert_eq!(code(refused), Some(Code::IdempotencyMismatch));
    }
    adds_once(&club, &second, (user, 5), key("k"))
        .await
        .unwrap();
    let desk = &club.backend.desk;
    let taken = desk.deduct_tokens(&boss, user, some(5), key("k")).await;
    assert_eq!(taken.unwrap().balance.get(), 1_006);
}

#[apply(both_engines)]
async fn twins_at_once_give_once(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let racing = club.clone();
    let answers = raced(8, move |_| {
        let (club, boss) = (racing.clone(), boss.clone());
        async move { adds_once(&club, &boss, (user, 500), key("twin")).await }
    });
    let answers: Vec<_> = answers.await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
    assert_eq!(balance(&club, &ann).await, 1_500);
    assert_eq!(number(&club, GRANTS).await, 1);
    assert_eq!(number(&club, ACTS).await, 1);
}

#[apply(both_engines)]
async fn one_key_for_two_members_at_once_gives_to_one(club: Club) {
    let boss = club.staff("boss").await;
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    let users = [ann.member.user_id, ben.member.user_id];
    let racing = club.clone();
    let answers = raced(2, move |number| {
        let (club, boss) = (racing.clone(), boss.clone());
        async move { adds_once(&club, &boss, (users[number], 500), key("one")).await }
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| answer.is_ok());
    assert_eq!(done.count(), 1, "{answers:?}");
    for refused in answers.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code(), Code::IdempotencyMismatch);
    }
    assert_eq!(
        balance(&club, &ann).await + balance(&club, &ben).await,
        2_500
    );
}

#[apply(both_engines)]
async fn what_is_taken_at_once_is_never_more_than_there_is(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let racing = club.clone();
    let answers = raced(8, move |_| {
        let (club, boss) = (racing.clone(), boss.clone());
        async move { deducts(&club, &boss, user, 300).await }
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| answer.is_ok());
    assert_eq!(done.count(), 3, "{answers:?}");
    for refused in answers.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code(), Code::InsufficientTokens);
    }
    assert_eq!(balance(&club, &ann).await, 100);
}

#[apply(both_engines)]
async fn tokens_are_moved_by_who_may_and_by_nobody_for_themselves(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    adds(&club, &boss, boss.user_id(), 1).await.unwrap();
    let act = newest_act(&club, &boss).await;
    assert_eq!(act.roles, "owner sole", "nobody else could have");
    club.staff("second").await;
    let finance = club.staff_as("fin", Role::Finance).await;
    let support = club.staff_as("sue", Role::Support).await;
    for (staff, user, refusal) in [
        (&support, ann, Code::Forbidden),
        (&support, support.user_id(), Code::Forbidden),
        (&finance, support.user_id(), Code::Forbidden),
        (&finance, finance.user_id(), Code::OwnAccount),
        (&boss, boss.user_id(), Code::OwnAccount),
        (&boss, UserId(999), Code::NotFound),
        (&boss, UserId(-1), Code::NotFound),
    ] {
        let more = adds(&club, staff, user, 1).await;
        let less = deducts(&club, staff, user, 1).await;
        assert_eq!(
            (code(more), code(less)),
            (Some(refusal), Some(refusal)),
            "{user}"
        );
        assert_eq!(newest_act(&club, &boss).await.subject, user.to_string());
    }
    adds(&club, &boss, support.user_id(), 1).await.unwrap();
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ann'",
    )
    .await;
    let gone = adds(&club, &boss, ann, 1).await;
    assert_eq!(code(gone), Some(Code::NotFound));
}

#[apply(both_engines)]
async fn tokens_need_a_reason_where_the_club_is_strict(engine: Engine) {
    within(engine, strict, async |club| {
        let boss = club.staff("boss").await;
        let ann = club.member("ann").await.member.user_id;
        for reason in [None, Some("four".to_owned())] {
            let request = TokensRequest { amount: 1, reason };
            let desk = &club.backend.desk;
            let refused = desk.add_tokens(&boss, ann, request, None).await;
            assert_eq!(refused.unwrap_err().public().fields[0].field, "reason");
        }
        adds(&club, &boss, ann, 1).await.unwrap();
    })
    .await;
}
