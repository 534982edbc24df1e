//! The desk: where staff run the club. The server alone makes its pages: nothing of it is in the browser's code.
//! `place` lists them, `room` stands around each, `read` asks the club for them.

mod acts;
mod answered;
mod api;
mod app;
mod audit_filter;
mod audit_list;
mod audit_page;
mod audit_row;
mod ban;
mod bar;
mod choice;
mod confirm;
mod diff;
mod document;
mod door;
mod door_page;
mod ending;
mod factor;
mod factor_codes;
mod factor_page;
mod factor_set;
mod factor_set_up;
mod find;
mod frame;
mod left;
mod looks;
mod member_head;
mod member_link;
mod member_page;
mod member_roles;
mod members_filter;
mod members_page;
mod members_table;
mod moment;
mod numbered;
mod own;
mod page;
mod phone;
mod place;
mod posted;
mod posted_ending;
mod purchase_acts;
mod purchase_badges;
mod purchase_form;
mod purchase_head;
mod purchase_page;
mod purchases_filter;
mod purchases_page;
mod purchases_read;
mod purchases_sought;
mod purchases_table;
mod read;
mod reset;
mod roles;
mod room;
mod search;
mod sent;
mod shown;
mod sought;
mod staff_page;
mod staff_table;
mod standing;
mod ticked;
mod timeline;
mod tokens;
mod told;
mod way;

pub use api::{
    BanMember, ChangeRoles, ForceSettle, GiveTokens, RefundPurchase, ResetFactor, TakeTokens,
    UnbanMember,
};
pub use app::DeskApp;
pub use document::shell;
pub use own::{DisableFactor, EnterDesk};
pub use place::POSTED;
