//! Rewards that staff give many members at once.

use wire::Tokens;
use wire::desk::GrantStatus;

use super::*;

const ACTION: &str = "rewards/grant-bulk";

/// Why each was given nothing, where it was.
fn errors(answer: &GrantBulkResult) -> Vec<Option<Code>> {
    let results = answer.results.iter();
    let told = results.map(|it| {
        let is_ok = it.status == GrantStatus::Ok;
        assert_eq!(is_ok, it.error.is_none(), "{it:?}");
        it.error
    });
    told.collect()
}

#[apply(both_engines)]
async fn each_is_told_what_became_of_what_was_meant_for_them(club: Club) {
    let boss = club.staff("boss").await;
    let finance = club.staff_as("fin", Role::Finance).await;
    let ann = club.member("ann").await.member.user_id;
    let rich = club.member("rich").await.member.user_id;
    let gone = club.member("gone").await.member.user_id;
    let room = Tokens::MAX.get() - 1_000;
    done(adds(&club, &boss, (rich, room), Wish::default()).await);
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'gone'",
    )
    .await;
    let (me, staff) = (finance.user_id(), boss.user_id());
    let items = [
        (ann, 5),
        (me, 1),
        (staff, 1),
        (rich, 1),
        (gone, 1),
        (UserId(999), 1),
        (UserId(-1), 1),
        (ann, 7),
    ];
    let items = items.map(|(user, amount)| gives(user, amount));
    let answer = done(grants(&club, &finance, &items, Wish::default()).await);
    let missing = Some(Code::NotFound);
    let told = [
        None,
        Some(Code::OwnAccount),
        Some(Code::Forbidden),
        Some(Code::BalanceTooLarge),
        missing,
        missing,
        missing,
        None,
    ];
    assert_eq!((answer.success, errors(&answer)), (false, told.to_vec()));
    assert_eq!(tokens_of(&club, ann).await, 1_012);
    let row = &acts(&club, &boss).await[0];
    assert_eq!(
        (&*row.action, &*row.subject, row.reason.as_deref()),
        (ACTION, "7 members", Some("an event"))
    );
    let (before, after) = (
        row.before.as_deref().unwrap(),
        row.after.as_deref().unwrap(),
    );
    assert!(before.contains("1000") && after.contains("1012"), "{row:?}");
    // To give a member of staff is an owner's to do.
    let answer = done(grants(&club, &boss, &[gives(me, 1)], Wish::default()).await);
    assert!(answer.success);
}

#[apply(both_engines)]
async fn at_most_five_hundred_are_given_in_one_transaction_each_with_its_row(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let items = vec![gives(ann, 1); 501];
    let answer = done(grants(&club, &boss, &items, once("k")).await);
    assert_eq!((answer.success, answer.results.len()), (true, 501));
    assert_eq!(tokens_of(&club, ann).await, 1_501);
    assert_eq!(kept(&club, ACTION, "ok").await, 2);
    // A twin is answered the same, and gives nothing.
    let again = done(grants(&club, &boss, &items, once("k")).await);
    assert_eq!(again, answer);
    let other = grants(&club, &boss, &items[1..], once("k")).await;
    assert_eq!(code(other), Some(Code::IdempotencyMismatch));
    assert_eq!(tokens_of(&club, ann).await, 1_501);
    assert_eq!(kept(&club, ACTION, "ok").await, 2);
}

#[apply(both_engines)]
async fn twins_at_once_give_once(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let ben = club.member("ben").await.member.user_id;
    let racing = club.clone();
    let answers = raced(6, move |number| {
        let (club, boss) = (racing.clone(), boss.clone());
        // Named in either order, they are locked in one.
        let (one, two) = match number % 2 {
            0 => (gives(ann, 5), gives(ben, 5)),
            _ => (gives(ben, 5), gives(ann, 5)),
        };
        let name = ["even", "odd"][number % 2];
        async move { done(grants(&club, &boss, &[one, two], once(name)).await) }
    });
    assert!(answers.await.iter().all(|answer| answer.success));
    for user in [ann, ben] {
        assert_eq!(tokens_of(&club, user).await, 1_010);
    }
}

#[apply(both_engines)]
async fn what_can_be_given_to_nobody_is_refused_and_kept(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await.member.user_id;
    let odd = [
        Vec::new(),
        vec![gives(ann, 1); 1_001],
        vec![gives(ann, 1), gives(ann, 0)],
        vec![gives(ann, Tokens::MAX.get() + 1)],
    ];
    for items in odd {
        let refused = grants(&club, &boss, &items, Wish::default()).await;
        assert_eq!(code(refused), Some(Code::Invalid), "{} items", items.len());
    }
    assert_eq!(kept(&club, ACTION, "invalid").await, 4);
    let refused = grants(&club, &support, &[gives(ann, 1)], Wish::default()).await;
    assert_eq!(code(refused), Some(Code::Forbidden));
    assert_eq!(kept(&club, ACTION, "forbidden").await, 1);
    assert_eq!(tokens_of(&club, ann).await, 1_000);
}

#[apply(both_engines)]
async fn each_says_why_where_the_club_is_strict(engine: Engine) {
    within(engine, strict, async |club| {
        let boss = club.staff("boss").await;
        let ann = club.member("ann").await.member.user_id;
        let silent = GrantItem {
            source_description: None,
            ..gives(ann, 1)
        };
        for (items, field) in [
            (vec![silent.clone()], "source_description"),
            (vec![gives(ann, 1), silent], "items[1].source_description"),
        ] {
            let refused = grants(&club, &boss, &items, Wish::default()).await;
            let refused = refused.unwrap_err().public();
            assert_eq!(refused.fields[0].field, field);
        }
        done(grants(&club, &boss, &[gives(ann, 1)], Wish::default()).await);
    })
    .await;
}
