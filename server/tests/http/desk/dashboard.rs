//! The desk's first page: how the club does today, beside yesterday.

use serde_json::{Value, json};
use testkit::{Behaviour, apply, both_engines};
use wire::staff::Role;

use super::{has_link, page};
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::words::say;

const DESK: &str = "/admin";
const FIGURES: &str = "/api/admin/dashboard";
const DAY_SECS: i64 = 24 * 60 * 60;

/// The figures as this member of staff is told them.
async fn told(staff: &Member) -> Value {
    staff.get(FIGURES).await.with(200)
}

/// Spins three times; gives what the spins paid.
async fn plays(member: &Member) -> i64 {
    let mut paid = 0;
    for _ in 0..3 {
        let spun = member.spins(50).await.with(200);
        paid += spun["win_amount"].as_i64().unwrap();
    }
    paid
}

/// Buys a thousand tokens; gives the code of the receipt.
async fn buys(member: &Member) -> String {
    let pack = json!({"product_id": "tokens_1000"});
    let bought = member.post("/api/shop/buy", &pack).await.with(200);
    bought["receipt_code"].as_str().unwrap().to_owned()
}

async fn refunds(staff: &Member, receipt: &str) {
    let path = format!("/api/admin/transactions/{receipt}/refund");
    staff.post(&path, &json!({})).await.with(200);
}

fn won(amount: i64) -> Value {
    json!([{"amount": amount, "currency": "KRW"}])
}

/// A day as it is told: who joined, hands, tokens staked and paid, money taken and given back.
fn day(date: &str, counts: [i64; 4], (captured, refunded): (Value, Value)) -> Value {
    let [sign_ups, hands, staked, paid] = counts;
    json!({
        "date": date, "sign_ups": sign_ups, "hands": hands, "staked": staked, "paid": paid,
        "money": {"captured": captured, "refunded": refunded},
    })
}

#[apply(both_engines)]
async fn figures_are_what_happened_and_stay_with_their_day(club: Club) {
    club.clock.advance_secs(DAY_SECS - 5 * 60);
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let paid = plays(&ann).await;
    let kept = buys(&ann).await;
    let undone = buys(&ann).await;
    refunds(&boss, &undone).await;
    let happened = day("2026-01-01", [2, 3, 150, paid], (won(2_400), won(1_200)));
    let before = told(&boss).await;
    assert_eq!(before["today"], happened);
    let nothing = day("2025-12-31", [0; 4], (json!([]), json!([])));
    assert_eq!(before["yesterday"], nothing);
    let slot = &before["games"][0];
    assert_eq!(slot["game"], "slot");
    let today = &slot["today"];
    assert_eq!(
        (&today["hands"], &today["staked"], &today["paid"]),
        (&json!(3), &json!(150), &json!(paid))
    );
    assert!(today["measured_return"].is_number(), "{today}");
    assert!(slot["yesterday"]["measured_return"].is_null());
    // Past the club's midnight; what is undone now was paid for yesterday.
    club.clock.advance_secs(10 * 60);
    refunds(&boss, &kept).await;
    let after = told(&boss).await;
    assert_eq!(after["yesterday"], happened);
    assert_eq!(after["games"][0]["yesterday"], before["games"][0]["today"]);
    let undone_today = day("2026-01-02", [0; 4], (json!([]), won(1_200)));
    assert_eq!(after["today"], undone_today);
    let days = after["days"].as_array().unwrap();
    let hands: Vec<_> = days
        .iter()
        .map(|day| day["hands"].as_i64().unwrap())
        .collect();
    assert_eq!(hands, [0, 0, 0, 0, 0, 3, 0]);
    assert_eq!(days[6]["date"], "2026-01-02");
}

#[apply(both_engines)]
async fn the_page_shows_figures_games_and_days_in_both_languages(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    plays(&ann).await;
    buys(&ann).await;
    for (language, money) in [("ko", "1,200원"), ("en", "₩1,200")] {
        let cookies = format!("casino_language={language}; {}", boss.cookies());
        let page = Html::read(&app.page(DESK, &cookies).await.text);
        let yesterday = format!("{} 0", say(language, "desk.yesterday"));
        for (figure, name, today, change) in [
            ("figure-sign-ups", "desk.sign_ups", "2", "(+2)"),
            ("figure-hands", "desk.hands", "3", "(+3)"),
            ("figure-staked", "desk.staked", "150", "(+150)"),
        ] {
            let text = page.text_of(figure);
            let expected = format!("{} {today} {yesterday} {change}", say(language, name));
            assert_eq!(text, expected, "{figure}");
        }
        let captured = page.text_of("figure-captured-KRW");
        assert!(captured.contains(money), "{captured}");
        let online = page.text_of("figure-online");
        assert!(online.contains(&say(language, "desk.online_text")));
        assert_eq!(page.tests("game-row"), 4);
        let slot = page.text_of("game-row");
        for part in [say(language, "slot.name").as_str(), "150", "%"] {
            assert!(slot.contains(part), "{part} in {slot}");
        }
        let table = page.text_of("bars-table");
        assert!(table.contains("2026-01-01 3"), "{table}");
        assert!(table.contains("2025-12-26 0"), "{table}");
        let none = page.text_of("needs-none");
        assert_eq!(none, say(language, "desk.needs_none"));
    }
}

#[apply(both_engines)]
async fn a_role_without_money_is_told_of_none(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    buys(&ann).await;
    for (role, sees_money, sees_approvals) in [
        (Role::Finance, true, true),
        (Role::Auditor, true, true),
        (Role::Support, true, false),
        (Role::Liveops, false, false),
        (Role::Games, false, false),
    ] {
        let staff = Member::promoted_as(&app, &format!("the_{}", role.as_str()), role).await;
        let figures = told(&staff).await;
        for day in ["today", "yesterday"] {
            assert_eq!(figures[day]["money"].is_object(), sees_money, "{role:?}");
        }
        let needs = &figures["needs"];
        assert_eq!(needs["payments"].is_object(), sees_money, "{role:?}");
        assert_eq!(needs["approvals"].is_number(), sees_approvals, "{role:?}");
        let desk = page(&app, DESK, &staff).await;
        assert_eq!(desk.tests("figure-hands"), 1, "{role:?}");
        let shown = desk.tests("figure-captured-KRW") + desk.tests("figure-refunded-KRW");
        assert_eq!(shown, if sees_money { 2 } else { 0 }, "{role:?}");
    }
}

#[apply(both_engines)]
async fn what_waits_leads_to_where_it_is_dealt_with(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    assert_eq!(page(&app, DESK, &boss).await.tests("needs-none"), 1);
    club.gateway.behaves(Behaviour::Pends);
    let pack = json!({"product_id": "tokens_1000"});
    ann.post("/api/shop/buy", &pack).await.with(202);
    let desk = page(&app, DESK, &boss).await;
    let waits = desk.text_of("need-pending");
    assert_eq!(waits, format!("{} 1", say("en", "desk.need_pending")));
    assert!(has_link(
        &desk,
        "/admin/purchases?state=pending&sort=oldest"
    ));
    assert_eq!(desk.tests("needs-none") + desk.tests("need-late"), 0);
}
