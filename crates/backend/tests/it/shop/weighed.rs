//! Refunds and forced ends are shown before they are done; a large refund waits for somebody else.

use backend::settings::ApprovalSettings;
use backend::{Settings, Wish};
use testkit::club::because;
use testkit::{Behaviour, apply, both_engines, within};
use wire::Code;
use wire::desk::{ApprovalState, Preview, Weighed};
use wire::shop::{GatewayState, Receipt, Status};

use super::payments::{buys_while, reference};
use super::verbs::*;
use crate::table::{balance, key};
use crate::weigh::{dry, shown, shown_once};

#[track_caller]
fn preview(answer: backend::Result<Weighed<Receipt>>) -> Preview {
    match answer.unwrap() {
        Weighed::Preview(preview) => preview,
        other => panic!("{other:?}"),
    }
}

#[apply(both_engines)]
async fn a_refund_is_shown_and_does_that_or_nothing(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let felt = buys(&club, &ann, one("felt_midnight"), None).await.unwrap();
    let price = felt.total.amount();
    let (shop, code) = (&club.backend.shop, &felt.receipt_code);
    let why = || because("a test");
    let rows = "SELECT COUNT(*) FROM audit_log";
    let before = number(&club, rows).await;
    let seen = preview(shop.ask_to_refund(&boss, code, why(), dry()).await);
    assert_eq!((seen.members, seen.tokens.get()), (1, price));
    let first = &seen.first[0];
    assert_eq!(
        (first.before.get(), first.after.get()),
        (1_000 - price, 1_000)
    );
    let nothing = wire::ReceiptCode("CC-99999999".to_owned());
    let refused = shop.ask_to_refund(&boss, &nothing, why(), dry()).await;
    assert_eq!(refused.unwrap_err().code(), Code::NotFound);
    assert_eq!(number(&club, rows).await, before, "it leaves no row");
    assert_eq!(balance(&club, &ann).await, 1_000 - price);
    let other = shop.ask_to_refund(&boss, code, why(), shown("made up"));
    assert_eq!(other.await.unwrap_err().code(), Code::PreviewChanged);
    assert_eq!(
        audited(&club, "transactions/refund", "preview_changed").await,
        1
    );
    let same = shop.ask_to_refund(&boss, code, why(), shown(&seen.preview));
    let undone = same.await.unwrap().done().unwrap();
    assert_eq!(undone.status, Status::Refunded);
    let again = shop.ask_to_refund(&boss, code, why(), dry()).await;
    assert_eq!(again.unwrap_err().code(), Code::NotRefundable);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_forced_end_is_shown_without_asking_the_gateway(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let pending = buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let reference = reference(&club).await;
    club.gateway.decides(&reference, GatewayState::Authorized);
    let (shop, code) = (&club.backend.shop, &pending.receipt_code);
    let why = || because("a test");
    let seen = preview(shop.ask_to_settle(&boss, code, why(), dry()).await);
    assert_eq!((seen.members, seen.tokens.get()), (1, 1_000));
    let other = shop.ask_to_settle(&boss, code, why(), shown("made up"));
    assert_eq!(other.await.unwrap_err().code(), Code::PreviewChanged);
    assert_eq!(club.gateway.charges()[&reference].captures, 0);
    assert_eq!(
        audited(&club, "transactions/force-settle", "preview_changed").await,
        1
    );
    club.gateway.behaves(Behaviour::Works);
    // Once done it is told under its key, which does nothing more.
    for _ in 0..2 {
        let same = shown_once(&seen.preview, key("k"));
        let same = shop.ask_to_settle(&boss, code, why(), same);
        let ended = same.await.unwrap().done().unwrap();
        assert_eq!(ended.status, Status::Captured);
        assert_eq!(balance(&club, &ann).await, 2_000);
    }
    let other = shown_once(&seen.preview, key("another"));
    let other = shop.ask_to_settle(&boss, code, why(), other);
    assert_eq!(other.await.unwrap_err().code(), Code::NotRefundable);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_large_refund_waits_and_its_money_goes_back_once_it_is_granted(engine: Engine) {
    let few = |settings: &mut Settings| {
        settings.approvals = ApprovalSettings {
            members_max: 0,
            tokens_max: 999,
        };
    };
    within(engine, few, async |club| {
        let (boss, second) = (club.staff("boss").await, club.staff("second").await);
        let ann = club.member("ann").await;
        let bought = buys_while(&club, &ann, Behaviour::Works).await.unwrap();
        let (shop, code) = (&club.backend.shop, &bought.receipt_code);
        let why = because("a test");
        let asked = shop.ask_to_refund(&boss, code, why.clone(), Wish::default());
        let Weighed::Waits(waits) = asked.await.unwrap() else {
            panic!("it is done")
        };
        assert_eq!(balance(&club, &ann).await, 2_000);
        assert_eq!(audited(&club, "transactions/refund", "waiting").await, 1);
        // Where whoever asks wants no more than an answer, it is a refusal that says so.
        for (why, count) in [(why, 1), (because("another reason"), 2)] {
            let bare = shop.refund(&boss, code, why).await;
            assert_eq!(bare.unwrap_err().code(), Code::ApprovalWaits);
            let waiting = audited(&club, "transactions/refund", "waiting").await;
            assert_eq!(waiting, count, "the very same waits once");
        }
        let desk = &club.backend.desk;
        let granted = desk.approve(&second, waits.approval_id).await.unwrap();
        assert_eq!(granted.state, ApprovalState::Done);
        assert_eq!(balance(&club, &ann).await, 1_000);
        assert_eq!(club.gateway.charges()[&reference(&club).await].refunds, 1);
        assert_eq!(receipt(&club, &ann, code).await.status, Status::Refunded);
        // What was asked for twice is done once.
        let again = desk.approve(&second, waits.approval_id + 1).await;
        assert_eq!(again.unwrap_err().code(), Code::PreviewChanged);
        assert_eq!(club.gateway.charges()[&reference(&club).await].refunds, 1);
        proves(&club).await;
    })
    .await;
}
