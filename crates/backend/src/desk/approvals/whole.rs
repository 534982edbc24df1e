//! What was asked for, line by line, as whoever looks sees it.

use std::cmp::Reverse;

use economy::{Timestamp, Tokens};
use wire::Code;
use wire::desk::{
    Approval, ApprovalLine, ApprovalLines, ApprovalRights, ApprovalState, ApprovalWhole,
    GrantBulkResult, Preview, PreviewedMember,
};
use wire::staff::Permission;

use crate::Staff;
use crate::audit::Action;
use crate::weigh::{Kept, Line, Weight};

/// What is to be expected of it, as rows stand.
#[derive(Clone, Copy)]
pub(super) struct Outlook {
    /// Whether whoever asked may still do it.
    pub(super) asker_may: bool,
    /// When it takes effect by itself, if nobody else can grant it.
    pub(super) takes_effect_at: Option<Timestamp>,
    pub(super) now: Timestamp,
}

/// All of it, with the page of that number and size. Nothing weighs what would be refused by now.
pub(super) fn of(
    kept: Kept,
    weight: Option<&Weight>,
    outlook: Outlook,
    staff: &Staff,
    (page, page_size): (i64, i64),
) -> ApprovalWhole {
    let Outlook {
        asker_may,
        takes_effect_at,
        now,
    } = outlook;
    let is_waiting = waits(&kept.approval, now);
    let is_same = weight.is_some_and(|weight| weight.is_as(&kept.approval.preview));
    let is_as_shown = asker_may && is_same;
    let lines = lines(&kept, weight, is_waiting);
    let concerns = lines.iter().any(|line| line.user_id == staff.user_id());
    let rights = match is_waiting {
        true => rights(&kept, staff, asker_may && !concerns),
        false => ApprovalRights::default(),
    };
    ApprovalWhole {
        approval: kept.approval,
        is_as_shown: is_waiting.then_some(is_as_shown),
        takes_effect_at: takes_effect_at.filter(|_| is_waiting && is_as_shown),
        rights,
        lines: leaf(lines, page, page_size),
    }
}

/// Whether it can still be decided.
fn waits(approval: &Approval, now: Timestamp) -> bool {
    approval.state == ApprovalState::Waiting && now < approval.expires_at
}

/// Who asked takes it back; who could do it themselves refuses it, and grants what can be granted by them.
fn rights(kept: &Kept, staff: &Staff, is_grantable: bool) -> ApprovalRights {
    let roles = staff.roles();
    let may_decide = roles.may(Permission::Approvals);
    let needed = kept.action.permission();
    let could = needed.is_some_and(|permission| roles.may(permission));
    let is_own = kept.approval.actor == staff.user_id();
    let refuse = may_decide && could && !is_own;
    ApprovalRights {
        approve: refuse && is_grantable,
        refuse,
        cancel: may_decide && is_own,
    }
}

/// What moves most comes first, as in what was shown.
fn lines(kept: &Kept, weight: Option<&Weight>, is_waiting: bool) -> Vec<ApprovalLine> {
    let preview = &kept.approval.preview;
    let mut lines: Vec<ApprovalLine> = match weight {
        Some(weight) => {
            let lines = weight.lines().iter();
            lines.map(|line| weighed(line, is_waiting)).collect()
        }
        // What would be refused as a whole has one line, which was shown.
        None => {
            let shown = preview.first.iter();
            shown.map(|member| told(preview, member)).collect()
        }
    };
    for (line, error) in lines.iter_mut().zip(given(kept)) {
        line.error = error;
    }
    lines.sort_by_key(|line| Reverse(line.tokens));
    lines
}

/// As it is weighed now. What it would do now says nothing of what was decided.
fn weighed(line: &Line, is_waiting: bool) -> ApprovalLine {
    ApprovalLine {
        user_id: line.user,
        nickname: line.nickname.clone(),
        tokens: line.moved,
        before: is_waiting.then_some(line.before),
        after: is_waiting.then_some(line.after),
        error: line.refused.filter(|_| is_waiting),
    }
}

/// As it was shown.
fn told(preview: &Preview, member: &PreviewedMember) -> ApprovalLine {
    let change = member.after.signed_diff(member.before);
    let tokens = match preview.first.len() {
        1 => preview.tokens,
        _ => Tokens::new(change.saturating_abs()).unwrap_or(Tokens::ZERO),
    };
    ApprovalLine {
        user_id: member.id,
        nickname: member.nickname.clone(),
        tokens,
        before: None,
        after: None,
        error: None,
    }
}

/// What became of each of many who were to be given something, in the order in which it was asked for.
fn given(kept: &Kept) -> Vec<Option<Code>> {
    let is_given = kept.action == Action::GrantBulk && kept.approval.state == ApprovalState::Done;
    let result = kept.approval.result.as_deref().filter(|_| is_given);
    let result = result.and_then(|text| serde_json::from_str::<GrantBulkResult>(text).ok());
    let results = result.map_or_else(Vec::new, |result| result.results);
    results.into_iter().map(|it| it.error).collect()
}

/// A page of them.
fn leaf(lines: Vec<ApprovalLine>, page: i64, page_size: i64) -> ApprovalLines {
    let count = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let total = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let before = count((page - 1).saturating_mul(page_size));
    let items = lines.into_iter().skip(before).take(count(page_size));
    ApprovalLines {
        items: items.collect(),
        page,
        page_size,
        total,
    }
}
