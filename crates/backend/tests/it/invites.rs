//! Invite codes: who makes them, whom they let in, when they end.

use backend::{Member, Result};
use testkit::club::{device, origin, sign_up};
use testkit::{Club, apply, both_engines};
use wire::auth::{SignUpRequest, Token};
use wire::invite::{GenerateRequest, Invite};
use wire::page::PageRequest;
use wire::staff::{Role, Roles};
use wire::{Code, Page};

use crate::crash::verbs::{another_process, number};
use crate::table::run;

async fn joins(club: &Club, name: &str, code: &str) -> Result<Token> {
    let request = SignUpRequest {
        invite_code: code.to_owned(),
        ..sign_up(name)
    };
    club.backend.accounts.sign_up(request, &device()).await
}

async fn admin(club: &Club, name: &str) -> Member {
    club.member(name).await;
    let accounts = &club.backend.accounts;
    accounts.promote(name, Role::Owner).await.unwrap();
    club.signs_in(name).await.member
}

async fn makes(club: &Club, root: &Member) -> Invite {
    let staff = root.staff(&origin()).unwrap();
    let request = GenerateRequest::default();
    club.backend
        .invites
        .generate(&staff, request)
        .await
        .unwrap()
}

async fn made(club: &Club, max_uses: Option<i64>, expires_in_days: Option<i64>) -> Invite {
    let request = GenerateRequest {
        max_uses,
        expires_in_days,
    };
    let invites = &club.backend.invites;
    invites.generate_by_command(request).await.unwrap()
}

async fn error_of(club: &Club, code: &str) -> Option<Code> {
    let validity = club.backend.invites.validate(code).await.unwrap();
    assert_eq!(validity.is_valid, validity.error_code.is_none());
    validity.error_code
}

fn page(limit: i64, cursor: Option<String>) -> PageRequest {
    PageRequest {
        limit: Some(limit),
        cursor,
    }
}

async fn all(club: &Club, root: &Member, limit: i64, cursor: Option<String>) -> Page<Invite> {
    let (invites, staff) = (&club.backend.invites, root.staff(&origin()).unwrap());
    invites.list_all(&staff, page(limit, cursor)).await.unwrap()
}

async fn own(club: &Club, member: &Member) -> Vec<Invite> {
    let invites = &club.backend.invites;
    invites.list(member, page(200, None)).await.unwrap().items
}

#[apply(both_engines)]
async fn the_unlimited_code_needs_no_row(club: Club) {
    let validity = club.backend.invites.validate("5858").await.unwrap();
    assert_eq!(
        (
            validity.is_valid,
            validity.expires_at,
            validity.remaining_uses
        ),
        (true, None, None)
    );
    for name in ["ann", "ben", "cho"] {
        joins(&club, name, " 5858 ").await.unwrap();
    }
}

#[apply(both_engines)]
async fn a_code_is_validated_as_sign_up_takes_it(club: Club) {
    let code = made(&club, None, None).await.code;
    let lower = code.to_lowercase();
    for (n, typed) in [
        code.clone(),
        lower.clone(),
        format!("  {lower}\t"),
        format!("\u{a0}{code}\n"),
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(error_of(&club, typed).await, None, "{typed:?}");
        joins(&club, &format!("member{n}"), typed).await.unwrap();
    }
    let listed = all(&club, &admin(&club, "root").await, 10, None).await;
    assert_eq!(listed.items[0].uses, 4);
    let kept = "SELECT COUNT(*) FROM users WHERE invite_code = '5858'";
    assert_eq!(
        number(&club, kept).await,
        1,
        "the others came by the code as it is kept"
    );
    let kept = format!("SELECT COUNT(*) FROM users WHERE invite_code = '{code}'");
    assert_eq!(number(&club, &kept).await, 4);
}

/// Codes that differ in case only, which the club itself does not make; that in small letters is
/// switched off.
const ALIKE: &str = "INSERT INTO invite_codes (code, uses, is_active, created_at) \
     VALUES ('spring', 0, 0, 0), ('SPRING', 0, 1, 0), ('Spring', 0, 1, 0)";

#[apply(both_engines)]
async fn of_codes_that_differ_in_case_the_exact_one_counts(club: Club) {
    run(&club, ALIKE).await;
    assert_eq!(error_of(&club, "spring").await, Some(Code::InviteInactive));
    assert_eq!(
        joins(&club, "ann", " spring ").await.unwrap_err().code(),
        Code::InviteInactive
    );
    for (name, typed) in [("ann", "SPRING"), ("ben", "Spring"), ("cho", "sPRING")] {
        assert_eq!(error_of(&club, typed).await, None);
        joins(&club, name, typed).await.unwrap();
    }
    let uses = |code| format!("SELECT uses FROM invite_codes WHERE code = '{code}'");
    for (code, used) in [("spring", 0), ("SPRING", 2), ("Spring", 1)] {
        assert_eq!(number(&club, &uses(code)).await, used, "{code}");
    }
}

#[apply(both_engines)]
async fn the_unlimited_code_counts_in_any_case_unless_another_is_exact(club: Club) {
    run(&club, ALIKE).await;
    let backend = another_process(&club, |settings| {
        settings.unlimited_invite_code = Some("sPrInG".to_owned());
    });
    let club = Club {
        backend,
        ..club.clone()
    };
    assert_eq!(error_of(&club, "spring").await, Some(Code::InviteInactive));
    for (name, typed) in [("ann", "sPrInG"), ("ben", " sPRING ")] {
        assert_eq!(error_of(&club, typed).await, None);
        joins(&club, name, typed).await.unwrap();
    }
    let used = "SELECT CAST(SUM(uses) AS BIGINT) FROM invite_codes";
    assert_eq!(number(&club, used).await, 0);
}

#[apply(both_engines)]
async fn a_code_is_switched_off_in_any_case(club: Club) {
    let root = admin(&club, "root").await;
    let invite = makes(&club, &root).await;
    let typed = format!(" {} ", invite.code.to_lowercase());
    let invites = &club.backend.invites;
    let switched_off = invites.deactivate(&root, &typed).await.unwrap();
    assert_eq!(
        (switched_off.code.as_str(), switched_off.is_active),
        (invite.code.as_str(), false)
    );
}

#[apply(both_engines)]
async fn a_code_lets_in_as_many_as_it_says(club: Club) {
    let invite = made(&club, Some(2), None).await;
    assert_eq!(invite.code.len(), 10);
    assert!(
        !invite.code.contains(['0', 'O', '1', 'I']),
        "{}",
        invite.code
    );
    joins(&club, "ann", &invite.code).await.unwrap();
    assert_eq!(
        club.backend
            .invites
            .validate(&invite.code)
            .await
            .unwrap()
            .remaining_uses,
        Some(1)
    );
    joins(&club, "ben", &invite.code).await.unwrap();
    let refused = joins(&club, "cho", &invite.code).await.unwrap_err();
    assert_eq!(refused.code(), Code::InviteUsedUp);
    assert_eq!(
        error_of(&club, &invite.code).await,
        Some(Code::InviteUsedUp)
    );
}

#[apply(both_engines)]
async fn a_code_without_bounds_stays_open(club: Club) {
    let invite = made(&club, None, None).await;
    assert_eq!(
        (invite.max_uses, invite.expires_at, invite.is_active),
        (None, None, true)
    );
    joins(&club, "ann", &invite.code).await.unwrap();
    let validity = club.backend.invites.validate(&invite.code).await.unwrap();
    assert_eq!((validity.is_valid, validity.remaining_uses), (true, None));
}

#[apply(both_engines)]
async fn of_twenty_who_race_for_one_use_one_joins(club: Club) {
    let invite = made(&club, Some(1), None).await;
    let attempts: Vec<_> = (0..20)
        .map(|n| {
            let (club, code) = (club.clone(), invite.code.clone());
            tokio::spawn(async move { joins(&club, &format!("member{n}"), &code).await })
        })
        .collect();
    let mut joined = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(_) => joined += 1,
            Err(error) => assert_eq!(error.code(), Code::InviteUsedUp),
        }
    }
    assert_eq!(joined, 1);
    let listed = all(&club, &admin(&club, "root").await, 10, None).await;
    assert_eq!(listed.items[0].uses, 1);
}

#[apply(both_engines)]
async fn a_sign_up_that_is_refused_uses_nothing_up(club: Club) {
    let invite = made(&club, Some(1), None).await;
    club.member("ann").await;
    let race = (0..6).map(|_| {
        let (club, code) = (club.clone(), invite.code.clone());
        tokio::spawn(async move { joins(&club, "ann", &code).await.unwrap_err().code() })
    });
    for refused in race.collect::<Vec<_>>() {
        assert_eq!(refused.await.unwrap(), Code::SiteIdTaken);
    }
    joins(&club, "ben", &invite.code).await.unwrap();
}

#[apply(both_engines)]
async fn a_code_may_end_between_the_check_and_the_sign_up(club: Club) {
    let invite = made(&club, None, Some(1)).await;
    assert_eq!(error_of(&club, &invite.code).await, None);
    club.clock.advance_secs(24 * 60 * 60 - 1);
    assert_eq!(error_of(&club, &invite.code).await, None);
    club.clock.advance_secs(1);
    let refused = joins(&club, "ann", &invite.code).await.unwrap_err();
    assert_eq!(refused.code(), Code::InviteExpired);
    let validity = club.backend.invites.validate(&invite.code).await.unwrap();
    assert_eq!(
        (validity.error_code, validity.expires_at),
        (Some(Code::InviteExpired), invite.expires_at)
    );
}

#[apply(both_engines)]
async fn an_unknown_code_lets_nobody_in(club: Club) {
    let long = "5".repeat(64);
    for code in ["ABCDEFGHJK", "5859", "58 58", "%", "' OR 1 = 1 --", &long] {
        assert_eq!(error_of(&club, code).await, Some(Code::InviteUnknown));
        assert_eq!(
            joins(&club, "ann", code).await.unwrap_err().code(),
            Code::InviteUnknown
        );
    }
    for code in ["", "nul\0", &"x".repeat(100_000)] {
        assert_eq!(error_of(&club, code).await, Some(Code::InviteUnknown));
        assert_eq!(
            joins(&club, "ann", code).await.unwrap_err().code(),
            Code::Invalid
        );
    }
}

#[apply(both_engines)]
async fn a_code_that_was_switched_off_lets_nobody_in(club: Club) {
    let root = admin(&club, "root").await;
    let staff = root.staff(&origin()).unwrap();
    let invites = &club.backend.invites;
    let invite = makes(&club, &root).await;
    for _ in 0..2 {
        let switched_off = invites.deactivate_any(&staff, &invite.code).await;
        assert!(!switched_off.unwrap().is_active);
    }
    assert_eq!(
        error_of(&club, &invite.code).await,
        Some(Code::InviteInactive)
    );
    assert_eq!(
        joins(&club, "ann", &invite.code).await.unwrap_err().code(),
        Code::InviteInactive
    );
}

#[apply(both_engines)]
async fn only_its_creator_or_an_admin_switches_a_code_off(club: Club) {
    let root = admin(&club, "root").await;
    let ann = club.member("ann").await.member;
    let invites = &club.backend.invites;
    let invite = makes(&club, &root).await;
    let refused = invites.deactivate(&ann, &invite.code).await.unwrap_err();
    assert_eq!(refused.code(), Code::Forbidden);
    let staff = admin(&club, "other").await.staff(&origin()).unwrap();
    let switched_off = invites.deactivate_any(&staff, &invite.code).await;
    assert!(!switched_off.unwrap().is_active);
    // One who was an admin and no longer is still owns the codes.
    let former = Member {
        roles: Roles::default(),
        ..root
    };
    invites.deactivate(&former, &invite.code).await.unwrap();
    for code in ["ABCDEFGHJK", "", "nul\0"] {
        let missing = invites.deactivate(&former, code).await.unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
        let missing = invites.deactivate_any(&staff, code).await.unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
    }
}

#[apply(both_engines)]
async fn only_those_who_run_the_club_make_codes_and_within_bounds(club: Club) {
    let ann = club.member("ann").await.member;
    let invites = &club.backend.invites;
    assert_eq!(ann.staff(&origin()).unwrap_err().code(), Code::Forbidden);
    for (max_uses, expires_in_days) in [(0, 0), (-1, -1), (100_001, 3_651), (i64::MAX, i64::MIN)] {
        let request = GenerateRequest {
            max_uses: Some(max_uses),
            expires_in_days: Some(expires_in_days),
        };
        let refused = invites.generate_by_command(request).await.unwrap_err();
        let refused = refused.public();
        let named: Vec<_> = refused
            .fields
            .iter()
            .map(|f| (f.field.as_str(), f.code.as_str()))
            .collect();
        assert_eq!(named, [("max_uses", "range"), ("expires_in_days", "range")]);
    }
    made(&club, Some(100_000), Some(3_650)).await;
}

#[apply(both_engines)]
async fn the_list_is_newest_first_in_pages_and_ones_own(club: Club) {
    let root = admin(&club, "root").await;
    let other = admin(&club, "other").await;
    let mut codes = Vec::new();
    for n in 0..5 {
        // Two of a page share a millisecond, so the code itself must decide.
        club.clock.advance_secs(n % 2);
        codes.push(makes(&club, &root).await.code);
    }
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let page = all(&club, &other, 2, cursor).await;
        assert!(page.items.len() <= 2);
        assert!(page.items.is_sorted_by(|a, b| a.created_at >= b.created_at));
        seen.extend(page.items.into_iter().map(|invite| invite.code));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    codes.sort();
    seen.sort();
    assert_eq!(seen, codes);
    assert!(own(&club, &other).await.is_empty());
    assert_eq!(own(&club, &root).await.len(), 5);
}

#[apply(both_engines)]
async fn a_page_that_is_not_one_is_refused(club: Club) {
    let ann = club.member("ann").await.member;
    for (limit, cursor) in [
        (0, None),
        (201, None),
        (-1, None),
        (5, Some("x")),
        (5, Some("\0:1")),
        (5, Some("a:b")),
    ] {
        let request = PageRequest {
            limit: Some(limit),
            cursor: cursor.map(str::to_owned),
        };
        let refused = club.backend.invites.list(&ann, request).await.unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
}
