//! Buying and wearing with the forms alone.

use server::sandbox::Mode;
use testkit::{apply, both_engines};

use super::Plain;
use super::forms::{balance, join};
use crate::answer::Answer;
use crate::shop::sandbox::paid_by;
use crate::words::say;

/// How the receipt on the page stands.
fn status(browser: &Plain) -> &str {
    browser
        .page
        .test("receipt")
        .attribute("data-status")
        .unwrap_or_default()
}

#[apply(both_engines)]
async fn tokens_and_a_limited_package_are_bought_and_the_receipt_is_read(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let mut browser = Plain::open(&app).await;
    join(&mut browser, "ann").await;
    browser.visit("/shop").await;
    let leads = browser
        .page
        .links_in("main")
        .into_iter()
        .find(|path| path.contains("tokens_1000"))
        .unwrap()
        .to_owned();
    browser.visit(&leads).await;
    assert_eq!(
        browser.press("pay", &[("payment_method", "card_ok")]).await,
        302
    );
    assert!(browser.path.starts_with("/receipts/"), "{}", browser.path);
    assert_eq!((status(&browser), balance(&browser)), ("captured", "2000"));

    browser.visit("/shop?category=packages").await;
    let leads = browser
        .page
        .links_in("main")
        .into_iter()
        .find(|path| path.contains("lantern_festival"))
        .unwrap()
        .to_owned();
    browser.visit(&leads).await;
    assert_eq!(
        browser
            .press("apply-promo", &[("promo_code", "LANTERN300")])
            .await,
        200
    );
    assert_eq!(
        browser.page.test("total").attribute("data-amount"),
        Some("500")
    );
    assert_eq!(browser.value("promo_code"), "LANTERN300");
    assert_eq!(browser.answer.header("cache-control"), "no-store");
    browser.press("pay", &[]).await;
    assert_eq!(balance(&browser), "1500");
    let receipt = browser.page.text_of("receipt");
    for wanted in ["LANTERN300", &say("en", "ware.lantern_festival")] {
        assert!(receipt.contains(wanted), "{wanted} in {receipt}");
    }
}

#[apply(both_engines)]
async fn a_form_that_is_refused_comes_back_with_why_and_keeps_what_was_typed(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let mut browser = Plain::open(&app).await;
    join(&mut browser, "ann").await;
    browser
        .visit("/shop/checkout?product_id=tokens_1000&currency=KRW")
        .await;
    browser
        .press("pay", &[("payment_method", "card_declined")])
        .await;
    assert_eq!(
        browser.page.text_of("field-error-payment_method"),
        say("en", "error.payment_declined")
    );
    assert!(
        browser
            .page
            .test("method-card_declined")
            .attribute("checked")
            .is_some()
    );
    browser
        .visit("/shop/checkout?product_id=felt_midnight")
        .await;
    browser
        .press("pay", &[("promo_code", "nobody-said-this")])
        .await;
    assert_eq!(
        browser.page.text_of("field-error-promo_code"),
        say("en", "error.promo_invalid")
    );
    assert_eq!(browser.value("promo_code"), "nobody-said-this");
    assert_eq!(balance(&browser), "1000");
}

#[apply(both_engines)]
async fn what_costs_too_much_says_how_many_tokens_are_missing_before_it_is_sent(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let mut browser = Plain::open(&app).await;
    join(&mut browser, "ann").await;
    let is_off = |browser: &Plain| {
        let pay = browser.page.test("pay");
        pay.attribute("aria-disabled").is_some()
    };
    browser
        .visit("/shop/checkout?product_id=felt_midnight")
        .await;
    assert_eq!((browser.page.tests("short"), is_off(&browser)), (0, false));
    browser
        .visit("/shop/checkout?product_id=badge_diamond")
        .await;
    let missing = ::app::words::fill(&say("en", "checkout.short"), &[("amount", "4,000")]);
    let short = browser.page.text_of("short");
    assert!(short.contains(&missing), "{short}");
    assert!(is_off(&browser));
    // Nothing can be switched off for a browser without scripts, which may have typed another number.
    browser.press("pay", &[]).await;
    assert_eq!(
        browser.page.text_of("form-error"),
        say("en", "error.insufficient_tokens")
    );
    assert_eq!(balance(&browser), "1000");
}

#[apply(both_engines)]
async fn the_same_form_sent_twice_buys_once(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let mut browser = Plain::open(&app).await;
    join(&mut browser, "ann").await;
    browser
        .visit("/shop/checkout?product_id=felt_midnight")
        .await;
    let (form, tag) = browser.form("checkout");
    let (action, fields) = (
        tag.attribute("action").unwrap().to_owned(),
        browser.fields(form, None, &[]),
    );
    for _ in 0..2 {
        let answer = Answer::to(browser.post(&action, &fields)).await;
        assert_eq!(answer.status, 302, "{answer:?}");
        assert!(
            answer.header("location").starts_with("/receipts/"),
            "{answer:?}"
        );
    }
    browser.visit("/receipts").await;
    assert_eq!(
        (browser.page.tests("receipt-row"), balance(&browser)),
        (1, "500")
    );
}

#[apply(both_engines)]
async fn what_was_bought_is_put_on_and_taken_off(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let mut browser = Plain::open(&app).await;
    join(&mut browser, "ann").await;
    browser
        .visit("/shop/checkout?product_id=felt_midnight")
        .await;
    browser.press("pay", &[]).await;
    let is_worn =
        |browser: &Plain| browser.page.test("item").attribute("data-equipped") == Some("true");
    browser.visit("/inventory").await;
    assert!(!is_worn(&browser));
    for (button, worn) in [("equip", true), ("unequip", false)] {
        browser.press(button, &[]).await;
        browser.visit("/inventory").await;
        assert_eq!(is_worn(&browser), worn, "{button}");
    }
}
