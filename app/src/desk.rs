//! The desk: where staff run the club. `place` lists its pages, `room` stands around each of them.

mod api;
mod audit_filter;
mod audit_list;
mod audit_page;
mod audit_row;
mod choice;
mod diff;
mod find;
mod member_roles;
mod page;
mod place;
mod roles;
mod room;
mod staff_page;
mod staff_table;
mod ticked;

pub use api::{ChangeRoles, Desk, StaffRoom, load_audit, load_desk, load_staff};
pub use audit_page::AuditPage;
pub use page::DeskPage;
pub use staff_page::StaffPage;
