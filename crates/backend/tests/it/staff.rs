//! Who runs the club, and what they may do to whom.

use backend::{Result, Staff};
use testkit::club::{ban, because, origin};
use testkit::{Club, Player, apply, both_engines};
use wire::staff::{
    AuditRequest, BanRequest, ElevateRequest, Role, Roles, RolesChange, StaffMember,
};
use wire::user::Rank;
use wire::{Code, UserId};

use crate::table::raced;

async fn becomes(club: &Club, boss: &Staff, user: UserId, roles: &[Role]) -> Result<StaffMember> {
    let accounts = &club.backend.accounts;
    let stands = accounts.staff_member(boss, user).await?;
    let change = RolesChange {
        roles: roles.to_vec().into(),
        version: stands.version,
        reason: Some("a test".to_owned()),
    };
    accounts.set_roles(boss, user, change).await
}

fn code<T>(answer: Result<T>) -> Option<Code> {
    answer.err().map(|error| error.code())
}

#[apply(both_engines)]
async fn roles_are_given_and_taken_and_count_at_once(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    let accounts = &club.backend.accounts;
    let roles = [Role::Support, Role::Finance];
    let given = becomes(&club, &boss, user, &roles).await.unwrap();
    assert_eq!(
        (given.roles.as_text(), given.version),
        ("finance support".to_owned(), 1)
    );
    let ann = club.signs_in("ann").await;
    assert_eq!(ann.member.roles, given.roles);
    assert!(accounts.me(user).await.unwrap().is_admin);
    let listed = accounts.staff(&boss).await.unwrap().items;
    let names: Vec<&str> = listed.iter().map(|it| it.site_id.as_str()).collect();
    assert_eq!(names, ["boss", "ann"]);
    let taken = becomes(&club, &boss, user, &[]).await.unwrap();
    assert_eq!((taken.roles.is_empty(), taken.version), (true, 2));
    assert!(!club.signs_in("ann").await.member.is_staff());
    assert!(!accounts.me(user).await.unwrap().is_admin);
    assert_eq!(accounts.staff(&boss).await.unwrap().items.len(), 1);
}

#[apply(both_engines)]
async fn a_change_from_what_stood_before_is_refused(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    becomes(&club, &boss, ann, &[Role::Games]).await.unwrap();
    let stale = RolesChange {
        roles: Role::Finance.into(),
        version: 0,
        reason: None,
    };
    let accounts = &club.backend.accounts;
    let refused = accounts.set_roles(&boss, ann, stale).await;
    assert_eq!(code(refused), Some(Code::EditConflict));
    let stands = accounts.staff_member(&boss, ann).await.unwrap();
    assert_eq!(stands.roles, Roles::from(Role::Games));
    let missing = accounts.staff_member(&boss, UserId(999)).await;
    assert_eq!(code(missing), Some(Code::NotFound));
}

#[apply(both_engines)]
async fn two_changes_of_one_version_are_one(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let racing = club.clone();
    let answers = raced(4, move |number| {
        let (club, boss) = (racing.clone(), boss.clone());
        let change = RolesChange {
            roles: Role::ALL[number].into(),
            version: 0,
            reason: None,
        };
        async move { club.backend.accounts.set_roles(&boss, ann, change).await }
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| answer.is_ok());
    assert_eq!(done.count(), 1);
    for refused in answers.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code(), Code::EditConflict);
    }
}

#[apply(both_engines)]
async fn the_club_always_has_an_owner(club: Club) {
    let boss = club.staff("boss").await;
    let alone = boss.user_id();
    // Alone, an owner may change their own roles, but not leave the club without one.
    let left = becomes(&club, &boss, alone, &[Role::Games]).await;
    assert_eq!(code(left), Some(Code::LastOwner));
    let both = [Role::Owner, Role::Games];
    becomes(&club, &boss, alone, &both).await.unwrap();
    let rows = club.backend.audit.list(&boss, AuditRequest::default());
    assert_eq!(rows.await.unwrap().items[0].roles, "owner sole");
    let banned = club.backend.accounts.ban(&boss, alone, ban("a test")).await;
    assert_eq!(code(banned), Some(Code::LastOwner));
    // Beside another owner, nobody changes their own.
    let second = club.staff("second").await;
    let own = becomes(&club, &boss, alone, &[Role::Owner]).await;
    assert_eq!(code(own), Some(Code::OwnAccount));
    becomes(&club, &second, alone, &[]).await.unwrap();
    let last = becomes(&club, &second, second.user_id(), &[]).await;
    assert_eq!(code(last), Some(Code::LastOwner));
}

/// A ban that ends keeps an owner from acting as well.
#[apply(both_engines)]
async fn owners_who_ban_each_other_leave_one_who_can_act(club: Club) {
    let (one, two) = (club.staff("one").await, club.staff("two").await);
    let racing = club.clone();
    let an_hour = BanRequest {
        hours: Some(1),
        ..ban("a test")
    };
    let answers = raced(2, move |number| {
        let (club, one, two) = (racing.clone(), one.clone(), two.clone());
        let an_hour = an_hour.clone();
        async move {
            let (boss, other) = if number == 0 { (one, two) } else { (two, one) };
            let accounts = &club.backend.accounts;
            accounts.ban(&boss, other.user_id(), an_hour).await
        }
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| answer.is_ok());
    assert_eq!(done.count(), 1, "{answers:?}");
    let owners = "SELECT COUNT(*) FROM users WHERE banned_at IS NULL";
    assert_eq!(crate::crash::verbs::number(&club, owners).await, 1);
}

#[apply(both_engines)]
async fn an_owner_who_can_act_alone_bans_nobody_out_of_that(club: Club) {
    let (one, two) = (club.staff("one").await, club.staff("two").await);
    let accounts = &club.backend.accounts;
    let long = BanRequest {
        hours: Some(87_600),
        ..ban("a test")
    };
    accounts
        .ban(&one, two.user_id(), long.clone())
        .await
        .unwrap();
    let own = accounts.ban(&one, one.user_id(), long).await;
    assert_eq!(code(own), Some(Code::LastOwner));
    // Nobody else could do it, so that they may.
    becomes(&club, &one, one.user_id(), &[Role::Owner, Role::Games])
        .await
        .unwrap();
}

/// Whoever is no longer staff when their call comes to it, does nothing.
#[apply(both_engines)]
async fn somebody_who_is_demoted_or_banned_while_they_call_may_not(club: Club) {
    let boss = club.staff("boss").await;
    let (second, third) = (club.staff("second").await, club.staff("third").await);
    let ann = club.member("ann").await.member.user_id;
    becomes(&club, &boss, second.user_id(), &[Role::Support])
        .await
        .unwrap();
    club.backend
        .accounts
        .ban(&boss, third.user_id(), ban("a test"))
        .await
        .unwrap();
    // As they stood when they were let in.
    for (staff, refusal) in [(&second, Code::Unauthenticated), (&third, Code::Banned)] {
        let given = becomes(&club, staff, ann, &[Role::Owner]).await;
        assert_eq!(code(given), Some(refusal));
    }
    let rows = club.backend.audit.list(&boss, AuditRequest::default());
    assert_eq!(rows.await.unwrap().items[0].outcome, "banned");
}

/// A call under way ends with what it was let in by.
#[apply(both_engines)]
async fn a_call_whose_session_ended_meanwhile_may_not(club: Club) {
    let boss = club.staff("boss").await;
    let player = club.signs_in("boss").await;
    let under_way = player.member.staff(&origin()).unwrap();
    let ann = club.member("ann").await.member.user_id;
    let accounts = &club.backend.accounts;
    accounts.logout(&player.member, None).await.unwrap();
    let refused = accounts.ban(&under_way, ann, ban("a test")).await;
    assert_eq!(code(refused), Some(Code::Unauthenticated));
    let rows = club.backend.audit.list(&boss, AuditRequest::default());
    let row = rows.await.unwrap().items.remove(0);
    assert_eq!(
        (&*row.action, &*row.outcome),
        ("users/ban", "unauthenticated")
    );
    accounts.ban(&boss, ann, ban("a test")).await.unwrap();
}

#[apply(both_engines)]
async fn another_right_ends_what_was_signed_in_but_where_it_was_given(club: Club) {
    let boss = club.staff("boss").await;
    let accounts = &club.backend.accounts;
    let ends = async |player: &Player| {
        let shown = accounts.authenticate(&player.token.access_token).await;
        assert_eq!(code(shown), Some(Code::Unauthenticated));
    };
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    becomes(&club, &boss, user, &[Role::Games]).await.unwrap();
    ends(&ann).await;
    let ann = club.signs_in("ann").await;
    becomes(&club, &boss, user, &[]).await.unwrap();
    ends(&ann).await;
    let ann = club.signs_in("ann").await;
    // Their own, alone: elsewhere they come in anew, and here they go on.
    let elsewhere = club.signs_in("boss").await;
    let both = [Role::Owner, Role::Games];
    becomes(&club, &boss, boss.user_id(), &both).await.unwrap();
    ends(&elsewhere).await;
    let request = ElevateRequest {
        site_id: "ann".to_owned(),
        reason: None,
    };
    accounts.elevate(&boss, request).await.unwrap();
    ends(&ann).await;
}

/// Whoever has an owner's session would guess at their codes without end.
#[apply(both_engines)]
async fn nobody_unlocks_their_own_account(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let accounts = &club.backend.accounts;
    for alone in [&boss, &support] {
        let unlocked = accounts.unlock(alone, alone.user_id()).await;
        assert_eq!(code(unlocked), Some(Code::OwnAccount));
    }
    let second = club.staff("second").await;
    let beside = accounts.unlock(&boss, boss.user_id()).await;
    assert_eq!(code(beside), Some(Code::OwnAccount));
    accounts.unlock(&second, boss.user_id()).await.unwrap();
}

#[apply(both_engines)]
async fn two_owners_who_demote_each_other_leave_one(club: Club) {
    let (one, two) = (club.staff("one").await, club.staff("two").await);
    let racing = club.clone();
    let answers = raced(2, move |number| {
        let (club, one, two) = (racing.clone(), one.clone(), two.clone());
        async move {
            let (boss, other) = if number == 0 { (one, two) } else { (two, one) };
            let change = RolesChange {
                roles: Roles::default(),
                version: 1,
                reason: None,
            };
            let accounts = &club.backend.accounts;
            accounts.set_roles(&boss, other.user_id(), change).await
        }
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| answer.is_ok());
    assert_eq!(done.count(), 1, "{answers:?}");
}

#[apply(both_engines)]
async fn what_concerns_staff_is_for_an_owner(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let auditor = club.staff_as("amy", Role::Auditor).await;
    let ann = club.member("ann").await.member.user_id;
    let accounts = &club.backend.accounts;
    let short = || BanRequest {
        hours: Some(168),
        ..ban("a test")
    };
    for staff in [boss.user_id(), auditor.user_id()] {
        let banned = accounts.ban(&support, staff, short()).await;
        assert_eq!(code(banned), Some(Code::Forbidden));
        let ranked = accounts.set_rank(&support, staff, Rank::Vip).await;
        assert_eq!(code(ranked), Some(Code::Forbidden));
    }
    accounts.ban(&support, ann, short()).await.unwrap();
    accounts
        .ban(&boss, auditor.user_id(), short())
        .await
        .unwrap();
    let own = accounts
        .set_rank(&support, support.user_id(), Rank::Vip)
        .await;
    assert_eq!(code(own), Some(Code::OwnAccount));
    let own = accounts.ban(&support, support.user_id(), short()).await;
    assert_eq!(code(own), Some(Code::Forbidden));
}

#[apply(both_engines)]
async fn support_bans_for_a_week_and_an_owner_for_longer(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await.member.user_id;
    let accounts = &club.backend.accounts;
    let of = |hours| BanRequest {
        hours,
        ..ban("a test")
    };
    for hours in [Some(169), None] {
        let refused = accounts.ban(&support, ann, of(hours)).await;
        assert_eq!(code(refused), Some(Code::Forbidden), "{hours:?}");
        accounts.ban(&boss, ann, of(hours)).await.unwrap();
    }
    for hours in [0, -1, 87_601, i64::MAX] {
        let refused = accounts.ban(&boss, ann, of(Some(hours))).await;
        assert_eq!(code(refused), Some(Code::Invalid), "{hours}");
    }
    // What an owner gave for longer is an owner's to take back.
    let lifted = accounts.unban(&support, ann, because("a mistake")).await;
    assert_eq!(code(lifted), Some(Code::Forbidden));
    accounts
        .unban(&boss, ann, because("a mistake"))
        .await
        .unwrap();
    accounts.ban(&support, ann, of(Some(168))).await.unwrap();
    accounts
        .unban(&support, ann, because("a mistake"))
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn somebody_who_is_demoted_may_no_more_at_once(club: Club) {
    let boss = club.staff("boss").await;
    let sue = club.member("sue").await;
    becomes(&club, &boss, sue.member.user_id, &[Role::Support])
        .await
        .unwrap();
    let sue = club.signs_in("sue").await;
    club.calls_again(&sue).await.unwrap();
    becomes(&club, &boss, sue.member.user_id, &[])
        .await
        .unwrap();
    let over = club.calls_again(&sue).await;
    assert_eq!(code(over), Some(Code::Unauthenticated));
    let anew = club.calls_again(&club.signs_in("sue").await).await;
    assert_eq!(code(anew), Some(Code::Forbidden));
}
