//! Acts of staff's that are weighed: shown, compared, counted, and granted by somebody else.

mod approvals;
mod bulk;
mod day;
mod previews;
mod sole;

use std::fmt::Debug;

use backend::settings::ApprovalSettings;
use backend::{IdempotencyKey, Result, Settings, Staff, Wish};
use testkit::club::strict;
use testkit::{Club, apply, both_engines, within};
use wire::desk::{
    Approval, ApprovalState, ApprovalsRequest, GrantBulkRequest, GrantBulkResult, GrantItem,
    Preview, RewardType, TokensMoved, TokensRequest, WeighRequest, Weighed,
};
use wire::staff::{AuditRequest, AuditRow, Role};
use wire::{Code, UserId};

use crate::crash::verbs::{another_process, number};
use crate::table::{key, raced, run};

const HOUR_SECS: i64 = 60 * 60;
const DAY_SECS: i64 = 24 * HOUR_SECS;

/// One of staff acts on three members alone in a day, and moves a thousand tokens.
fn few(settings: &mut Settings) {
    settings.approvals = ApprovalSettings {
        members_max: 3,
        tokens_max: 1_000,
    };
}

fn code<T>(answer: Result<T>) -> Option<Code> {
    answer.err().map(|error| error.code())
}

fn some(amount: i64) -> TokensRequest {
    TokensRequest {
        amount,
        reason: Some("a test".to_owned()),
    }
}

/// To be looked at alone.
pub(crate) fn dry() -> Wish {
    let way = WeighRequest {
        dry_run: Some(true),
        preview: None,
    };
    Wish::new(way, None)
}

/// To be done as that was shown.
pub(crate) fn shown(preview: &str) -> Wish {
    shown_once(preview, None)
}

/// To be done as that was shown, once under a key.
pub(crate) fn shown_once(preview: &str, key: Option<IdempotencyKey>) -> Wish {
    let way = WeighRequest {
        dry_run: None,
        preview: Some(preview.to_owned()),
    };
    Wish::new(way, key)
}

fn once(name: &str) -> Wish {
    key(name).into()
}

async fn adds(
    club: &Club,
    staff: &Staff,
    (user, amount): (UserId, i64),
    wish: Wish,
) -> Result<Weighed<TokensMoved>> {
    let desk = &club.backend.desk;
    desk.ask_to_add(staff, user, some(amount), wish).await
}

async fn deducts(
    club: &Club,
    staff: &Staff,
    (user, amount): (UserId, i64),
    wish: Wish,
) -> Result<Weighed<TokensMoved>> {
    let desk = &club.backend.desk;
    desk.ask_to_deduct(staff, user, some(amount), wish).await
}

fn gives(user_id: UserId, amount: i64) -> GrantItem {
    GrantItem {
        user_id,
        reward_type: RewardType::Tokens,
        amount,
        source_description: Some("an event".to_owned()),
    }
}

async fn grants(
    club: &Club,
    staff: &Staff,
    items: &[GrantItem],
    wish: Wish,
) -> Result<Weighed<GrantBulkResult>> {
    let desk = &club.backend.desk;
    let items = items.to_vec();
    desk.ask_to_grant(staff, GrantBulkRequest { items }, wish)
        .await
}

#[track_caller]
fn done<T: Debug>(answer: Result<Weighed<T>>) -> T {
    match answer.unwrap() {
        Weighed::Done(answer) => answer,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn preview<T: Debug>(answer: Result<Weighed<T>>) -> Preview {
    match answer.unwrap() {
        Weighed::Preview(preview) => preview,
        other => panic!("{other:?}"),
    }
}

/// The number of what waits.
#[track_caller]
fn waits<T: Debug>(answer: Result<Weighed<T>>) -> i64 {
    match answer.unwrap() {
        Weighed::Waits(waits) => waits.approval_id,
        other => panic!("{other:?}"),
    }
}

async fn tokens_of(club: &Club, user: UserId) -> i64 {
    let balance = club.backend.ledger.balance(user).await.unwrap();
    balance.cyber_token_balance.get()
}

/// What was kept, the newest first.
async fn acts(club: &Club, boss: &Staff) -> Vec<AuditRow> {
    let rows = club.backend.audit.list(boss, AuditRequest::default());
    rows.await.unwrap().items
}

/// How that stands which is, or was, to be granted.
async fn stands(club: &Club, boss: &Staff, id: i64) -> Approval {
    let all = club
        .backend
        .desk
        .approvals(boss, ApprovalsRequest::default());
    let found = all.await.unwrap().items.into_iter().find(|it| it.id == id);
    found.unwrap()
}

/// How many rows the audit log has of that, with that outcome.
async fn kept(club: &Club, action: &str, outcome: &str) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM audit_log WHERE action = '{action}' AND outcome = '{outcome}'"
    );
    number(club, &sql).await
}
