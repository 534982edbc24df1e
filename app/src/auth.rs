//! Joining the club, coming in, going out.

mod api;
mod reason;
mod sign_in_page;
mod sign_out;
mod sign_up_page;

pub use api::{LogIn, LogOut, LogOutAll, SignUp};
pub use sign_in_page::SignInPage;
pub use sign_out::SignOut;
pub use sign_up_page::SignUpPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where to go after signing in: a path of ours from `?next=`, else the slot.
fn use_next() -> String {
    let query = use_query_map();
    let next = query.try_with_untracked(|query| query.get("next"));
    next.flatten()
        .as_deref()
        .and_then(crate::paths::local_path)
        .unwrap_or("/games/slot")
        .to_owned()
}
