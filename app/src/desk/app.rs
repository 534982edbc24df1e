//! The desk as one component: contexts, then routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use super::{
    approval_page::ApprovalPage, approvals_page::ApprovalsPage, audit_page::AuditPage,
    door_page::DoorPage, factor_page::FactorPage, frame::Frame, member_page::MemberPage,
    members_page::MembersPage, page::DeskPage, purchase_page::PurchasePage,
    purchases_page::PurchasesPage, staff_page::StaffPage,
};
use crate::{i18n::provide_i18n, ssr::security, trouble::MissingPage};

/// Every page of the desk.
#[component]
pub fn DeskApp() -> impl IntoView {
    provide_meta_context();
    security::apply();
    provide_i18n();
    view! {
        <Router>
            <Routes fallback=|| view! { <Frame><MissingPage/></Frame> }>
                <Route path=path!("admin") view=DeskPage ssr=SsrMode::Async/>
                <Route path=path!("admin/login") view=DoorPage ssr=SsrMode::Async/>
                <Route path=path!("admin/factor") view=FactorPage ssr=SsrMode::Async/>
                <Route path=path!("admin/members") view=MembersPage ssr=SsrMode::Async/>
                <Route path=path!("admin/members/:id") view=MemberPage ssr=SsrMode::Async/>
                <Route path=path!("admin/purchases") view=PurchasesPage ssr=SsrMode::Async/>
                <Route path=path!("admin/purchases/:receipt") view=PurchasePage ssr=SsrMode::Async/>
                <Route path=path!("admin/approvals") view=ApprovalsPage ssr=SsrMode::Async/>
                <Route path=path!("admin/approvals/:id") view=ApprovalPage ssr=SsrMode::Async/>
                <Route path=path!("admin/staff") view=StaffPage ssr=SsrMode::Async/>
                <Route path=path!("admin/audit") view=AuditPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
    .into_any()
}
