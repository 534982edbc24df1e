//! Somebody else grants what waits, or refuses it.

use testkit::club::{ban, because};
use wire::desk::ApprovalLinesRequest;
use wire::staff::RolesChange;

use super::*;

const ADD: &str = "users/tokens/add";
const APPROVE: &str = "approvals/approve";

/// Two owners, a member, and what the first owner asked for: so many tokens for that member.
async fn asked(club: &Club, amount: i64) -> (Staff, Staff, UserId, i64) {
    let (boss, second) = (club.staff("boss").await, club.staff("second").await);
    let ann = club.member("ann").await.member.user_id;
    let id = waits(adds(club, &boss, (ann, amount), Wish::default()).await);
    (boss, second, ann, id)
}

#[apply(both_engines)]
async fn somebody_else_grants_it_and_it_is_done_once(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, id) = asked(&club, 5_000).await;
        club.clock.advance_secs(DAY_SECS - 1);
        let desk = &club.backend.desk;
        let granted = desk.approve(&second, id).await.unwrap();
        assert_eq!(
            (granted.state, granted.decided_by),
            (ApprovalState::Done, Some(second.user_id()))
        );
        assert!(granted.result.unwrap().contains("6000"));
        assert_eq!(tokens_of(&club, ann).await, 6_000);
        let rows = acts(&club, &boss).await;
        let [grants, gives] = [&rows[0], &rows[1]];
        assert_eq!(
            (&*grants.action, grants.actor, &*grants.subject),
            (APPROVE, Some(second.user_id()), &*id.to_string())
        );
        assert_eq!(
            (&*gives.action, gives.actor, &*gives.subject, &*gives.roles),
            (ADD, Some(boss.user_id()), &*ann.to_string(), "owner")
        );
        assert_eq!(gives.reason.as_deref(), Some("a test"));
        assert_eq!(gives.request_id, grants.request_id);
        let again = desk.approve(&second, id).await;
        assert_eq!(code(again), Some(Code::ApprovalDecided));
        let late = desk.refuse(&second, id, because("too late")).await;
        assert_eq!(code(late), Some(Code::ApprovalDecided));
        let late = desk.cancel(&boss, id).await;
        assert_eq!(code(late), Some(Code::ApprovalDecided));
        assert_eq!(tokens_of(&club, ann).await, 6_000);
        assert_eq!(kept(&club, APPROVE, "approval_decided").await, 1);
    })
    .await;
}

#[apply(both_engines)]
async fn it_is_granted_by_who_could_do_it_and_by_nobody_for_themselves(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, id) = asked(&club, 5_000).await;
        let support = club.staff_as("sue", Role::Support).await;
        let auditor = club.staff_as("amy", Role::Auditor).await;
        let desk = &club.backend.desk;
        for (staff, id, refusal) in [
            (&boss, id, Code::OwnAccount),
            (&support, id, Code::Forbidden),
            (&auditor, id, Code::Forbidden),
            (&second, id + 1, Code::NotFound),
        ] {
            let granted = desk.approve(staff, id).await;
            let refused = desk.refuse(staff, id, because("a test")).await;
            let both = (code(granted), code(refused));
            assert_eq!(both, (Some(refusal), Some(refusal)), "{refusal:?}");
        }
        let word = "own_account";
        assert_eq!(kept(&club, APPROVE, word).await, 1);
        assert_eq!(tokens_of(&club, ann).await, 1_000);
        assert_eq!(stands(&club, &boss, id).await.state, ApprovalState::Waiting);
        // To see what waits is another right.
        let all = ApprovalsRequest::default;
        assert_eq!(
            desk.approvals(&auditor, all()).await.unwrap().items.len(),
            1
        );
        let refused = desk.approvals(&support, all()).await;
        assert_eq!(code(refused), Some(Code::Forbidden));
        let finance = club.staff_as("fin", Role::Finance).await;
        desk.approve(&finance, id).await.unwrap();
    })
    .await;
}

#[apply(both_engines)]
async fn of_two_who_grant_at_once_one_does(engine: Engine) {
    within(engine, few, async |club| {
        let (_, second, ann, id) = asked(&club, 5_000).await;
        let third = club.staff("third").await;
        let racing = (club.clone(), [second, third]);
        let answers = raced(2, move |number| {
            let (club, staff) = racing.clone();
            async move { club.backend.desk.approve(&staff[number], id).await }
        });
        let answers = answers.await;
        let granted = answers.iter().filter(|answer| answer.is_ok());
        assert_eq!(granted.count(), 1, "{answers:?}");
        for refused in answers.into_iter().filter_map(Result::err) {
            assert_eq!(refused.code(), Code::ApprovalDecided);
        }
        assert_eq!(tokens_of(&club, ann).await, 6_000);
    })
    .await;
}

#[apply(both_engines)]
async fn after_a_day_it_is_too_late(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, id) = asked(&club, 5_000).await;
        let desk = &club.backend.desk;
        club.clock.advance_secs(DAY_SECS);
        for _ in 0..2 {
            let late = desk.approve(&second, id).await;
            assert_eq!(code(late), Some(Code::Expired));
            let late = desk.cancel(&boss, id).await;
            assert_eq!(code(late), Some(Code::Expired));
            desk.end_approvals().await.unwrap();
        }
        assert_eq!(stands(&club, &boss, id).await.state, ApprovalState::Expired);
        assert_eq!(kept(&club, "approvals/expire", "ok").await, 1);
        let rows = acts(&club, &boss).await;
        let row = rows.iter().find(|row| row.action == "approvals/expire");
        let row = row.unwrap();
        assert_eq!((row.actor, &*row.roles), (None, "club"));
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

#[apply(both_engines)]
async fn it_is_refused_by_somebody_else_and_taken_back_by_who_asked(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, first) = asked(&club, 5_000).await;
        let desk = &club.backend.desk;
        let refused = desk.refuse(&second, first, because("not so many")).await;
        let refused = refused.unwrap();
        assert_eq!(
            (refused.state, refused.decided_by),
            (ApprovalState::Refused, Some(second.user_id()))
        );
        assert!(refused.result.unwrap().contains("not so many"));
        let row = &acts(&club, &boss).await[0];
        assert_eq!(row.reason.as_deref(), Some("not so many"));
        let next = waits(adds(&club, &boss, (ann, 4_000), Wish::default()).await);
        let others = desk.cancel(&second, next).await;
        assert_eq!(code(others), Some(Code::Forbidden));
        let back = desk.cancel(&boss, next).await.unwrap();
        assert_eq!(back.state, ApprovalState::Cancelled);
        for id in [first, next] {
            let late = desk.approve(&second, id).await;
            assert_eq!(code(late), Some(Code::ApprovalDecided));
        }
        let missing = desk.cancel(&boss, next + 1).await;
        assert_eq!(code(missing), Some(Code::NotFound));
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

#[apply(both_engines)]
async fn whoever_asked_must_still_have_the_right(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, id) = asked(&club, 5_000).await;
        let change = RolesChange {
            roles: Role::Auditor.into(),
            version: 1,
            reason: Some("a test".to_owned()),
        };
        let (accounts, desk) = (&club.backend.accounts, &club.backend.desk);
        let user = boss.user_id();
        accounts.set_roles(&second, user, change).await.unwrap();
        let whole = async || {
            let all = ApprovalLinesRequest::default();
            desk.approval(&second, id, all).await.unwrap()
        };
        let seen = whole().await;
        assert_eq!(
            (seen.is_as_shown, seen.takes_effect_at),
            (Some(false), None)
        );
        let rights = seen.rights;
        assert_eq!((rights.approve, rights.refuse), (false, true));
        // Whoever grants it all the same has the right, and is not told otherwise.
        let granted = desk.approve(&second, id).await;
        assert_eq!(code(granted), Some(Code::PreviewChanged));
        assert_eq!(whole().await.is_as_shown, None);
        let failed = stands(&club, &second, id).await;
        assert_eq!(failed.state, ApprovalState::Failed);
        assert!(failed.result.unwrap().contains("forbidden"));
        assert_eq!(kept(&club, APPROVE, "forbidden").await, 1);
        let again = desk.approve(&second, id).await;
        assert_eq!(code(again), Some(Code::ApprovalDecided));
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

#[apply(both_engines)]
async fn what_a_banned_asker_left_waiting_is_no_ones_to_grant(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, id) = asked(&club, 5_000).await;
        let (accounts, desk) = (&club.backend.accounts, &club.backend.desk);
        let grantable = async || {
            let all = ApprovalLinesRequest::default();
            let whole = desk.approval(&second, id, all).await.unwrap();
            (whole.is_as_shown, whole.rights.approve)
        };
        assert_eq!(grantable().await, (Some(true), true));
        let user = boss.user_id();
        accounts.ban(&second, user, ban("a test")).await.unwrap();
        assert_eq!(grantable().await, (Some(false), false));
        desk.refuse(&second, id, because("banned")).await.unwrap();
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

#[apply(both_engines)]
async fn what_would_do_something_else_by_now_fails(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let third = club.staff("third").await;
        let desk = &club.backend.desk;
        for (name, taken, word) in [
            ("ann", 1, "preview_changed"),
            ("ben", 900, "insufficient_tokens"),
        ] {
            let user = club.member(name).await.member.user_id;
            done(adds(&club, &second, (user, 500), Wish::default()).await);
            let id = waits(deducts(&club, &boss, (user, 1_200), Wish::default()).await);
            done(deducts(&club, &third, (user, taken), Wish::default()).await);
            let granted = desk.approve(&second, id).await;
            assert_eq!(code(granted), Some(Code::PreviewChanged), "{name}");
            let failed = stands(&club, &boss, id).await;
            assert_eq!(
                (failed.state, failed.decided_by),
                (ApprovalState::Failed, Some(second.user_id()))
            );
            assert!(failed.result.unwrap().contains(word));
            assert_eq!(kept(&club, APPROVE, word).await, 1);
            assert_eq!(tokens_of(&club, user).await, 1_500 - taken);
        }
    })
    .await;
}

/// What a member does meanwhile does not keep from them what they are given.
#[apply(both_engines)]
async fn what_is_given_hangs_on_no_balance(engine: Engine) {
    within(engine, few, async |club| {
        let (_, second, ann, id) = asked(&club, 5_000).await;
        done(deducts(&club, &second, (ann, 1_000), Wish::default()).await);
        club.backend.desk.approve(&second, id).await.unwrap();
        assert_eq!(tokens_of(&club, ann).await, 5_000);
    })
    .await;
}

#[apply(both_engines)]
async fn many_are_given_in_parts_once_they_are_granted(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let ann = club.member("ann").await.member.user_id;
        let items = vec![gives(ann, 10); 501];
        let id = waits(grants(&club, &boss, &items, Wish::default()).await);
        let desk = &club.backend.desk;
        let granted = desk.approve(&second, id).await.unwrap();
        assert_eq!(granted.state, ApprovalState::Done);
        let result = granted.result.unwrap();
        let answer: GrantBulkResult = serde_json::from_str(&result).unwrap();
        assert_eq!((answer.success, answer.results.len()), (true, 501));
        assert_eq!(kept(&club, "rewards/grant-bulk", "ok").await, 2);
        assert_eq!(kept(&club, APPROVE, "ok").await, 1);
        // As if whoever did it had been stopped before it was noted.
        run(
            &club,
            "UPDATE approvals SET state = 'granted', result = NULL",
        )
        .await;
        assert_eq!(desk.end_approvals().await.unwrap(), 0, "it may go on");
        club.clock.advance_secs(60);
        let other = another_process(&club, |_| ());
        assert_eq!(other.desk.end_approvals().await.unwrap(), 1);
        assert_eq!(desk.end_approvals().await.unwrap(), 0);
        let stands = stands(&club, &boss, id).await;
        assert_eq!(
            (stands.state, stands.result),
            (ApprovalState::Done, Some(result))
        );
        assert_eq!(tokens_of(&club, ann).await, 1_000 + 5_010);
        assert_eq!(kept(&club, "rewards/grant-bulk", "ok").await, 2);
    })
    .await;
}

#[apply(both_engines)]
async fn what_waits_is_listed_page_by_page(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second, ann, first) = asked(&club, 5_000).await;
        let next = waits(adds(&club, &boss, (ann, 4_000), Wish::default()).await);
        let desk = &club.backend.desk;
        desk.refuse(&second, first, because("not so many"))
            .await
            .unwrap();
        let found = async |request: ApprovalsRequest| {
            let page = desk.approvals(&boss, request).await.unwrap();
            let ids: Vec<i64> = page.items.iter().map(|it| it.id).collect();
            (ids, page.next_cursor)
        };
        let all = ApprovalsRequest::default;
        assert_eq!(found(all()).await, (vec![next, first], None));
        for (state, id) in [
            (ApprovalState::Refused, first),
            (ApprovalState::Waiting, next),
        ] {
            let state = Some(state);
            let of_state = ApprovalsRequest { state, ..all() };
            assert_eq!(found(of_state).await.0, [id]);
        }
        let limit = Some(1);
        let (ids, cursor) = found(ApprovalsRequest { limit, ..all() }).await;
        assert_eq!(ids, [next]);
        let rest = ApprovalsRequest { cursor, ..all() };
        assert_eq!(found(rest).await, (vec![first], None));
    })
    .await;
}

#[apply(both_engines)]
async fn nobody_grants_what_they_get_themselves(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let third = club.staff("third").await;
        let to_second = (second.user_id(), 5_000);
        let id = waits(adds(&club, &boss, to_second, Wish::default()).await);
        let desk = &club.backend.desk;
        let own = desk.approve(&second, id).await;
        assert_eq!(code(own), Some(Code::OwnAccount));
        assert_eq!(kept(&club, APPROVE, "own_account").await, 1);
        let granted = desk.approve(&third, id).await.unwrap();
        assert_eq!(granted.state, ApprovalState::Done, "it waited on");
        assert_eq!(tokens_of(&club, second.user_id()).await, 6_000);
    })
    .await;
}
