//! What is done to a member by forms alone: bans, and tokens given and taken.

use testkit::{apply, both_engines};
use wire::staff::Role;

use super::{balance, browser_of, listed, path_to, stands_in, told, unsure};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::Tag;
use crate::member::Member;
use crate::page_calls::path_of;
use crate::plain::Plain;
use crate::words::say;

#[apply(both_engines)]
async fn a_ban_is_given_and_lifted_by_forms_alone(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = path_to(&ann);
    boss.visit(&path).await;
    assert_eq!(boss.page.text_of("standing"), say("en", "desk.active"));

    let typed = [("hours", "24"), ("reason", "no")];
    assert_eq!(boss.send("ban_member", &typed).await, 302);
    assert_eq!(boss.path, path);
    let why = boss.page.text_of("field-error-ban-reason");
    assert_eq!(why, told("desk.reason", "too_short"));
    assert_eq!(stands_in(&boss.page, "field-ban-reason"), "no");
    let is_chosen = |browser: &Plain, term: &str| {
        let term = browser.page.test(&format!("hours-{term}"));
        term.attribute("checked").is_some()
    };
    assert_eq!(
        ["1", "24"].map(|term| is_chosen(&boss, term)),
        [false, true]
    );

    // What was chosen is sent again.
    boss.send("ban_member", &[("reason", "rude at the table")])
        .await;
    assert_eq!(boss.path, path);
    let stands = boss.page.text_of("standing");
    assert!(
        stands.starts_with(&say("en", "desk.banned_until")),
        "{stands}"
    );
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert!(boss.page.text_of("ban-note").contains("rude at the table"));
    let newest = boss.page.text_of("moment");
    assert!(
        newest.contains("users/ban") && newest.contains("rude at the table"),
        "{newest}"
    );
    ann.get("/api/users/balance").await.refused(403, "banned");
    boss.visit("/admin/members?standing=banned").await;
    assert_eq!(listed(&boss.page), [ann.id]);

    boss.visit(&path).await;
    assert_eq!(
        boss.page.tests("ban"),
        0,
        "who is banned is not banned again"
    );
    boss.send("unban_member", &[("reason", "said sorry")]).await;
    assert_eq!(boss.page.text_of("standing"), say("en", "desk.active"));
    assert_eq!(boss.page.tests("ban-note"), 0);
    assert!(boss.page.text_of("moment").contains("said sorry"));
}

#[apply(both_engines)]
async fn a_ban_for_good_is_an_owners_and_names_the_member(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    Member::promoted_as(&app, "sue", Role::Support).await;
    let ann = Member::join(&app, "ann").await;
    let path = path_to(&ann);
    let mut sue = browser_of(&app, "sue").await;
    sue.visit(&path).await;
    let offered = ["hours-168", "hours-good"].map(|id| sue.page.tests(id));
    assert_eq!(offered, [1, 0]);
    let forged = [
        ("hours", "good"),
        ("site_id", "ann"),
        ("reason", "for ever"),
    ];
    sue.send("ban_member", &forged).await;
    assert_eq!(sue.page.text_of("standing"), say("en", "desk.active"));

    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path).await;
    let why = "cheats with three accounts";
    for (site_id, word) in [("", "required"), ("anna", "other")] {
        let typed = [("hours", "good"), ("reason", why), ("site_id", site_id)];
        boss.send("ban_member", &typed).await;
        let said = boss.page.text_of("field-error-ban-site_id");
        assert_eq!(said, unsure("ann", word));
        assert_eq!(stands_in(&boss.page, "field-ban-reason"), why);
        assert_eq!(stands_in(&boss.page, "field-ban-site_id"), site_id);
    }
    boss.send("ban_member", &[("site_id", "ann")]).await;
    assert_eq!(boss.page.text_of("standing"), say("en", "desk.banned"));
    // What only an owner gives, only an owner is shown to take back.
    sue.visit(&path).await;
    assert_eq!((sue.page.tests("ban"), sue.page.tests("unban")), (0, 0));
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("unban"), 1);
}

#[apply(both_engines)]
async fn tokens_are_given_once_for_the_key_of_the_page(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = path_to(&ann);
    boss.visit(&path).await;
    let action = path_of("give_tokens");
    let typed = [("amount", "1,500"), ("reason", "a lost parcel")];
    let fields = {
        let mut forms = boss.page.tags();
        let is_it = |(_, tag): &(usize, &Tag)| tag.attribute("action") == Some(action);
        let (start, _) = forms.find(is_it).unwrap();
        boss.fields(start, None, &typed)
    };
    let key = fields.iter().find(|(name, _)| name == "key").unwrap();
    assert!(!key.1.is_empty(), "{fields:?}");
    for _ in 0..2 {
        let answer = Answer::to(boss.post(action, &fields)).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, path.as_str())
        );
    }
    assert_eq!(ann.stands_at().await, (2_500, 2));
    boss.visit(&path).await;
    assert_eq!(balance(&boss), "2500");
    assert!(boss.page.text_of("moment").contains("a lost parcel"));
    let gained = boss.page.text_of("moment-change");
    assert!(
        gained.contains("+1,500") && gained.contains("2,500"),
        "{gained}"
    );

    // The page has another key by now.
    boss.send(
        "give_tokens",
        &[("amount", "1500"), ("reason", "another parcel")],
    )
    .await;
    assert_eq!(
        (boss.path.as_str(), balance(&boss)),
        (path.as_str(), "4000")
    );
    assert_eq!(boss.page.text_of("told"), "2,500 → 4,000");
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("told"), 0, "it is said once");
}

#[apply(both_engines)]
async fn taking_tokens_names_the_member_and_is_refused_at_its_field(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path_to(&ann)).await;
    let why = "sent twice by mistake";
    let cases = [
        ("ten", "ann", "amount", told("desk.amount", "format")),
        ("", "ann", "amount", told("desk.amount", "required")),
        ("0", "ann", "amount", told("desk.amount", "range")),
        ("10", "", "site_id", unsure("ann", "required")),
        ("10", "ben", "site_id", unsure("ann", "other")),
    ];
    for (amount, site_id, field, expected) in cases {
        let typed = [("amount", amount), ("reason", why), ("site_id", site_id)];
        boss.send("take_tokens", &typed).await;
        let said = boss.page.text_of(&format!("field-error-take-{field}"));
        assert_eq!(said, expected, "{amount} of {site_id}");
        let kept = ["amount", "reason", "site_id"].map(|name| format!("field-take-{name}"));
        let kept = kept.each_ref().map(|id| stands_in(&boss.page, id));
        assert_eq!(kept, [amount, why, site_id]);
        assert_eq!(
            stands_in(&boss.page, "field-give-amount"),
            "",
            "of the other form"
        );
        assert_eq!(balance(&boss), "1000");
    }
    let typed = [("amount", "1001"), ("reason", why), ("site_id", "ann")];
    boss.send("take_tokens", &typed).await;
    let said = boss.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.insufficient_tokens"));
    assert_eq!(stands_in(&boss.page, "field-take-amount"), "1001");
    assert_eq!(boss.page.tests("told"), 0);
    let typed = [("amount", "400"), ("reason", why), ("site_id", "ann")];
    boss.send("take_tokens", &typed).await;
    assert_eq!(balance(&boss), "600");
    assert_eq!(boss.page.text_of("told"), "1,000 → 600");
    assert!(boss.page.text_of("moment").contains(why));
    let most = [
        ("amount", "9007199254740991"),
        ("reason", "as much as there is"),
    ];
    boss.send("give_tokens", &most).await;
    let said = boss.page.text_of("field-error-give-amount");
    assert_eq!(said, told("desk.amount", "range"));
}
