//! What the desk's pages read of the club, each for whoever runs it.

use backend::{Backend, Staff};
use leptos::nonce::use_nonce;
use wire::{
    Code, Page, ReceiptCode, UserId,
    desk::{
        Approval, ApprovalLinesRequest, ApprovalWhole, ApprovalsRequest, Dashboard, MemberList,
        MemberRow, MemberWhole, MembersRequest, TimelineItem,
    },
    page::PageRequest,
    shop::Receipt,
    staff::{AuditRequest, AuditRow, Permission, Roles, StaffMember},
};

use super::{audit_row::receipt_of, confirm::Asks, shown::phone, timeline::Wanted};
use crate::{error::PageError, ssr};

/// The things of one page of a timeline.
const MOMENTS: i64 = 30;

/// What a page of the desk shows, and who looks: the ways to the other pages follow from what they are.
pub(super) struct Desk<T> {
    pub(super) looker: Looker,
    pub(super) shown: T,
}

/// Whoever runs the club and looks.
#[derive(Clone)]
pub(super) struct Looker {
    pub(super) user: UserId,
    pub(super) nickname: String,
    pub(super) roles: Roles,
    /// Whether they are to show once more who they are before what asks for that.
    pub(super) asks: Asks,
}

/// Who runs the club, and one member beside them.
pub(super) struct StaffRoom {
    /// Everyone with a role.
    pub(super) items: Vec<StaffMember>,
    /// The member who was asked for, if there is one.
    pub(super) member: Option<StaffMember>,
}

/// What staff asked for, and the receipt of the purchase that it is done to, if it is one.
pub(super) struct AskedFor {
    pub(super) whole: ApprovalWhole,
    pub(super) receipt: Option<Receipt>,
}

/// A page of members.
pub(super) struct Found {
    /// Whom just what was searched for names.
    pub(super) exactly: Vec<MemberRow>,
    /// The receipt whose code it is, where no member is found.
    pub(super) receipt: Option<ReceiptCode>,
    /// Whom it is a part of.
    pub(super) list: MemberList,
}

/// A member, and what their page shows of them besides.
pub(super) struct Looked {
    pub(super) member: MemberWhole,
    /// A page of what happened to them, or why it did not come.
    pub(super) story: Result<Page<TimelineItem>, PageError>,
    /// The key of a gesture on this page.
    pub(super) key: String,
    /// Their whole phone number, where this answers the form that asks for it.
    pub(super) phone: Option<String>,
}

impl Looker {
    /// Somebody who is asked for nothing on this page.
    pub(super) async fn of(
        backend: &Backend,
        user: UserId,
        roles: &Roles,
    ) -> Result<Self, PageError> {
        let me = backend.accounts.me(user).await;
        Ok(Self {
            user,
            nickname: me.map_err(ssr::fail)?.nickname,
            roles: roles.clone(),
            asks: Asks::NOTHING,
        })
    }
}

impl<T> Desk<T> {
    /// What staff are shown, with who they are.
    pub(super) async fn of(backend: &Backend, staff: &Staff, shown: T) -> Result<Self, PageError> {
        let looker = Looker::of(backend, staff.user_id(), staff.roles()).await?;
        let looker = Looker {
            asks: Asks::of(backend, staff),
            ..looker
        };
        Ok(Self { looker, shown })
    }
}

/// How the club does today.
pub(super) async fn today() -> Result<Desk<Dashboard>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let dashboard = backend.desk.dashboard(&staff).await;
    Desk::of(&backend, &staff, dashboard.map_err(ssr::fail)?).await
}

/// Who runs the club, and a member who does or could.
pub(super) async fn staff(user: Option<UserId>) -> Result<Desk<StaffRoom>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let all = backend.accounts.staff(&staff).await.map_err(ssr::fail)?;
    let member = match user {
        Some(user) => found(backend.accounts.staff_member(&staff, user).await)?,
        None => None,
    };
    let items = all.items;
    Desk::of(&backend, &staff, StaffRoom { items, member }).await
}

/// What was asked for, or that there is none.
fn found<T>(answer: backend::Result<T>) -> Result<Option<T>, PageError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code() == Code::NotFound => Ok(None),
        Err(error) => Err(ssr::fail(error)),
    }
}

/// What staff did, the newest first.
pub(super) async fn audit(filter: AuditRequest) -> Result<Desk<Page<AuditRow>>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let rows = backend.audit.list(&staff, filter).await;
    Desk::of(&backend, &staff, rows.map_err(ssr::fail)?).await
}

/// What staff asked for that a second of them has to look at, the newest first.
pub(super) async fn approvals(filter: ApprovalsRequest) -> Result<Desk<Page<Approval>>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let page = backend.desk.approvals(&staff, filter).await;
    Desk::of(&backend, &staff, page.map_err(ssr::fail)?).await
}

/// One of it, with a page of its lines. Whoever sees what waits sees purchases.
pub(super) async fn approval(
    id: i64,
    lines: ApprovalLinesRequest,
) -> Result<Desk<AskedFor>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let whole = backend.desk.approval(&staff, id, lines).await;
    let whole = whole.map_err(ssr::fail)?;
    let purchase = match receipt_of(&whole.approval.action, &whole.approval.subject) {
        Some(code) => found(backend.desk.purchase(&staff, &code).await)?,
        None => None,
    };
    let receipt = purchase.map(|it| it.purchase.receipt);
    Desk::of(&backend, &staff, AskedFor { whole, receipt }).await
}

/// Members, a page of them.
pub(super) async fn members(filter: MembersRequest) -> Result<Desk<Found>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let (accounts, typed) = (&backend.accounts, filter.search.clone());
    let list = accounts.members(&staff, filter).await.map_err(ssr::fail)?;
    let typed = typed.unwrap_or_default();
    let exactly = accounts.exactly(&staff, &typed).await.map_err(ssr::fail)?;
    // Somebody may be called like a receipt, and would be found by nobody.
    let is_none = exactly.is_empty() && list.items.is_empty();
    let receipt = match is_none && staff.roles().may(Permission::PurchasesRead) {
        true => backend.shop.exactly(&staff, &typed).await,
        false => Ok(None),
    };
    let found = Found {
        exactly,
        receipt: receipt.map_err(ssr::fail)?,
        list,
    };
    Desk::of(&backend, &staff, found).await
}

/// A member, whole, with what is wanted of what happened to them.
pub(super) async fn member(user: UserId, wanted: Wanted) -> Result<Desk<Looked>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    // First, so that what happened to them has it.
    let phone = phone(&backend, &staff, user).await?;
    let member = backend.desk.member(&staff, user).await.map_err(ssr::fail)?;
    let Wanted { kind, cursor } = wanted;
    let limit = Some(MOMENTS);
    let page = PageRequest { limit, cursor };
    let story = backend.desk.timeline_of(&staff, user, kind, page).await;
    let looked = Looked {
        member,
        story: story.map_err(ssr::fail),
        key: fresh_key(),
        phone,
    };
    Desk::of(&backend, &staff, looked).await
}

/// The key of a gesture: nobody has seen this answer's nonce before, so no other form has it.
pub(super) fn fresh_key() -> String {
    use_nonce().map_or_else(String::new, |nonce| nonce.to_string())
}
