//! Members, searched, filtered and sorted.

use backend::Staff;
use testkit::club::{ban, sign_up};
use testkit::{Club, apply, both_engines};
use wire::Code;
use wire::desk::{MemberList, MemberSort, MembersRequest, Standing};
use wire::staff::{BanRequest, Role};
use wire::user::Rank;

use super::code;
use crate::crash::verbs::number;
use crate::table::{plays, run};

fn all() -> MembersRequest {
    MembersRequest::default()
}

async fn lists(club: &Club, staff: &Staff, request: MembersRequest) -> MemberList {
    club.backend.accounts.members(staff, request).await.unwrap()
}

/// The nicknames of whom a request finds, in their order.
async fn names(club: &Club, staff: &Staff, request: MembersRequest) -> Vec<String> {
    let found = lists(club, staff, request).await.items;
    found.into_iter().map(|it| it.nickname).collect()
}

async fn finds(club: &Club, staff: &Staff, typed: &str) -> Vec<String> {
    let search = Some(typed.to_owned());
    names(club, staff, MembersRequest { search, ..all() }).await
}

async fn sorted(club: &Club, staff: &Staff, sort: MemberSort) -> Vec<String> {
    let sort = Some(sort);
    names(club, staff, MembersRequest { sort, ..all() }).await
}

#[apply(both_engines)]
async fn a_row_says_who_it_is_and_shows_no_whole_phone_number(club: Club) {
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await;
    let found = lists(&club, &support, all()).await;
    assert_eq!((found.page, found.page_size, found.total), (1, 50, 2));
    let [row, sue] = found.items.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((row.id, row.site_id.as_str()), (ann.member.user_id, "ann"));
    assert_eq!(
        (row.rank, row.is_active, row.level),
        (Rank::Standard, true, 1)
    );
    assert_eq!((row.balance.get(), row.banned_until), (1_000, None));
    assert_eq!(row.created_at, club.backend.clock().now());
    assert_eq!(row.last_login, Some(row.created_at));
    assert!(row.roles.is_empty());
    assert_eq!(sue.roles.as_text(), "support");
    let whole = sign_up("ann").phone_number;
    assert!(row.phone_number.contains('*'), "{}", row.phone_number);
    assert_ne!(row.phone_number.replace('-', ""), whole);
    assert_eq!(row.phone_number[..3], whole[..3]);
    assert_eq!(
        row.phone_number[row.phone_number.len() - 4..],
        whole[whole.len() - 4..]
    );
    let rows = "SELECT COUNT(*) FROM audit_log WHERE actor IS NOT NULL";
    assert_eq!(number(&club, rows).await, 0, "to read leaves no row");
}

#[apply(both_engines)]
async fn members_are_found_by_parts_of_names_by_phone_and_by_number(club: Club) {
    let boss = club.staff("boss").await;
    for name in ["anna", "susanna", "ben", "a_b", "axb"] {
        club.member(name).await;
    }
    run(
        &club,
        "UPDATE users SET nickname = '100%!', nickname_key = '100%!' WHERE site_id = 'ben'",
    )
    .await;
    assert_eq!(finds(&club, &boss, "ANN").await, ["susanna", "anna"]);
    assert_eq!(finds(&club, &boss, "ａｎｎ").await, ["susanna", "anna"]);
    assert_eq!(
        finds(&club, &boss, "ben").await,
        ["100%!"],
        "by the site id"
    );
    assert_eq!(finds(&club, &boss, "%").await, ["100%!"]);
    assert_eq!(finds(&club, &boss, "0%!").await, ["100%!"]);
    assert_eq!(finds(&club, &boss, "_").await, ["a_b"]);
    assert_eq!(finds(&club, &boss, "!!").await, Vec::<String>::new());
    assert_eq!(
        finds(&club, &boss, "' OR 1=1 --").await,
        Vec::<String>::new()
    );
    let phone = sign_up("anna").phone_number;
    assert_eq!(finds(&club, &boss, &phone).await, ["anna"]);
    assert_eq!(finds(&club, &boss, &format!(" +{phone}")).await, ["anna"]);
    assert_eq!(finds(&club, &boss, &phone[..9]).await, Vec::<String>::new());
    let ids = "SELECT id FROM users WHERE site_id = 'susanna'";
    let susanna = number(&club, ids).await;
    assert_eq!(finds(&club, &boss, &susanna.to_string()).await, ["susanna"]);
    assert_eq!(finds(&club, &boss, "  ").await.len(), 6);
}

#[apply(both_engines)]
async fn whose_number_or_site_id_it_is_exactly_is_told_apart(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let anna = club.member("anna").await.member.user_id;
    let exactly = async |typed: &str| {
        let found = club.backend.accounts.exactly(&boss, typed).await.unwrap();
        found.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(exactly(" ANN ").await, [ann]);
    assert_eq!(exactly(&anna.to_string()).await, [anna]);
    for nobody in ["an", "", "999", "-1", "a\0b", "%", &"a".repeat(10_000)] {
        assert!(exactly(nobody).await.is_empty(), "{nobody:?}");
    }
    // Digits may be the number of one member and the site id of another.
    let digits = "00".to_owned() + &ann.to_string();
    let named = club.member(&digits).await.member.user_id;
    assert_eq!(exactly(&digits).await, [ann, named]);
    let games = club.staff_as("gus", Role::Games).await;
    let refused = club.backend.accounts.exactly(&games, "ann").await;
    assert_eq!(code(refused), Some(Code::Forbidden));
}

#[apply(both_engines)]
async fn what_cannot_be_searched_for_is_refused(club: Club) {
    let boss = club.staff("boss").await;
    for typed in ["a\0b", "a\nb", &"a".repeat(101), &"%".repeat(10_000)] {
        let search = Some(typed.to_owned());
        let refused = club
            .backend
            .accounts
            .members(&boss, MembersRequest { search, ..all() });
        assert_eq!(code(refused.await), Some(Code::Invalid), "{typed:?}");
    }
    assert_eq!(
        finds(&club, &boss, &"%".repeat(100)).await,
        Vec::<String>::new()
    );
}

#[apply(both_engines)]
async fn pages_are_numbered_and_have_bounds(club: Club) {
    let boss = club.staff("boss").await;
    for name in ["ann", "ben", "cem", "dan"] {
        club.member(name).await;
    }
    let at = |page, page_size| MembersRequest {
        page: Some(page),
        page_size: Some(page_size),
        ..all()
    };
    assert_eq!(names(&club, &boss, at(1, 2)).await, ["dan", "cem"]);
    assert_eq!(names(&club, &boss, at(2, 2)).await, ["ben", "ann"]);
    assert_eq!(names(&club, &boss, at(3, 2)).await, ["boss"]);
    let beyond = lists(&club, &boss, at(1_000_000, 200)).await;
    assert_eq!((beyond.items.len(), beyond.total), (0, 5));
    for (page, page_size) in [
        (0, 50),
        (-1, 50),
        (1_000_001, 1),
        (1_000_000_000, 50),
        (i64::MAX, 200),
        (1, 0),
        (1, -1),
        (1, 201),
        (1, i64::MIN),
    ] {
        let refused = club
            .backend
            .accounts
            .members(&boss, at(page, page_size))
            .await;
        assert_eq!(code(refused), Some(Code::Invalid), "{page} {page_size}");
    }
}

#[apply(both_engines)]
async fn members_are_filtered_by_what_they_are(club: Club) {
    let boss = club.staff("boss").await;
    let user = async |name: &str| club.member(name).await.member.user_id;
    let (ann, ben, cem) = (user("ann").await, user("ben").await, user("cem").await);
    user("dan").await;
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'dan'",
    )
    .await;
    let accounts = &club.backend.accounts;
    accounts.set_rank(&boss, ann, Rank::Vip).await.unwrap();
    accounts.ban(&boss, ben, ban("a test")).await.unwrap();
    let an_hour = BanRequest {
        hours: Some(1),
        ..ban("a test")
    };
    accounts.ban(&boss, cem, an_hour).await.unwrap();
    accounts.promote("ann", Role::Support).await.unwrap();
    let of = |standing| MembersRequest {
        standing: Some(standing),
        ..all()
    };
    assert_eq!(
        names(&club, &boss, of(Standing::Active)).await,
        ["ann", "boss"]
    );
    assert_eq!(
        names(&club, &boss, of(Standing::Banned)).await,
        ["cem", "ben"]
    );
    assert_eq!(names(&club, &boss, of(Standing::Deleted)).await, ["dan"]);
    for standing in [Standing::Active, Standing::Banned, Standing::Deleted] {
        let found = lists(&club, &boss, of(standing)).await.items;
        assert!(found.iter().all(|it| it.standing == standing), "{found:?}");
    }
    club.clock.advance_secs(60 * 60);
    assert_eq!(
        names(&club, &boss, of(Standing::Active)).await,
        ["cem", "ann", "boss"]
    );
    let banned = lists(&club, &boss, of(Standing::Banned)).await;
    assert_eq!((banned.total, banned.items[0].id), (1, ben));
    let rank = Some(Rank::Vip);
    assert_eq!(
        names(&club, &boss, MembersRequest { rank, ..all() }).await,
        ["ann"]
    );
    let has = |role| MembersRequest {
        role: Some(role),
        ..all()
    };
    assert_eq!(names(&club, &boss, has(Role::Support)).await, ["ann"]);
    assert_eq!(names(&club, &boss, has(Role::Owner)).await, ["boss"]);
    assert_eq!(lists(&club, &boss, has(Role::Games)).await.total, 0);
    let since = Some(club.backend.clock().now());
    club.member("eve").await;
    assert_eq!(
        names(&club, &boss, MembersRequest { since, ..all() }).await,
        ["eve"]
    );
}

#[apply(both_engines)]
async fn each_order_is_a_total_one(club: Club) {
    let boss = club.staff("boss").await;
    let zoe = club.member("zoe").await;
    club.member("ann").await;
    plays(&club, &zoe, 1).await;
    run(
        &club,
        "UPDATE users SET last_login_at = NULL WHERE site_id = 'ann'",
    )
    .await;
    run(
        &club,
        "UPDATE users SET last_login_at = last_login_at + 9 WHERE site_id = 'boss'",
    )
    .await;
    assert_eq!(
        sorted(&club, &boss, MemberSort::Newest).await,
        ["ann", "zoe", "boss"]
    );
    assert_eq!(
        sorted(&club, &boss, MemberSort::Oldest).await,
        ["boss", "zoe", "ann"]
    );
    assert_eq!(
        sorted(&club, &boss, MemberSort::Nickname).await,
        ["ann", "boss", "zoe"]
    );
    assert_eq!(
        sorted(&club, &boss, MemberSort::LastLogin).await,
        ["boss", "zoe", "ann"]
    );
    let by_balance = MembersRequest {
        sort: Some(MemberSort::Balance),
        ..all()
    };
    let rich = lists(&club, &boss, by_balance).await.items;
    let ranked: Vec<_> = rich.iter().map(|it| (it.balance, it.id)).collect();
    assert!(ranked.is_sorted_by(|one, next| one > next), "{ranked:?}");
    // What is filtered is sorted in the same way, by other words.
    for (sort, first) in [
        (MemberSort::Nickname, "ann"),
        (MemberSort::LastLogin, "boss"),
    ] {
        let request = MembersRequest {
            sort: Some(sort),
            rank: Some(Rank::Standard),
            ..all()
        };
        let open = sorted(&club, &boss, sort).await;
        let filtered = names(&club, &boss, request).await;
        assert_eq!((&filtered, filtered[0].as_str()), (&open, first));
    }
}

#[apply(both_engines)]
async fn only_who_sees_members_lists_them(club: Club) {
    for role in Role::ALL {
        let staff = club.staff_as(role.as_str(), *role).await;
        let listed = club.backend.accounts.members(&staff, all()).await;
        let may = matches!(
            role,
            Role::Owner | Role::Finance | Role::Support | Role::Auditor
        );
        assert_eq!(listed.is_ok(), may, "{role:?}");
    }
}
