//! The desk: where staff run the club. `place` lists its pages, `room` stands around each of them.

mod acts;
mod api;
mod audit_filter;
mod audit_list;
mod audit_page;
mod audit_row;
mod ban;
mod choice;
mod diff;
mod find;
mod left;
mod member_head;
mod member_link;
mod member_page;
mod member_roles;
mod members_filter;
mod members_page;
mod members_table;
mod moment;
mod numbered;
mod page;
mod phone;
mod place;
mod posted;
mod roles;
mod room;
mod search;
mod sought;
mod staff_page;
mod staff_table;
mod standing;
mod sure;
mod ticked;
mod timeline;
mod tokens;
mod way;

pub use api::{
    BanMember, ChangeRoles, Desk, Found, GiveTokens, Looked, ShowPhone, StaffRoom, TakeTokens,
    UnbanMember, load_audit, load_desk, load_member, load_members, load_staff, load_timeline,
};
pub use audit_page::AuditPage;
pub use member_page::MemberPage;
pub use members_page::MembersPage;
pub use page::DeskPage;
pub use staff_page::StaffPage;
