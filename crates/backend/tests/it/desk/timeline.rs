//! What happened to a member, as one list.

use backend::Staff;
use testkit::club::{PASSWORD, device};
use testkit::{Club, Player, apply, both_engines};
use wire::auth::LoginRequest;
use wire::desk::{Moment, MomentKind, NoteRequest, TimelineItem};
use wire::page::PageRequest;
use wire::shop::BuyRequest;
use wire::staff::Role;
use wire::{Code, UserId};

use super::code;
use crate::table::plays;

async fn tries(club: &Club, password: &str) {
    let request = LoginRequest {
        site_id: "ann".to_owned(),
        password: password.to_owned(),
    };
    // How it ends is a row, whatever it is.
    let tried = club.backend.accounts.login(request, &device()).await;
    assert_eq!(tried.is_ok(), password == PASSWORD);
}

/// Plays, buys, signs in well and badly and is looked at by staff, all within one millisecond.
async fn lives(club: &Club, boss: &Staff, ann: &Player) {
    plays(club, ann, 3).await;
    let user = ann.member.user_id;
    let cookie = BuyRequest {
        product_id: "consumable_fortune_cookie".to_owned(),
        quantity: 1,
        currency: None,
        payment_method: None,
        promo_code: None,
        total_max: None,
    };
    club.backend.shop.buy(user, cookie, None).await.unwrap();
    for password in [PASSWORD, "not the password", PASSWORD] {
        tries(club, password).await;
    }
    let accounts = &club.backend.accounts;
    for _ in 0..2 {
        accounts.phone_number(boss, user).await.unwrap();
        let text = "seen".to_owned();
        let note = accounts.note(boss, user, NoteRequest { text });
        note.await.unwrap();
    }
}

/// The whole timeline, in pages of so many.
async fn reads(club: &Club, staff: &Staff, user: UserId, limit: i64) -> Vec<TimelineItem> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let request = PageRequest {
            limit: Some(limit),
            cursor,
        };
        let page = club
            .backend
            .desk
            .timeline(staff, user, request)
            .await
            .unwrap();
        assert!(page.items.len() <= usize::try_from(limit).unwrap());
        all.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return all;
        }
    }
}

fn count(all: &[TimelineItem], is_it: fn(&Moment) -> bool) -> usize {
    all.iter().filter(|item| is_it(&item.moment)).count()
}

#[apply(both_engines)]
async fn pages_of_a_timeline_neither_lose_nor_double(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    lives(&club, &boss, &ann).await;
    club.clock.advance_millis(1);
    lives(&club, &boss, &ann).await;
    club.clock.advance_secs(60);
    plays(&club, &ann, 1).await;
    let all = reads(&club, &boss, user, 200).await;
    assert_eq!(count(&all, |it| matches!(it, Moment::Hand(_))), 7);
    assert_eq!(count(&all, |it| matches!(it, Moment::Receipt(_))), 2);
    assert_eq!(count(&all, |it| matches!(it, Moment::SignIn(_))), 6);
    assert_eq!(count(&all, |it| matches!(it, Moment::Act(_))), 8);
    assert_eq!(count(&all, |it| matches!(it, Moment::Note(_))), 4);
    assert!(count(&all, |it| matches!(it, Moment::Notice(_))) > 0);
    assert!(count(&all, |it| matches!(it, Moment::Transfer(_))) >= 10);
    assert!(all.is_sorted_by(|one, next| one.at >= next.at));
    for limit in 1..=8 {
        assert_eq!(
            reads(&club, &boss, user, limit).await,
            all,
            "{limit} a page"
        );
    }
}

#[apply(both_engines)]
async fn what_is_of_one_kind_is_read_alone_page_by_page(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    lives(&club, &boss, &ann).await;
    let all = reads(&club, &boss, user, 200).await;
    for kind in MomentKind::ALL {
        let is_of_it = |item: &&TimelineItem| item.moment.kind() == kind;
        let expected: Vec<TimelineItem> = all.iter().filter(is_of_it).cloned().collect();
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let request = PageRequest {
                limit: Some(2),
                cursor,
            };
            let page = club
                .backend
                .desk
                .timeline_of(&boss, user, Some(kind), request);
            let page = page.await.unwrap();
            found.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert!(!found.is_empty(), "{kind:?}");
        assert_eq!(found, expected, "{kind:?}");
    }
}

#[apply(both_engines)]
async fn what_comes_meanwhile_does_not_move_the_pages_behind(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    lives(&club, &boss, &ann).await;
    let before = reads(&club, &boss, user, 200).await;
    let first = PageRequest {
        limit: Some(5),
        cursor: None,
    };
    let desk = &club.backend.desk;
    let first = desk.timeline(&boss, user, first).await.unwrap();
    club.clock.advance_millis(1);
    lives(&club, &boss, &ann).await;
    let rest = PageRequest {
        limit: Some(200),
        cursor: first.next_cursor,
    };
    let rest = desk.timeline(&boss, user, rest).await.unwrap();
    assert_eq!([first.items, rest.items].concat(), before);
}

#[apply(both_engines)]
async fn a_timeline_is_of_one_member_and_for_who_sees_members(club: Club) {
    let boss = club.staff("boss").await;
    let (ann, ben) = (club.member("ann").await, club.member("ben").await);
    plays(&club, &ann, 1).await;
    let of_ben = reads(&club, &boss, ben.member.user_id, 50).await;
    assert_eq!(of_ben.len(), 1, "what they began with: {of_ben:?}");
    assert!(matches!(of_ben[0].moment, Moment::Transfer(_)));
    let desk = &club.backend.desk;
    let nobody = desk.timeline(&boss, UserId(999), PageRequest::default());
    assert_eq!(code(nobody.await), Some(Code::NotFound));
    let games = club.staff_as("gus", Role::Games).await;
    let refused = desk.timeline(&games, ben.member.user_id, PageRequest::default());
    assert_eq!(code(refused.await), Some(Code::Forbidden));
    let odd = PageRequest {
        limit: None,
        cursor: Some("1:act".to_owned()),
    };
    let refused = desk.timeline(&boss, ben.member.user_id, odd).await;
    assert_eq!(code(refused), Some(Code::Invalid));
}

/// What staff did to one of theirs, and from where those sign in, is for who reads the audit log.
#[apply(both_engines)]
async fn support_sees_of_a_colleague_no_act_and_no_sign_in(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await;
    lives(&club, &boss, &ann).await;
    let is_closed = |it: &TimelineItem| matches!(it.moment, Moment::SignIn(_) | Moment::Act(_));
    let user = ann.member.user_id;
    let of_member = reads(&club, &support, user, 200).await;
    assert!(of_member.iter().any(is_closed));
    club.backend
        .accounts
        .promote("ann", Role::Games)
        .await
        .unwrap();
    let of_colleague = reads(&club, &support, user, 200).await;
    assert!(!of_colleague.iter().any(is_closed));
    assert!(!of_colleague.is_empty());
    let auditor = club.staff_as("amy", Role::Auditor).await;
    for reader in [&boss, &auditor] {
        assert!(reads(&club, reader, user, 200).await.iter().any(is_closed));
    }
}
