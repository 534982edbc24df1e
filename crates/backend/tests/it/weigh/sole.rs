//! What nobody else can grant takes effect after an hour.

use testkit::club::{ban, because};
use wire::Timestamp;
use wire::desk::ApprovalLinesRequest;
use wire::staff::RolesChange;

use super::*;

const ADD: &str = "users/tokens/add";

/// An owner, a member, and what that owner asked for.
async fn asked(club: &Club) -> (Staff, UserId, i64) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let id = waits(adds(club, &boss, (ann, 5_000), Wish::default()).await);
    (boss, ann, id)
}

/// What the job does; how many it ended.
async fn ends(club: &Club) -> u64 {
    club.backend.desk.end_approvals().await.unwrap()
}

/// When it is said to take effect by itself.
async fn announced(club: &Club, boss: &Staff, id: i64) -> Option<Timestamp> {
    let all = ApprovalLinesRequest::default();
    let whole = club.backend.desk.approval(boss, id, all).await;
    whole.unwrap().takes_effect_at
}

#[apply(both_engines)]
async fn it_is_said_when_it_takes_effect_unless_somebody_else_has_to_grant_it(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, ann, id) = asked(&club).await;
        let at = stands(&club, &boss, id).await.created_at;
        let at = at.plus_secs(HOUR_SECS);
        assert_eq!(announced(&club, &boss, id).await, Some(at));
        club.member("second").await;
        let accounts = &club.backend.accounts;
        accounts.promote("second", Role::Finance).await.unwrap();
        let second = club.signs_in("second").await.member;
        assert_eq!(announced(&club, &boss, id).await, Some(at));
        club.has_factor(&second).await;
        assert_eq!(announced(&club, &boss, id).await, None);
        takes(&club, &boss, second.user_id, Taken::Factor).await;
        assert_eq!(
            announced(&club, &boss, id).await,
            None,
            "it was boss who did that"
        );
        club.backend.desk.cancel(&boss, id).await.unwrap();
        club.clock.advance_secs(DAY_SECS - HOUR_SECS);
        let next = waits(adds(&club, &boss, (ann, 4_000), Wish::default()).await);
        let said = announced(&club, &boss, next).await.unwrap();
        club.clock.advance_secs(HOUR_SECS);
        assert_eq!(said, club.backend.clock().now());
        assert_eq!(ends(&club).await, 1);
        assert_eq!(announced(&club, &boss, next).await, None, "it is done");
    })
    .await;
}

#[apply(both_engines)]
async fn it_takes_effect_after_an_hour_and_once(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, ann, id) = asked(&club).await;
        // One who has no second factor is nobody else.
        club.staff("second").await;
        assert_eq!(ends(&club).await, 0);
        club.clock.advance_secs(HOUR_SECS - 1);
        assert_eq!(ends(&club).await, 0);
        assert_eq!(tokens_of(&club, ann).await, 1_000);
        club.clock.advance_secs(1);
        let racing = club.clone();
        let ended = raced(4, move |_| {
            let club = racing.clone();
            async move { ends(&club).await }
        });
        assert_eq!(ended.await.iter().sum::<u64>(), 1);
        let other = another_process(&club, |_| ());
        assert_eq!(other.desk.end_approvals().await.unwrap(), 0);
        assert_eq!(tokens_of(&club, ann).await, 6_000);
        let stands = stands(&club, &boss, id).await;
        assert_eq!(
            (stands.state, stands.decided_by),
            (ApprovalState::Done, None)
        );
        let row = &acts(&club, &boss).await[0];
        assert_eq!(
            (&*row.action, row.actor, &*row.roles, &*row.outcome),
            (ADD, Some(boss.user_id()), "owner sole", "ok")
        );
        assert_eq!(kept(&club, ADD, "ok").await, 1);
    })
    .await;
}

#[apply(both_engines)]
async fn it_waits_for_somebody_else_who_could_grant_it(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, ann, id) = asked(&club).await;
        club.member("second").await;
        let accounts = &club.backend.accounts;
        accounts.promote("second", Role::Finance).await.unwrap();
        let second = club.signs_in("second").await.member;
        club.has_factor(&second).await;
        club.clock.advance_secs(HOUR_SECS);
        assert_eq!(ends(&club).await, 0);
        assert_eq!(stands(&club, &boss, id).await.state, ApprovalState::Waiting);
        club.clock.advance_secs(DAY_SECS - HOUR_SECS);
        assert_eq!(ends(&club).await, 1);
        assert_eq!(stands(&club, &boss, id).await.state, ApprovalState::Expired);
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

#[apply(both_engines)]
async fn it_can_be_taken_back_within_the_hour(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, ann, id) = asked(&club).await;
        club.clock.advance_secs(HOUR_SECS - 1);
        club.backend.desk.cancel(&boss, id).await.unwrap();
        club.clock.advance_secs(1);
        assert_eq!(ends(&club).await, 0);
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

#[apply(both_engines)]
async fn whoever_may_no_more_has_nothing_done(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, ann, id) = asked(&club).await;
        let second = club.staff("second").await;
        let change = RolesChange {
            roles: Role::Auditor.into(),
            version: 1,
            reason: Some("a test".to_owned()),
        };
        let accounts = &club.backend.accounts;
        let user = boss.user_id();
        accounts.set_roles(&second, user, change).await.unwrap();
        club.clock.advance_secs(HOUR_SECS);
        assert_eq!((ends(&club).await, ends(&club).await), (1, 0));
        let failed = stands(&club, &second, id).await;
        assert_eq!(failed.state, ApprovalState::Failed);
        assert_eq!(kept(&club, ADD, "forbidden").await, 1);
        assert_eq!(tokens_of(&club, ann).await, 1_000);
    })
    .await;
}

/// How an owner takes away what another of staff acts with.
#[derive(Clone, Copy, Debug)]
enum Taken {
    Factor,
    Roles,
    ByBan,
}

async fn takes(club: &Club, boss: &Staff, user: UserId, taken: Taken) {
    let accounts = &club.backend.accounts;
    match taken {
        Taken::Factor => {
            let reset = accounts.reset_second_factor(boss, user, because("a test"));
            reset.await.unwrap();
        }
        Taken::Roles => {
            let change = RolesChange {
                roles: Role::Auditor.into(),
                version: 1,
                reason: Some("a test".to_owned()),
            };
            accounts.set_roles(boss, user, change).await.unwrap();
        }
        Taken::ByBan => {
            accounts.ban(boss, user, ban("a test")).await.unwrap();
        }
    }
}

#[apply(both_engines)]
async fn nobody_becomes_sole_by_taking_away_what_the_others_act_with(engine: Engine) {
    for taken in [Taken::Factor, Taken::Roles, Taken::ByBan] {
        within(engine, few, async |club| {
            let (boss, ann, id) = asked(&club).await;
            club.member("second").await;
            let accounts = &club.backend.accounts;
            accounts.promote("second", Role::Finance).await.unwrap();
            let second = club.signs_in("second").await.member;
            club.has_factor(&second).await;
            takes(&club, &boss, second.user_id, taken).await;
            club.clock.advance_secs(DAY_SECS - 1);
            assert_eq!(ends(&club).await, 0, "{taken:?}");
            assert_eq!(stands(&club, &boss, id).await.state, ApprovalState::Waiting);
            club.clock.advance_secs(1);
            assert_eq!(ends(&club).await, 1);
            assert_eq!(stands(&club, &boss, id).await.state, ApprovalState::Expired);
            assert_eq!(tokens_of(&club, ann).await, 1_000);
            // A day later it is how things are.
            waits(adds(&club, &boss, (ann, 5_000), Wish::default()).await);
            club.clock.advance_secs(HOUR_SECS);
            assert_eq!(ends(&club).await, 1);
            assert_eq!(tokens_of(&club, ann).await, 6_000);
        })
        .await;
    }
}

/// What is done to players keeps nobody from it.
#[apply(both_engines)]
async fn a_ban_of_a_player_leaves_whoever_is_sole_that(engine: Engine) {
    within(engine, few, async |club| {
        let (boss, ann, _) = asked(&club).await;
        let ben = club.member("ben").await.member.user_id;
        takes(&club, &boss, ben, Taken::ByBan).await;
        club.clock.advance_secs(HOUR_SECS);
        assert_eq!(ends(&club).await, 1);
        assert_eq!(tokens_of(&club, ann).await, 6_000);
    })
    .await;
}
