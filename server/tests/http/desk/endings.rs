//! Purchases that are ended by forms alone: refunds, and payments that wait.

use serde_json::json;
use testkit::club::{PASSWORD, strict};
use testkit::{Club, apply, both_engines, within};
use wire::shop::GatewayState;
use wire::staff::Role;

use super::purchases::{buys, purchase_path, waits_for};
use super::{browser_of, enters, fresh, guarded, stands_in, told};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::Tag;
use crate::member::Member;
use crate::page_calls::path_of;
use crate::plain::Plain;
use crate::weighed::few;
use crate::words::say;

const WHY: (&str, &str) = ("reason", "bought twice by mistake");

/// How the purchase on the page stands.
fn status(browser: &Plain) -> &str {
    let purchase = browser.page.test("purchase");
    purchase.attribute("data-status").unwrap_or_default()
}

/// Why a form came to nothing.
fn refusal(browser: &Plain) -> String {
    browser.page.texts_of("form-error").concat()
}

#[apply(both_engines)]
async fn a_refund_is_shown_done_once_and_refused_with_words_after_that(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    Member::promoted_as(&app, "fin", Role::Finance).await;
    let ann = Member::join(&app, "ann").await;
    let path = purchase_path(&buys(&ann, "tokens_1000").await);
    let mut boss = browser_of(&app, "boss").await;
    let mut fin = browser_of(&app, "fin").await;
    for browser in [&mut boss, &mut fin] {
        browser.visit(&path).await;
        assert_eq!(browser.page.text_of("would-hold"), "2,000 → 1,000");
    }
    boss.send("refund_purchase", &[("reason", "no")]).await;
    assert_eq!(boss.path, path);
    let said = boss.page.text_of("field-error-refund-reason");
    assert_eq!(said, told("desk.reason", "too_short"));
    assert_eq!(stands_in(&boss.page, "field-refund-reason"), "no");
    assert_eq!(
        (status(&boss), ann.stands_at().await.0),
        ("captured", 2_000)
    );

    assert_eq!(boss.send("refund_purchase", &[WHY]).await, 302);
    assert_eq!(boss.path, path);
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!((status(&boss), boss.page.tests("refund")), ("refunded", 0));
    assert_eq!(boss.page.tests("transfer"), 2, "what came, and what went");
    let stands = ann.stands_at().await;
    assert_eq!(stands.0, 1_000);

    // Somebody else looked at it before.
    fin.send("refund_purchase", &[WHY]).await;
    assert_eq!(fin.path, path);
    assert_eq!(refusal(&fin), say("en", "error.not_refundable"));
    assert_eq!(fin.page.tests("told"), 0);
    fin.visit(&path).await;
    assert_eq!(refusal(&fin), "", "it is said once");
    assert_eq!(ann.stands_at().await, stands);
    let charges = club.gateway.charges();
    assert!(charges.values().all(|it| it.refunds == 1), "{charges:?}");
}

#[apply(both_engines)]
async fn a_refund_that_is_sent_twice_is_done_once_for_the_key_of_the_page(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = purchase_path(&buys(&ann, "tokens_1000").await);
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path).await;
    let action = path_of("refund_purchase");
    let fields = {
        let mut forms = boss.page.tags();
        let is_it = |(_, tag): &(usize, &Tag)| tag.attribute("action") == Some(action);
        let (start, _) = forms.find(is_it).unwrap();
        boss.fields(start, None, &[WHY])
    };
    for _ in 0..2 {
        let answer = Answer::to(boss.post(action, &fields)).await;
        let led = (answer.status, answer.header("location"));
        assert_eq!(led, (302, path.as_str()));
    }
    boss.visit(&path).await;
    assert_eq!(status(&boss), "refunded");
    assert_eq!(boss.page.tests("transfer"), 2);
    assert_eq!(ann.stands_at().await.0, 1_000);
}

#[apply(both_engines)]
async fn a_refund_that_would_do_something_else_by_now_is_shown_anew(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = purchase_path(&buys(&ann, "tokens_1000").await);
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path).await;
    buys(&ann, "felt_midnight").await;
    boss.send("refund_purchase", &[WHY]).await;
    assert_eq!(refusal(&boss), say("en", "error.preview_changed"));
    assert_eq!(stands_in(&boss.page, "field-refund-reason"), WHY.1);
    assert_eq!(
        (status(&boss), ann.stands_at().await.0),
        ("captured", 1_500)
    );
    assert_eq!(boss.page.text_of("would-hold"), "1,500 → 500");
    // A form that shows nothing does nothing.
    boss.send("refund_purchase", &[("preview", "")]).await;
    assert_eq!(refusal(&boss), say("en", "error.preview_changed"));
    boss.send("refund_purchase", &[]).await;
    assert_eq!((status(&boss), ann.stands_at().await.0), ("refunded", 500));
}

#[apply(both_engines)]
async fn what_cannot_be_taken_back_says_so_where_the_form_would_be(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = purchase_path(&buys(&ann, "tokens_1000").await);
    for felt in ["felt_midnight", "felt_ruby"] {
        buys(&ann, felt).await;
    }
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path).await;
    assert_eq!(boss.answer.status, 200);
    assert_eq!(refusal(&boss), say("en", "desk.member_short"));
    assert_eq!(boss.page.tests("refund-now"), 0);
}

#[apply(both_engines)]
async fn a_payment_that_is_stuck_ends_by_a_form_as_the_gateway_says(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let paid = purchase_path(&waits_for(&club, &ann, "tokens_1000").await);
    let (reference, _) = club.gateway.charges().pop_first().unwrap();
    let lost = purchase_path(&waits_for(&club, &ann, "tokens_1000").await);
    club.gateway.decides(&reference, GatewayState::Captured);
    let mut boss = browser_of(&app, "boss").await;
    for (path, ends, balance) in [(&paid, "captured", 2_000), (&lost, "voided", 2_000)] {
        boss.visit(path).await;
        assert_eq!(status(&boss), "pending");
        assert_eq!(boss.page.tests("refund"), 0);
        assert!(!boss.page.text_of("would-hold").is_empty());
        assert_eq!(boss.send("force_settle", &[WHY]).await, 302);
        assert_eq!(boss.path, *path);
        assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
        assert_eq!((status(&boss), ann.stands_at().await.0), (ends, balance));
        assert_eq!(boss.page.tests("settle"), 0);
    }
}

#[apply(both_engines)]
async fn a_large_refund_waits_once_until_somebody_else_grants_it(engine: Engine) {
    within(engine, few, waits).await;
}

async fn waits(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let fin = Member::promoted_as(&app, "fin", Role::Finance).await;
    let ann = Member::join(&app, "ann").await;
    let path = purchase_path(&buys(&ann, "tokens_1000").await);
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path).await;
    let key = boss.value("key").to_owned();
    // There is no need to, but it may be sent again.
    for _ in 0..2 {
        boss.send("refund_purchase", &[WHY]).await;
        assert_eq!(refusal(&boss), say("en", "error.approval_waits"));
        assert_eq!(boss.value("key"), key, "it waits under the same key");
        assert_eq!(boss.page.tests("waits"), 1, "and leads to it");
        assert_eq!(
            (status(&boss), ann.stands_at().await.0),
            ("captured", 2_000)
        );
    }
    let waiting = fin.get("/api/admin/approvals?state=waiting").await;
    let waiting = waiting.with(200)["items"].clone();
    assert_eq!(waiting.as_array().unwrap().len(), 1);
    let grant = format!("/api/admin/approvals/{}/approve", waiting[0]["id"]);
    let why = json!({"reason": "a test"});
    fin.post(&grant, &why).await.with(200);
    boss.visit(&path).await;
    assert_eq!(
        (status(&boss), ann.stands_at().await.0),
        ("refunded", 1_000)
    );
}

#[apply(both_engines)]
async fn a_refund_asks_who_it_is_and_one_press_does_both(engine: Engine) {
    within(engine, strict, confirms).await;
}

async fn confirms(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let path = purchase_path(&buys(&ann, "tokens_1000").await);
    let (authenticator, _) = guarded(&club, "boss").await;
    let mut boss = enters(&app, "boss", &fresh(&club, &authenticator)).await;
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("confirm-refund"), 0, "the sign-in was one");
    club.clock.advance_secs(10 * 60);
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("confirm-refund"), 1);
    boss.send("refund_purchase", &[WHY]).await;
    assert_eq!(refusal(&boss), say("en", "error.confirmation_required"));
    let code = fresh(&club, &authenticator);
    let wrong = [("password", "not it"), ("code", code.as_str())];
    boss.send("refund_purchase", &wrong).await;
    let said = boss.page.text_of("field-error-refund-password");
    assert_eq!(said, say("en", "error.wrong_password"));
    let stands = ["reason", "password", "code"].map(|name| format!("field-refund-{name}"));
    let stands = stands.each_ref().map(|id| stands_in(&boss.page, id));
    assert_eq!(stands, [WHY.1, "", ""]);
    let code = fresh(&club, &authenticator);
    let shown = [("password", PASSWORD), ("code", code.as_str())];
    boss.send("refund_purchase", &shown).await;
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!(status(&boss), "refunded");
}
