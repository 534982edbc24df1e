//! What one of staff does alone in a day counts together.

use super::*;

#[apply(both_engines)]
async fn tokens_of_a_day_count_together_and_what_goes_beyond_waits(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let ann = club.member("ann").await.member.user_id;
        done(adds(&club, &boss, (ann, 600), Wish::default()).await);
        done(deducts(&club, &boss, (ann, 400), Wish::default()).await);
        let id = waits(adds(&club, &boss, (ann, 1), Wish::default()).await);
        assert_eq!(tokens_of(&club, ann).await, 1_200);
        let row = &acts(&club, &boss).await[0];
        assert_eq!(
            (&*row.action, &*row.outcome),
            ("users/tokens/add", "waiting")
        );
        assert!(row.after.as_deref().unwrap().contains(&id.to_string()));
        let kept = stands(&club, &boss, id).await;
        assert_eq!(
            (kept.actor, &*kept.action, kept.subject),
            (boss.user_id(), "users/tokens/add", ann.to_string())
        );
        assert_eq!(
            (kept.state, kept.reason.as_deref(), kept.preview.members),
            (ApprovalState::Waiting, Some("a test"), 1)
        );
        // What one does is no matter of another's, and every day is a new one.
        done(adds(&club, &second, (ann, 1), Wish::default()).await);
        club.clock.advance_secs(DAY_SECS);
        done(adds(&club, &boss, (ann, 1_000), Wish::default()).await);
        waits(adds(&club, &boss, (ann, 1), Wish::default()).await);
    })
    .await;
}

#[apply(both_engines)]
async fn members_of_a_day_count_together_also_those_of_many_at_once(engine: Engine) {
    within(engine, few, async |club| {
        let boss = club.staff("boss").await;
        let ann = club.member("ann").await.member.user_id;
        let ben = club.member("ben").await.member.user_id;
        let both = [gives(ann, 1), gives(ben, 1), gives(ben, 1)];
        done(grants(&club, &boss, &both, Wish::default()).await);
        waits(grants(&club, &boss, &both, Wish::default()).await);
        done(adds(&club, &boss, (ann, 1), Wish::default()).await);
        waits(adds(&club, &boss, (ann, 1), Wish::default()).await);
        assert_eq!(tokens_of(&club, ann).await, 1_002);
        assert_eq!(tokens_of(&club, ben).await, 1_002);
    })
    .await;
}

#[apply(both_engines)]
async fn what_was_not_done_alone_is_not_counted(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let ann = club.member("ann").await.member.user_id;
        preview(adds(&club, &boss, (ann, 900), dry()).await);
        let refused = deducts(&club, &boss, (ann, 1_001), Wish::default()).await;
        assert_eq!(code(refused), Some(Code::InsufficientTokens));
        let id = waits(adds(&club, &boss, (ann, 5_000), Wish::default()).await);
        club.backend.desk.approve(&second, id).await.unwrap();
        done(adds(&club, &boss, (ann, 1_000), once("k")).await);
        // Nor is a twin.
        done(adds(&club, &boss, (ann, 1_000), once("k")).await);
        done(adds(&club, &second, (ann, 1_000), Wish::default()).await);
        assert_eq!(tokens_of(&club, ann).await, 8_000);
    })
    .await;
}

#[apply(both_engines)]
async fn what_one_does_at_once_is_counted_one_after_another(engine: Engine) {
    within(engine, few, async |club| {
        let boss = club.staff("boss").await;
        let mut users = Vec::new();
        for name in ["ann", "ben", "cem", "dan", "eve", "fay"] {
            users.push(club.member(name).await.member.user_id);
        }
        let racing = (club.clone(), boss.clone(), users.clone());
        let answers = raced(users.len(), move |number| {
            let (club, boss, users) = racing.clone();
            async move { adds(&club, &boss, (users[number], 400), Wish::default()).await }
        });
        let answers = answers.await.into_iter().map(Result::unwrap);
        let is_done = |it: &Weighed<TokensMoved>| matches!(it, Weighed::Done(_));
        assert_eq!(answers.filter(is_done).count(), 2);
        let waiting = "SELECT COUNT(*) FROM approvals WHERE state = 'waiting'";
        assert_eq!(number(&club, waiting).await, 4);
    })
    .await;
}

#[apply(both_engines)]
async fn what_has_a_key_waits_once(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let ann = club.member("ann").await.member.user_id;
        let racing = (club.clone(), boss.clone());
        let ids = raced(4, move |_| {
            let (club, boss) = racing.clone();
            async move { waits(adds(&club, &boss, (ann, 5_000), once("k")).await) }
        });
        let ids = ids.await;
        let id = ids[0];
        assert_eq!(ids, [id; 4]);
        assert_eq!(kept(&club, "users/tokens/add", "waiting").await, 1);
        let other = adds(&club, &boss, (ann, 5_001), once("k")).await;
        assert_eq!(code(other), Some(Code::IdempotencyMismatch));
        club.backend.desk.approve(&second, id).await.unwrap();
        // From then on the key answers what was done.
        let answer = done(adds(&club, &boss, (ann, 5_000), once("k")).await);
        assert_eq!(answer.balance.get(), 6_000);
        assert_eq!(tokens_of(&club, ann).await, 6_000);
    })
    .await;
}

#[apply(both_engines)]
async fn what_was_taken_back_may_be_asked_for_again_with_its_key(engine: Engine) {
    within(engine, few, async |club| {
        let boss = club.staff("boss").await;
        let ann = club.member("ann").await.member.user_id;
        let first = waits(adds(&club, &boss, (ann, 5_000), once("k")).await);
        club.backend.desk.cancel(&boss, first).await.unwrap();
        let second = waits(adds(&club, &boss, (ann, 5_000), once("k")).await);
        assert_ne!(first, second);
    })
    .await;
}

#[apply(both_engines)]
async fn the_very_same_waits_once_under_whichever_key_also_asked_for_at_once(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let ann = club.member("ann").await.member.user_id;
        done(adds(&club, &boss, (ann, 500), Wish::default()).await);
        let racing = (club.clone(), boss.clone());
        let ids = raced(4, move |number| {
            let (club, boss) = racing.clone();
            let wish = [once("a"), once("b"), once("c"), Wish::default()][number].clone();
            async move { waits(adds(&club, &boss, (ann, 900), wish).await) }
        });
        let ids = ids.await;
        let id = ids[0];
        assert_eq!(ids, [id; 4]);
        assert_eq!(kept(&club, "users/tokens/add", "waiting").await, 1);
        // Somebody else's, another member's and another amount are other requests.
        done(adds(&club, &second, (ann, 900), Wish::default()).await);
        let ben = club.member("ben").await.member.user_id;
        assert_ne!(waits(adds(&club, &boss, (ben, 900), once("d")).await), id);
        assert_ne!(waits(adds(&club, &boss, (ann, 901), once("e")).await), id);
        assert_eq!(tokens_of(&club, ann).await, 2_400);
        club.backend.desk.approve(&second, id).await.unwrap();
        assert_eq!(tokens_of(&club, ann).await, 3_300);
        // Decided, it may be asked for again.
        assert_ne!(waits(adds(&club, &boss, (ann, 900), once("f")).await), id);
    })
    .await;
}

/// On a new day it could be done alone, beside what waits.
#[apply(both_engines)]
async fn what_waits_is_not_done_alone_meanwhile(engine: Engine) {
    within(engine, few, async |club| {
        let boss = club.staff("boss").await;
        let ann = club.member("ann").await.member.user_id;
        done(adds(&club, &boss, (ann, 500), Wish::default()).await);
        let id = waits(adds(&club, &boss, (ann, 900), Wish::default()).await);
        run(&club, "UPDATE staff_days SET members = 0, tokens = 0").await;
        let again = waits(adds(&club, &boss, (ann, 900), Wish::default()).await);
        assert_eq!(again, id);
        assert_eq!(tokens_of(&club, ann).await, 1_500);
        club.backend.desk.cancel(&boss, id).await.unwrap();
        done(adds(&club, &boss, (ann, 900), Wish::default()).await);
    })
    .await;
}

#[apply(both_engines)]
async fn at_most_twenty_of_one_wait_also_where_they_are_asked_for_at_once(engine: Engine) {
    within(engine, few, async |club| {
        let boss = club.staff("boss").await;
        let ann = club.member("ann").await.member.user_id;
        for amount in 5_000..5_018 {
            waits(adds(&club, &boss, (ann, amount), Wish::default()).await);
        }
        let racing = (club.clone(), boss.clone());
        let answers = raced(6, move |number| {
            let (club, boss) = racing.clone();
            let amount = [6_000, 6_001, 6_002, 6_003, 6_004, 6_005][number];
            async move { adds(&club, &boss, (ann, amount), Wish::default()).await }
        });
        let mut refused = Vec::new();
        for answer in answers.await {
            match answer {
                Ok(answer) => assert!(matches!(answer, Weighed::Waits(_)), "{answer:?}"),
                Err(error) => refused.push(error.code()),
            }
        }
        assert_eq!(refused, [Code::TooMuchWaits; 4]);
        assert_eq!(kept(&club, "users/tokens/add", "too_much_waits").await, 4);
        // What is too old does not wait any more.
        club.clock.advance_secs(DAY_SECS);
        waits(adds(&club, &boss, (ann, 5_000), Wish::default()).await);
    })
    .await;
}

#[apply(both_engines)]
async fn without_limits_nothing_waits(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    done(adds(&club, &boss, (ann, 1_000_000_000), Wish::default()).await);
    assert_eq!(number(&club, "SELECT COUNT(*) FROM staff_days").await, 0);
}
