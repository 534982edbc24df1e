//! The page of staff: who runs the club, and roles given and taken by forms alone.

use reqwest::Method;
use serde_json::json;
use testkit::{apply, both_engines};
use wire::staff::Role;

use super::{browser_of, named, roles};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::page_calls::path_of;
use crate::words::say;

fn is_ticked(page: &Html, role: &str) -> bool {
    let role = page.test(&format!("role-{role}"));
    role.attribute("checked").is_some()
}

#[apply(both_engines)]
async fn an_auditor_reads_who_runs_the_club_and_is_offered_no_form(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let amy = Member::promoted_as(&app, "amy", Role::Auditor).await;
    let path = format!("/admin/staff?user={}", boss.id);
    let page = Html::read(&app.page(&path, &amy.cookies()).await.text);
    assert_eq!(page.tests("staff-row"), 2);
    assert!(page.text_of("stands").contains(&named("owner")));
    assert_eq!(page.tests("save-roles"), 0);
    // Nor by the function that the form would post to.
    let asked = json!({"user_id": boss.id, "version": 1, "reason": "for myself"});
    let refused = amy.post(path_of("change_roles"), &asked).await;
    assert_eq!(refused.status, 403, "{refused:?}");
}

#[apply(both_engines)]
async fn roles_are_given_and_taken_by_forms_alone(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit("/admin/staff").await;
    assert_eq!(boss.page.tests("staff-row"), 1);
    let number = ann.id.to_string();
    boss.press("find", &[("user", number.as_str())]).await;
    let path = format!("/admin/staff?user={number}");
    assert_eq!(boss.path, path);
    assert_eq!(boss.value("user"), number);
    assert!(
        boss.page
            .text_of("stands")
            .contains(&say("en", "desk.no_role"))
    );

    let given = [
        ("support", "true"),
        ("games", "true"),
        ("reason", "covers the night"),
    ];
    assert_eq!(boss.send("change_roles", &given).await, 302);
    assert_eq!(boss.path, path);
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!(boss.page.tests("staff-row"), 2);
    let stands = boss.page.text_of("stands");
    assert!(stands.contains(&named("support")) && stands.contains(&named("games")));
    let ticked = ["support", "games", "owner"].map(|role| is_ticked(&boss.page, role));
    assert_eq!(ticked, [true, true, false]);
    assert_eq!(boss.value("reason"), "", "what is done is not asked again");
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("told"), 0, "it is said once");

    let taken = [
        ("support", ""),
        ("games", ""),
        ("reason", "the night is over"),
    ];
    boss.send("change_roles", &taken).await;
    assert_eq!(boss.page.tests("staff-row"), 1);
    assert!(
        boss.page
            .text_of("stands")
            .contains(&say("en", "desk.no_role"))
    );
}

#[apply(both_engines)]
async fn a_refused_form_says_why_at_its_field_and_keeps_what_was_ticked_and_typed(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = format!("/admin/staff?user={}", ann.id);
    // One letter more than a reason may have, of three bytes each.
    let long = "가".repeat(501);
    for (reason, word) in [("no", "too_short"), (long.as_str(), "too_long")] {
        boss.visit(&path).await;
        let typed = [("games", "true"), ("reason", reason)];
        boss.send("change_roles", &typed).await;
        assert_eq!(boss.path, path);
        let why = say("en", &format!("field.{word}"));
        let told = format!("{}: {why}", say("en", "desk.reason"));
        assert_eq!(boss.page.text_of("field-error-reason"), told);
        assert_eq!(boss.value("reason"), reason);
        let ticked = ["games", "owner"].map(|role| is_ticked(&boss.page, role));
        assert_eq!(ticked, [true, false]);
    }
    boss.visit(&path).await;
    assert_eq!(
        boss.page.text_of("field-error-reason"),
        "",
        "it is said once"
    );
    assert!(!is_ticked(&boss.page, "games"));
}

#[apply(both_engines)]
async fn what_was_ticked_for_one_member_never_stands_in_the_form_of_another(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let ben = Member::join(&app, "ben").await;
    let form = format!("user_id={}&version=0&owner=true&reason=no", ann.id);
    let request = boss
        .request(Method::POST, path_of("change_roles"))
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded");
    let refused = Answer::to(request.body(form)).await;
    assert_eq!(refused.status, 302, "{refused:?}");
    let flash = refused.cookie("casino_flash").unwrap();
    let cookies = format!("{}; casino_flash={flash}", boss.cookies());
    for (member, is_of_them) in [(&ben, false), (&ann, true)] {
        let path = format!("/admin/staff?user={}", member.id);
        let page = Html::read(&app.page(&path, &cookies).await.text);
        assert_eq!(is_ticked(&page, "owner"), is_of_them);
        let said = page.text_of("field-error-reason");
        assert_eq!(!said.is_empty(), is_of_them);
    }
}

#[apply(both_engines)]
async fn a_stale_form_shows_what_stands_now_beside_what_was_ticked(club: Club) {
    let app = TestApp::serve(&club).await;
    let rest = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&format!("/admin/staff?user={}", ann.id)).await;
    let path = format!("/api/admin/staff/{}", ann.id);
    rest.put(&path, &roles(&["finance"], 0)).await.with(200);

    let typed = [("support", "true"), ("reason", "covers the night")];
    boss.send("change_roles", &typed).await;
    let told = boss.page.text_of("form-error");
    assert_eq!(told, say("en", "error.edit_conflict"));
    let stands = boss.page.text_of("stands");
    assert!(stands.contains(&named("finance")) && !stands.contains(&named("support")));
    let ticked = ["support", "finance"].map(|role| is_ticked(&boss.page, role));
    assert_eq!(ticked, [true, false]);
    assert_eq!(boss.value("reason"), "covers the night");
    assert_eq!(boss.value("version"), "1");

    // Sent once more, it is meant.
    boss.send("change_roles", &[]).await;
    assert_eq!(boss.page.text_of("form-error"), "");
    let given = rest.get(&path).await.with(200);
    assert_eq!(given["roles"], json!(["support"]));
}

#[apply(both_engines)]
async fn nobody_leaves_the_club_without_an_owner_or_changes_their_own_roles(club: Club) {
    let app = TestApp::serve(&club).await;
    let own = Member::promoted(&app, "boss").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&format!("/admin/staff?user={}", own.id)).await;
    let leaves = [("owner", ""), ("reason", "on holiday")];
    boss.send("change_roles", &leaves).await;
    let told = boss.page.text_of("form-error");
    assert_eq!(told, say("en", "error.last_owner"));
    assert!(!is_ticked(&boss.page, "owner"), "it stays unticked");
    Member::promoted(&app, "bea").await;
    boss.send("change_roles", &[]).await;
    let told = boss.page.text_of("form-error");
    assert_eq!(told, say("en", "error.own_account"));
    assert!(boss.page.text_of("stands").contains(&named("owner")));
}

#[apply(both_engines)]
async fn a_member_who_is_not_there_is_said_to_be_missing(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit("/admin/staff?user=999").await;
    let told = boss.page.text_of("field-error-user");
    assert_eq!(told, say("en", "desk.no_member"));
    for odd in ["nobody", "", "%00", "99999999999999999999"] {
        boss.visit(&format!("/admin/staff?user={odd}")).await;
        assert_eq!(boss.answer.status, 200, "{odd}");
        let shown = ["staff-row", "stands"].map(|id| boss.page.tests(id));
        assert_eq!(shown, [1, 0], "{odd}");
    }
}
