//! Purchases: found, filtered, and read whole.

use serde_json::json;
use testkit::{Behaviour, Club, apply, both_engines};
use wire::staff::Role;

use super::{LIST, browser_of, has_link, page, path_to};
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::page_calls::path_of;
use crate::words::say;

pub(super) const PURCHASES: &str = "/admin/purchases";

/// Buys something; gives the code of its receipt.
pub(super) async fn buys(member: &Member, product: &str) -> String {
    let order = json!({"product_id": product});
    let bought = member.post("/api/shop/buy", &order).await.json();
    bought["receipt_code"].as_str().unwrap().to_owned()
}

/// Buys something that waits for its payment.
pub(super) async fn waits_for(club: &Club, member: &Member, product: &str) -> String {
    club.gateway.behaves(Behaviour::Pends);
    let code = buys(member, product).await;
    club.gateway.behaves(Behaviour::Works);
    code
}

/// The page of a purchase.
pub(super) fn purchase_path(code: &str) -> String {
    format!("{PURCHASES}/{code}")
}

/// The receipts of a list, in its order.
fn listed(page: &Html) -> Vec<&str> {
    let rows = page
        .tags()
        .filter(|(_, tag)| tag.is_of_test("purchase-row"));
    rows.filter_map(|(_, tag)| tag.attribute("data-code"))
        .collect()
}

/// Refunds it while the gateway is away, so that the money is owed.
async fn owes(club: &Club, boss: &Member, code: &str) {
    club.gateway.behaves(Behaviour::Away);
    let refund = format!("/api/admin/transactions/{code}/refund");
    boss.post(&refund, &json!({})).await.with(200);
}

#[apply(both_engines)]
async fn purchases_are_filtered_and_sorted_by_the_address_in_both_languages(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let ben = Member::join(&app, "ben").await;
    let felt = buys(&ann, "felt_midnight").await;
    let waits = waits_for(&club, &ann, "tokens_1000").await;
    let owed = buys(&ben, "tokens_1000").await;
    owes(&club, &boss, &owed).await;
    let (felt, waits, owed) = (felt.as_str(), waits.as_str(), owed.as_str());
    let of_ben = format!("?member={}", ben.id);
    for language in ["ko", "en"] {
        let cookies = format!("casino_language={language}; {}", boss.cookies());
        let cases = [
            ("", vec![owed, waits, felt]),
            ("?sort=oldest", vec![felt, waits, owed]),
            ("?state=pending", vec![waits]),
            ("?state=captured", vec![felt]),
            ("?state=refunded&sort=oldest", vec![owed]),
            ("?state=owed", vec![owed]),
            ("?member=ANN", vec![waits, felt]),
            (of_ben.as_str(), vec![owed]),
            ("?member=nobody", vec![]),
            ("?product=felt_midnight", vec![felt]),
            ("?since=1971-01-01", vec![owed, waits, felt]),
            ("?until=1971-01-01", vec![]),
            ("?state=lost&since=soon&sort=odd", vec![owed, waits, felt]),
        ];
        for (query, expected) in cases {
            let answer = app.page(&format!("{PURCHASES}{query}"), &cookies).await;
            assert_eq!(answer.status, 200, "{query}");
            let page = Html::read(&answer.text);
            assert_eq!(listed(&page), expected, "{query}");
            let none = page.text().contains(&say(language, "desk.purchases_none"));
            assert_eq!(none, expected.is_empty(), "{query}");
        }
        let page = Html::read(&app.page(PURCHASES, &cookies).await.text);
        let counts = ["open-pending", "open-late", "open-owed"].map(|id| page.text_of(id));
        assert_eq!(counts, ["1", "0", "1"]);
        let row = page.text_of("purchase-row");
        let marked = say(language, "desk.owed");
        assert!(row.contains("ben") && row.contains(&marked), "{row}");
        assert!(has_link(&page, &purchase_path(owed)) && has_link(&page, &path_to(&ben)));
    }
}

#[apply(both_engines)]
async fn what_waits_for_too_long_is_marked_and_counted(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let code = waits_for(&club, &ann, "tokens_1000").await;
    club.clock.advance_secs(15 * 60);
    let boss = Member::promoted(&app, "boss").await;
    let list = page(&app, PURCHASES, &boss).await;
    let counts = ["open-pending", "open-late", "open-owed"].map(|id| list.text_of(id));
    assert_eq!(counts, ["1", "1", "0"]);
    let one = page(&app, &purchase_path(&code), &boss).await;
    for shown in [list, one] {
        assert_eq!(shown.text_of("late"), say("en", "desk.late"));
    }
}

#[apply(both_engines)]
async fn the_code_of_a_receipt_leads_to_its_page_from_the_list_and_from_the_search(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let code = buys(&ann, "felt_midnight").await;
    let path = purchase_path(&code);
    let typed = format!(" {} ", code.to_ascii_lowercase());
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(PURCHASES).await;
    boss.press("filter", &[("receipt", &typed)]).await;
    assert_eq!(boss.path, path);
    // From any page of the desk.
    boss.visit("/admin/audit").await;
    boss.press("desk-find", &[("search", &typed)]).await;
    assert_eq!(boss.path, path);

    boss.visit(PURCHASES).await;
    boss.press("filter", &[("receipt", "CC-99999999")]).await;
    let said = boss.page.text_of("field-error-receipt");
    assert_eq!(said, say("en", "desk.no_receipt"));
    assert_eq!(boss.value("receipt"), "CC-99999999");
    boss.press("filter", &[("receipt", ""), ("member", "nobody")])
        .await;
    let said = boss.page.text_of("field-error-member");
    assert_eq!(said, say("en", "desk.no_member_named"));
    boss.visit(&format!("{LIST}?search=CC-99999999")).await;
    assert!(boss.path.starts_with(LIST), "{}", boss.path);
    // A member may be called like a receipt, and is found by that.
    let named = json!({"nickname": code});
    ann.put("/api/users/profile", &named).await.with(200);
    boss.visit(&format!("{LIST}?search={code}")).await;
    assert!(boss.path.starts_with(LIST), "{}", boss.path);
    // So does the timeline of its member.
    let member = format!("{LIST}/{}", ann.id);
    boss.visit(&member).await;
    assert!(has_link(&boss.page, &path));
}

#[apply(both_engines)]
async fn a_purchase_is_read_whole(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let fin = Member::promoted_as(&app, "fin", Role::Finance).await;
    let ann = Member::join(&app, "ann").await;
    let code = buys(&ann, "tokens_1000").await;
    let path = purchase_path(&code);
    let log = format!("/admin/audit?subject={code}");
    for (who, may_audit) in [(&boss, true), (&fin, false)] {
        let one = page(&app, &path, who).await;
        assert_eq!(one.text_in("h1"), code);
        let stands = one.test("purchase").attribute("data-status");
        assert_eq!(stands, Some("captured"));
        let text = one.text_of("purchase");
        let product = say("en", "ware.tokens_1000");
        for part in ["ann", "₩1,200", product.as_str()] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(one.tests("receipt-step"), 2, "pending, then captured");
        let (reference, _) = club.gateway.charges().pop_first().unwrap();
        assert!(one.text_of("payment").contains(&reference));
        let moved = one.test("transfer").attribute("data-change");
        assert_eq!(moved, Some("1000"));
        assert!(has_link(&one, &path_to(&ann)));
        assert_eq!(has_link(&one, &log), may_audit);
        assert_eq!(one.tests("refund"), 1);
    }
    // What was paid with tokens has no payment.
    let felt = buys(&ann, "felt_midnight").await;
    let one = page(&app, &purchase_path(&felt), &boss).await;
    assert_eq!(one.tests("payment"), 0);
    let moved = one.test("transfer").attribute("data-change");
    assert_eq!(moved, Some("-500"));
}

#[apply(both_engines)]
async fn support_reads_purchases_and_ends_none_and_others_read_none(club: Club) {
    let app = TestApp::serve(&club).await;
    let sue = Member::promoted_as(&app, "sue", Role::Support).await;
    let gus = Member::promoted_as(&app, "gus", Role::Games).await;
    let ann = Member::join(&app, "ann").await;
    let code = buys(&ann, "tokens_1000").await;
    let path = purchase_path(&code);
    let one = page(&app, &path, &sue).await;
    assert_eq!((one.tests("purchase"), one.tests("acts")), (1, 0));
    assert_eq!(listed(&page(&app, PURCHASES, &sue).await), [code.as_str()]);
    let forged = json!({"receipt_code": code, "reason": "for fun", "preview": "x", "key": "k"});
    for function in ["refund_purchase", "force_settle"] {
        for who in [&sue, &gus, &ann] {
            let answer = who.post(path_of(function), &forged).await;
            assert_eq!(answer.status, 403, "{function}: {answer:?}");
        }
    }
    assert_eq!(ann.stands_at().await.0, 2_000);
    for who in [&gus, &ann] {
        for path in [PURCHASES, path.as_str()] {
            let answer = app.page(path, &who.cookies()).await;
            assert_eq!(answer.status, 403, "{path}");
            let told = Html::read(&answer.text).text_of("trouble");
            assert!(told.contains(&say("en", "error.forbidden")), "{told}");
        }
    }
}

#[apply(both_engines)]
async fn what_no_purchase_can_be_shows_the_refusals_words(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for (path, status, code) in [
        ("/admin/purchases?cursor=x", 422, "invalid"),
        ("/admin/purchases/CC-99999999", 404, "not_found"),
        ("/admin/purchases/nothing", 404, "not_found"),
    ] {
        let refused = app.page(path, &boss.cookies()).await;
        assert_eq!(refused.status, status, "{path}");
        let said = Html::read(&refused.text).text_of("trouble");
        let expected = say("en", &format!("error.{code}"));
        assert!(said.contains(&expected), "{path}: {said}");
    }
    // What no engine could be asked for is not filtered by.
    for odd in ["product=%00", "member=%00", "receipt=a%00", "member=%25"] {
        let path = format!("{PURCHASES}?{odd}");
        let answer = app.page(&path, &boss.cookies()).await;
        assert_eq!(answer.status, 200, "{odd}");
    }
}
