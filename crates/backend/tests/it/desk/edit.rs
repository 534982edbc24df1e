//! What staff change of a member.

use backend::{Result, Staff};
use testkit::club::sign_up;
use testkit::{Club, apply, both_engines};
use wire::desk::{MemberEdit, MemberRow};
use wire::staff::Role;
use wire::user::Rank;
use wire::{Code, UserId};

use super::{code, newest_act};
use crate::table::{raced, run};

fn named(nickname: &str) -> MemberEdit {
    MemberEdit {
        nickname: Some(nickname.to_owned()),
        ..MemberEdit::default()
    }
}

fn called(phone_number: &str) -> MemberEdit {
    MemberEdit {
        phone_number: Some(phone_number.to_owned()),
        ..MemberEdit::default()
    }
}

fn ranked(rank: Rank) -> MemberEdit {
    MemberEdit {
        rank: Some(rank),
        ..MemberEdit::default()
    }
}

async fn edits(club: &Club, staff: &Staff, user: UserId, edit: MemberEdit) -> Result<MemberRow> {
    club.backend.accounts.edit(staff, user, edit).await
}

#[apply(both_engines)]
async fn what_is_left_out_stays_and_both_states_are_kept(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await.member.user_id;
    let row = edits(&club, &support, ann, named("  Annie "))
        .await
        .unwrap();
    assert_eq!(
        (row.nickname.as_str(), row.site_id.as_str()),
        ("Annie", "ann")
    );
    let act = newest_act(&club, &boss).await;
    assert_eq!((&*act.action, &*act.outcome), ("users/edit", "ok"));
    let (before, after) = (act.before.unwrap(), act.after.unwrap());
    assert!(
        before.contains("\"ann\"") && after.contains("\"Annie\""),
        "{before} {after}"
    );
    let row = edits(&club, &support, ann, called("+82 10-0000-1234"))
        .await
        .unwrap();
    assert_eq!(row.phone_number, "821-*****-1234");
    let act = newest_act(&club, &boss).await;
    assert!(!format!("{act:?}").contains("821000001234"), "{act:?}");
    let row = edits(&club, &support, ann, ranked(Rank::Vip))
        .await
        .unwrap();
    assert_eq!((row.rank, row.nickname.as_str()), (Rank::Vip, "Annie"));
    let me = club.backend.accounts.me(ann).await.unwrap();
    assert_eq!(
        (me.phone_number.as_str(), me.rank),
        ("821000001234", Rank::Vip)
    );
    let nothing = edits(&club, &support, ann, MemberEdit::default()).await;
    assert_eq!(nothing.unwrap(), row);
}

#[apply(both_engines)]
async fn nobody_gets_what_somebody_else_has(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let ben = club.member("ben").await.member.user_id;
    let taken = edits(&club, &boss, ann, named("BEN")).await;
    assert_eq!(code(taken), Some(Code::NicknameTaken));
    let phone = sign_up("ben").phone_number;
    let taken = edits(&club, &boss, ann, called(&phone)).await;
    assert_eq!(code(taken), Some(Code::PhoneTaken));
    edits(&club, &boss, ben, named("BEN")).await.unwrap();
    edits(&club, &boss, ben, called(&phone)).await.unwrap();
    let odd = MemberEdit {
        nickname: Some("\u{200b}x".to_owned()),
        phone_number: Some("1".to_owned()),
        ..ranked(Rank::Vip)
    };
    let refused = edits(&club, &boss, ann, odd).await.unwrap_err().public();
    let fields: Vec<_> = refused.fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["nickname", "phone_number"]);
    let stands = club.backend.accounts.me(ann).await.unwrap();
    assert_eq!(
        (stands.nickname.as_str(), stands.rank),
        ("ann", Rank::Standard)
    );
}

#[apply(both_engines)]
async fn of_two_who_edit_one_version_the_second_is_told(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let version = edits(&club, &boss, ann, ranked(Rank::Premium))
        .await
        .unwrap()
        .version;
    let racing = club.clone();
    let answers = raced(4, move |number| {
        let (club, boss) = (racing.clone(), boss.clone());
        let edit = MemberEdit {
            version: Some(version),
            ..named(&format!("Ann {number}"))
        };
        async move { edits(&club, &boss, ann, edit).await }
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| answer.is_ok());
    assert_eq!(done.count(), 1, "{answers:?}");
    for refused in answers.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code(), Code::EditConflict);
    }
}

#[apply(both_engines)]
async fn a_member_is_edited_by_who_may_and_nobody_edits_themselves(club: Club) {
    let boss = club.staff("boss").await;
    club.staff("second").await;
    let support = club.staff_as("sue", Role::Support).await;
    let finance = club.staff_as("fin", Role::Finance).await;
    let ann = club.member("ann").await.member.user_id;
    for (staff, user, refusal) in [
        (&finance, ann, Code::Forbidden),
        (&support, finance.user_id(), Code::Forbidden),
        (&support, support.user_id(), Code::OwnAccount),
        (&boss, boss.user_id(), Code::OwnAccount),
        (&boss, UserId(999), Code::NotFound),
    ] {
        let refused = edits(&club, staff, user, ranked(Rank::Vip)).await;
        assert_eq!(code(refused), Some(refusal), "{user}");
    }
    edits(&club, &boss, finance.user_id(), ranked(Rank::Vip))
        .await
        .unwrap();
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ann'",
    )
    .await;
    let gone = edits(&club, &boss, ann, named("Annie")).await;
    assert_eq!(code(gone), Some(Code::NotFound));
}
