//! What whoever grants something is shown, and that nothing is granted twice that was sent twice.

use serde_json::json;
use testkit::{Club, apply, both_engines, within};
use wire::staff::Role;

use super::approvals::{LIST, path};
use super::purchases::{buys, purchase_path};
use super::{browser_of, has_link, page, path_to};
use crate::app::TestApp;
use crate::member::Member;
use crate::weighed::few;

#[apply(both_engines)]
async fn a_form_sent_from_two_views_of_its_page_waits_once(engine: Engine) {
    within(engine, few, twice).await;
}

async fn twice(club: Club) {
    let app = TestApp::serve(&club).await;
    let fin = Member::promoted_as(&app, "fin", Role::Finance).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let typed = [("amount", "500"), ("reason", "a lost parcel")];
    let (mut keys, mut led) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        boss.visit(&path_to(&ann)).await;
        keys.push(boss.value("key").to_owned());
        boss.send("give_tokens", &typed).await;
        let way = boss.page.test("waits").attribute("href");
        led.push(way.unwrap().to_owned());
    }
    assert_ne!(keys[0], keys[1], "each view has a key of its own");
    assert_eq!(led[0], led[1]);
    boss.visit(&led[0]).await;
    assert_eq!(
        boss.page.tests("takes-effect"),
        1,
        "nobody has a second factor"
    );
    let list = page(&app, LIST, &fin).await;
    assert_eq!(list.tests("approval-row"), 1);
}

#[apply(both_engines)]
async fn whoever_grants_a_refund_sees_the_money_and_the_goods(engine: Engine) {
    within(engine, few, refund).await;
}

async fn refund(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let fin = Member::promoted_as(&app, "fin", Role::Finance).await;
    let ann = Member::join(&app, "ann").await;
    let code = buys(&ann, "tokens_1000").await;
    let purchase = purchase_path(&code);
    let offered = page(&app, &purchase, &boss).await;
    let api = format!("/api/admin/transactions/{code}/refund");
    let asked = boss.post(&api, &json!({})).await.with(202);
    let id = asked["approval_id"].as_i64().unwrap();
    let whole = page(&app, &path(id), &fin).await;
    assert!(has_link(&whole, &purchase));
    for part in ["goes-back", "taken-back"] {
        let said = whole.text_of(part);
        assert!(!said.is_empty(), "{part}");
        assert_eq!(said, offered.text_of(part), "as whoever asked was shown");
    }
    assert!(whole.text_of("taken-back").contains("1,000"));
    let head = whole.text_of("approval");
    assert!(head.contains(&whole.text_of("goes-back")), "{head}");
}
