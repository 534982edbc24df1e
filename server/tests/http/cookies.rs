//! Cookies through REST: two tabs, other sites, signing out.

use reqwest::{Method, RequestBuilder};
use serde_json::json;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::{SITE, TestApp};
use crate::html::Html;
use crate::member::{Member, credentials, form};
use crate::page_calls::path_of;

/// A request as one of our pages makes it.
fn from_our_page(app: &TestApp, path: &str, cookies: &str) -> RequestBuilder {
    app.request(Method::POST, path)
        .header("cookie", cookies)
        .header("origin", &app.base)
}

#[apply(both_engines)]
async fn two_tabs_that_refresh_at_once_both_stay_signed_in(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let cookies = ann.cookies();
    club.clock.advance_secs(30 * 60 + 1);
    let tabs = (0..2).map(|_| {
        tokio::spawn(Answer::to(from_our_page(
            &app,
            "/api/auth/refresh",
            &cookies,
        )))
    });
    let mut seen = Vec::new();
    for tab in tabs.collect::<Vec<_>>() {
        let answer = tab.await.unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        let access = answer.cookie("casino_access").unwrap();
        let refresh = answer.cookie("casino_refresh").unwrap();
        app.page("/api/auth/me", &format!("casino_access={access}"))
            .await
            .with(200);
        seen.push(refresh);
    }
    // Whichever answer came last, what the browser keeps goes on working.
    for refresh in seen {
        let cookies = format!("casino_refresh={refresh}");
        Answer::to(from_our_page(&app, "/api/auth/refresh", &cookies))
            .await
            .with(200);
    }
}

#[apply(both_engines)]
async fn a_cookie_that_was_rotated_away_long_ago_ends_the_session_and_is_cleared(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let cookies = format!("casino_refresh={}", ann.refresh);
    Answer::to(from_our_page(&app, "/api/auth/refresh", &cookies))
        .await
        .with(200);
    club.clock.advance_secs(60);
    let replayed = Answer::to(from_our_page(&app, "/api/auth/refresh", &cookies)).await;
    replayed.refused(401, "bad_refresh_token");
    let cleared = replayed
        .headers
        .get_all("set-cookie")
        .into_iter()
        .filter(|line| line.to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(cleared.count(), 3);
}

#[apply(both_engines)]
async fn another_site_cannot_act_with_a_members_cookies(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let spin = || {
        let request = app
            .request(Method::POST, "/api/games/slot/spin")
            .header("cookie", ann.cookies());
        request.json(&json!({"bet_amount": 10, "lines": 5}))
    };
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("x-nothing", "said"),
    ] {
        Answer::to(spin().header(name, value))
            .await
            .refused(403, "foreign_origin");
    }
    assert_eq!(ann.stands_at().await, stood);
    Answer::to(spin().header("origin", &app.base))
        .await
        .with(200);
    Answer::to(spin().header("sec-fetch-site", "same-origin"))
        .await
        .with(200);
}

#[apply(both_engines)]
async fn another_site_cannot_post_our_forms_even_without_cookies(club: Club) {
    let app = TestApp::serve(&club).await;
    let post = || app.request(Method::POST, "/api/fn/sign_in");
    Answer::to(post().header("origin", "https://evil.example"))
        .await
        .refused(403, "foreign_origin");
    Answer::to(post().header("origin", &app.base))
        .await
        .refused(404, "not_found");
}

#[apply(both_engines)]
async fn signing_out_clears_the_cookies_that_were_sent(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let answer = Answer::to(from_our_page(&app, "/api/auth/logout", &ann.cookies())).await;
    assert_eq!(answer.status, 204, "{answer:?}");
    assert_eq!(answer.headers.get_all("set-cookie").into_iter().count(), 3);
    ann.get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
}

/// Whether a refresh token still renews something.
async fn renews(app: &TestApp, refresh: &str) -> bool {
    let cookies = format!("casino_refresh={refresh}");
    let answer = Answer::to(from_our_page(app, "/api/auth/refresh", &cookies)).await;
    if answer.status != 200 {
        answer.refused(401, "bad_refresh_token");
    }
    answer.status == 200
}

#[apply(both_engines)]
async fn signing_out_needs_only_the_refresh_token(club: Club) {
    let app = TestApp::serve(&club).await;
    let out = "/api/auth/logout";
    let ann = Member::join(&app, "ann").await;
    club.clock.advance_secs(31 * 60);
    let answer = Answer::to(from_our_page(&app, out, &ann.cookies())).await;
    assert_eq!(answer.status, 204, "{answer:?}");
    assert_eq!(answer.headers.get_all("set-cookie").into_iter().count(), 3);
    assert!(!renews(&app, &ann.refresh).await);

    let bob = Member::join(&app, "bob").await;
    let shown = json!({"refresh_token": bob.refresh});
    assert_eq!(app.post(out, &shown).await.status, 204);
    assert!(!renews(&app, &bob.refresh).await);

    // Its session is over already; the browser is signed out all the same.
    let cookies = format!("casino_refresh={}", bob.refresh);
    let answer = Answer::to(from_our_page(&app, out, &cookies)).await;
    assert_eq!(
        (answer.status, answer.cookie("casino_refresh")),
        (204, None)
    );
    Answer::to(from_our_page(&app, out, "casino_language=en"))
        .await
        .refused(401, "unauthenticated");
}

#[apply(both_engines)]
async fn a_page_signs_out_with_only_the_refresh_cookie(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let cookies = format!("casino_refresh={}", ann.refresh);
    let call = from_our_page(&app, path_of("log_out"), &cookies).json(&json!({}));
    let answer = Answer::to(call).await;
    assert!(answer.status < 400, "{answer:?}");
    assert_eq!(answer.headers.get_all("set-cookie").into_iter().count(), 3);
    assert!(!renews(&app, &ann.refresh).await);
}

/// By each door: whoever signs in anew leaves no session behind that nobody knows of.
#[apply(both_engines)]
async fn signing_in_anew_ends_the_session_that_the_browser_had(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let doors = [
        ("/api/auth/login", credentials("boss")),
        ("/api/auth/admin/login", credentials("boss")),
        ("/api/auth/signup", form("bob")),
        (path_of("log_in"), credentials("boss")),
        (path_of("sign_up"), form("cho")),
    ];
    for (door, who) in doors {
        let token = app.post("/api/auth/login", &credentials("boss")).await;
        let had = Member::of(&app.client, &app.base, &token.with(200));
        let answer = Answer::to(from_our_page(&app, door, &had.cookies()).json(&who)).await;
        assert!(answer.status < 400, "{door}: {answer:?}");
        assert!(!renews(&app, &had.refresh).await, "{door}");
    }
    assert!(renews(&app, &boss.refresh).await, "of another browser");
}

#[apply(both_engines)]
async fn in_production_cookies_are_bound_to_the_host_and_no_others_are_read(club: Club) {
    let app = TestApp::in_production(&club, |_| ()).await;
    let ann = Member::join(&app, "ann").await;
    let refresh = async |name: &str| {
        let request = app
            .request(Method::POST, "/api/auth/refresh")
            .header("origin", SITE);
        Answer::to(request.header("cookie", format!("{name}={}", ann.refresh))).await
    };
    refresh("casino_refresh")
        .await
        .refused(401, "bad_refresh_token");
    let answer = refresh("__Host-casino_refresh").await;
    let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    for part in [
        "__Host-casino_access=",
        "; Secure",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Path=/",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let plain = format!("casino_access={}", ann.access);
    app.page("/api/auth/me", &plain)
        .await
        .refused(401, "unauthenticated");
    app.page("/api/auth/me", &format!("__Host-{plain}"))
        .await
        .with(200);
}

#[apply(both_engines)]
async fn a_page_says_how_its_cookies_are_named(club: Club) {
    // A server that stops closes the club's database, so both run until the end.
    for (app, jar, other, own) in &[
        (
            TestApp::serve(&club).await,
            "plain",
            "__Host-casino_language",
            "casino_language",
        ),
        (
            TestApp::in_production(&club, |_| ()).await,
            "host",
            "casino_language",
            "__Host-casino_language",
        ),
    ] {
        let cookies = format!("{other}=en; {own}=ko");
        let page = app.page("/", &cookies).await.text;
        let page = Html::read(&page);
        let (_, root) = page.tags().find(|(_, tag)| tag.name == "html").unwrap();
        assert_eq!(root.attribute("data-jar"), Some(*jar));
        assert_eq!(root.attribute("lang"), Some("ko"), "{jar}");
    }
}
