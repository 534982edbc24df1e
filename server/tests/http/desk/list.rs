//! The list of members: found, filtered, sorted and leafed through.

use testkit::{apply, both_engines};
use wire::staff::Role;

use super::{LIST, browser_of, has_link, listed, page, path_to};
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::words::say;

#[apply(both_engines)]
async fn members_are_listed_found_filtered_and_sorted_in_both_languages(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let anna = Member::join(&app, "anna").await;
    let (b, a, n) = (boss.id, ann.id, anna.id);
    for language in ["ko", "en"] {
        let cookies = format!("casino_language={language}; {}", boss.cookies());
        let cases = [
            ("", vec![n, a, b]),
            ("?search=ANN", vec![n, a]),
            ("?search=nn", vec![n, a]),
            ("?search=%25", vec![]),
            ("?role=owner", vec![b]),
            ("?role=games", vec![]),
            ("?rank=STANDARD&sort=oldest", vec![b, a, n]),
            ("?rank=VIP", vec![]),
            ("?standing=active&sort=nickname", vec![a, n, b]),
            ("?standing=banned", vec![]),
            ("?since=1971-01-01", vec![n, a, b]),
            ("?since=2999-01-01", vec![]),
            (
                "?rank=KING&standing=lost&role=god&since=soon&sort=odd&page=x",
                vec![n, a, b],
            ),
        ];
        for (query, expected) in cases {
            let answer = app.page(&format!("{LIST}{query}"), &cookies).await;
            assert_eq!(answer.status, 200, "{query}");
            let page = Html::read(&answer.text);
            assert_eq!(listed(&page), expected, "{query}");
            let none = page.text().contains(&say(language, "desk.members_none"));
            assert_eq!(none, expected.is_empty(), "{query}");
        }
        let page = Html::read(&app.page(LIST, &cookies).await.text);
        let range = say(language, "desk.range");
        let range = range
            .replace("{from}", "1")
            .replace("{to}", "3")
            .replace("{total}", "3");
        assert_eq!(page.text_of("range"), range);
        let row = page.text_of("member-row");
        let (rank, standing) = (say(language, "rank.standard"), say(language, "desk.active"));
        for part in ["anna", "1,000", rank.as_str(), standing.as_str()] {
            assert!(row.contains(part), "{part} in {row}");
        }
        assert!(has_link(&page, &path_to(&anna)));
    }
}

#[apply(both_engines)]
async fn the_list_is_searched_and_filtered_by_forms_and_keeps_what_was_asked(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let anna = Member::join(&app, "anna").await;
    let mut boss = browser_of(&app, "boss").await;
    // From any page of the desk.
    boss.visit("/admin/audit").await;
    boss.press("desk-find", &[("search", "ann")]).await;
    assert_eq!(boss.path, "/admin/members?search=ann");
    assert_eq!(listed(&boss.page), [anna.id, ann.id]);
    assert_eq!(boss.value("search"), "ann");
    boss.press("filter", &[("standing", "active"), ("since", "1971-01-01")])
        .await;
    assert_eq!(listed(&boss.page), [anna.id, ann.id]);
    let kept = ["search", "standing", "rank", "since"].map(|name| boss.value(name));
    assert_eq!(kept, ["ann", "active", "", "1971-01-01"]);
    let sorted = "/admin/members?search=ann&standing=active&since=1971%2D01%2D01&sort=oldest";
    assert!(
        has_link(&boss.page, sorted),
        "{:?}",
        boss.page.links_in("main")
    );
    boss.press("filter", &[("standing", "banned")]).await;
    assert!(listed(&boss.page).is_empty());
}

#[apply(both_engines)]
async fn whom_a_number_or_a_site_id_names_exactly_is_offered_first(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let anna = Member::join(&app, "anna").await;
    let (of_ann, of_anna) = (ann.id.to_string(), anna.id.to_string());
    let cases = [
        ("Ann", Some(&of_ann)),
        ("anna", Some(&of_anna)),
        (of_anna.as_str(), Some(&of_anna)),
        ("an", None),
    ];
    for (typed, expected) in cases {
        let page = page(&app, &format!("{LIST}?search={typed}"), &boss).await;
        let offered = page.tags().find(|(_, tag)| tag.is_of_test("exactly"));
        let offered = offered.and_then(|(_, tag)| tag.attribute("data-user"));
        assert_eq!(offered, expected.map(String::as_str), "{typed}");
    }
}

#[apply(both_engines)]
async fn the_list_is_leafed_through_by_numbers(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for number in 0..51 {
        Member::join(&app, &format!("member_{number}")).await;
    }
    let start = "/admin/members?sort=oldest";
    let first = page(&app, start, &boss).await;
    assert_eq!(listed(&first).len(), 50);
    let next = format!("{start}&page=2");
    assert!(has_link(&first, &next), "{:?}", first.links_in("main"));
    let second = page(&app, &next, &boss).await;
    assert_eq!(listed(&second).len(), 2);
    assert!(has_link(&second, start), "{:?}", second.links_in("main"));
    let beyond = page(&app, &format!("{start}&page=1000000"), &boss).await;
    assert!(listed(&beyond).is_empty());
    assert!(has_link(&beyond, &next), "back to the last");
}

#[apply(both_engines)]
async fn what_no_list_can_be_of_shows_the_refusals_words(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let long = format!("search={}", "a".repeat(10_000));
    for odd in [
        "page=0",
        "page=-1",
        "page=1000000000",
        "search=a%00b",
        "search=a%0ab",
        &long,
    ] {
        let refused = app.page(&format!("{LIST}?{odd}"), &boss.cookies()).await;
        assert_eq!(refused.status, 422, "{odd}");
        let said = Html::read(&refused.text).text_of("trouble");
        assert!(said.contains(&say("en", "error.invalid")), "{odd}: {said}");
    }
}

#[apply(both_engines)]
async fn support_opens_members_and_a_games_member_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let sue = Member::promoted_as(&app, "sue", Role::Support).await;
    let gus = Member::promoted_as(&app, "gus", Role::Games).await;
    for path in [LIST.to_owned(), path_to(&ann)] {
        let opened = page(&app, &path, &sue).await;
        assert_eq!(opened.tests("desk-search"), 1, "{path}");
        for refused in [&gus, &ann] {
            let answer = app.page(&path, &refused.cookies()).await;
            assert_eq!(answer.status, 403, "{path}");
            let said = Html::read(&answer.text).text_of("trouble");
            assert!(said.contains(&say("en", "error.forbidden")), "{said}");
            assert!(!answer.text.contains("member-row"), "{path}");
        }
    }
    let desk = page(&app, "/admin", &gus).await;
    assert_eq!(desk.tests("desk-search"), 0);
    assert!(!has_link(&desk, LIST));
}
