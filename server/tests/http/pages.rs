//! Pages: who is recognised, what is refreshed on the way, and how files are kept.

use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::words::say;

#[apply(both_engines)]
async fn a_page_carries_its_own_policy_and_is_not_kept(club: Club) {
    let app = TestApp::serve(&club).await;
    let page = app.page("/", "").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("'nonce-") && policy.contains("'wasm-unsafe-eval'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert!(page.header("cache-control").contains("no-"), "{page:?}");
}

#[apply(both_engines)]
async fn a_path_that_leads_nowhere_is_a_page_that_says_so(club: Club) {
    let app = TestApp::serve(&club).await;
    let page = app.page("/nowhere", "").await;
    assert_eq!(page.status, 404);
    assert!(
        page.header("content-type").starts_with("text/html"),
        "{page:?}"
    );
}

#[apply(both_engines)]
async fn an_address_that_makes_no_sense_is_answered_with_a_page(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for path in [
        "/profile?ledger=nonsense",
        "/profile?hands=%00",
        "/fairness?hand=nonsense",
        "/receipts?status=nonsense",
        "/leaderboard?game=nonsense",
    ] {
        let page = app.page(path, &ann.cookies()).await;
        assert!(page.status < 500, "{path}: {page:?}");
        assert_eq!(
            Html::read(&page.text)
                .tags()
                .filter(|(_, tag)| tag.name == "h1")
                .count(),
            1,
            "{path}"
        );
    }
}

#[apply(both_engines)]
async fn a_list_that_does_not_come_says_so_in_its_place_and_can_be_asked_for_again(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for path in [
        "/profile?ledger=nonsense",
        "/profile?hands=nonsense",
        "/games/gacha?rounds=nonsense",
    ] {
        let page = app.page(path, &ann.cookies()).await;
        assert_eq!(page.status, 422, "{path}");
        let html = Html::read(&page.text);
        assert_eq!(html.tests("part-trouble"), 1, "{path}");
        let said = html.text_of("part-trouble");
        assert!(said.contains(&say("en", "error.invalid")), "{path}: {said}");
        let links = html.links_in("main");
        assert!(links.contains(&path), "{path} in {links:?}");
    }
}

#[apply(both_engines)]
async fn a_navigation_with_an_expired_cookie_is_refreshed_on_the_way(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann_of_the_house").await;
    club.clock.advance_secs(30 * 60 + 1);
    let page = app.page("/profile", &ann.cookies()).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("ann_of_the_house"),
        "the page knows who looks"
    );
    let access = page.cookie("casino_access").unwrap();
    let refresh = page.cookie("casino_refresh").unwrap();
    assert_ne!(refresh, ann.refresh);
    let next = app
        .page(
            "/profile",
            &format!("casino_access={access}; casino_refresh={refresh}"),
        )
        .await;
    assert_eq!(
        next.cookie("casino_access"),
        None,
        "a good token is left alone"
    );
    assert!(next.text.contains("ann_of_the_house"));
}

#[apply(both_engines)]
async fn two_tabs_that_navigate_at_once_both_stay_signed_in(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann_of_the_house").await;
    club.clock.advance_secs(30 * 60 + 1);
    let cookies = ann.cookies();
    let (first, second) = tokio::join!(
        app.page("/profile", &cookies),
        app.page("/fairness", &cookies)
    );
    for page in [first, second] {
        assert_eq!(page.status, 200);
        let access = page.cookie("casino_access").unwrap();
        app.page("/api/auth/me", &format!("casino_access={access}"))
            .await
            .with(200);
    }
}

#[apply(both_engines)]
async fn many_visitors_at_once_each_get_their_page(club: Club) {
    let app = TestApp::serve(&club).await;
    let visits = (0..24).map(|visit| {
        let path = ["/", "/nowhere", "/login", "/games/slot"][visit % 4];
        let request = app
            .client
            .get(format!("{}{path}", app.base))
            .header("accept", "text/html");
        tokio::spawn(async move { (path, crate::answer::Answer::to(request).await) })
    });
    for visit in visits.collect::<Vec<_>>() {
        let (path, page) = visit.await.unwrap();
        assert_eq!(
            page.status,
            if path == "/nowhere" { 404 } else { 200 },
            "{path}"
        );
        assert!(
            page.text.contains("</title>") && page.text.contains("</html>"),
            "{path}: {}",
            page.text
        );
    }
}

#[apply(both_engines)]
async fn cookies_that_count_no_more_are_cleared(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    club.clock.advance_secs(31 * 24 * 60 * 60);
    let page = app.page("/", &ann.cookies()).await;
    assert_eq!(page.status, 200);
    let cleared = page
        .headers
        .get_all("set-cookie")
        .into_iter()
        .filter(|line| line.to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(cleared.count(), 3);
}

#[apply(both_engines)]
async fn files_are_kept_as_long_as_their_names_say(club: Club) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("pkg")).unwrap();
    std::fs::write(folder.path().join("pkg/club.abc.css"), "body{}").unwrap();
    std::fs::write(folder.path().join("pkg/club.abc.css.br"), "compressed").unwrap();
    std::fs::write(folder.path().join("robots.txt"), "User-agent: *").unwrap();
    let app = TestApp::serve_with(&club, |http| {
        http.site.site_root = folder.path().to_str().unwrap().into();
        http.site.hash_files = true;
    })
    .await;
    let style = app.get("/pkg/club.abc.css").await;
    assert_eq!(
        style.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let request = app
        .client
        .get(format!("{}/pkg/club.abc.css", app.base))
        .header("accept-encoding", "br");
    assert_eq!(
        crate::answer::Answer::to(request)
            .await
            .header("content-encoding"),
        "br"
    );
    assert_eq!(
        app.get("/robots.txt").await.header("cache-control"),
        "public, max-age=86400"
    );
    let missing = app.get("/pkg/old.css").await;
    assert_eq!((missing.status, missing.header("cache-control")), (404, ""));
    assert_eq!(app.get("/../Cargo.toml").await.status, 404);
    assert_eq!(app.get("/%2e%2e/%2e%2e/etc/passwd").await.status, 404);
}
