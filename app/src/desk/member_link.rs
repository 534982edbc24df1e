//! A member's number, which leads to their page.

use leptos::prelude::*;
use wire::UserId;

use super::place::member_path;

/// Wherever the desk names a member by their number alone.
#[component]
pub(super) fn MemberLink(user: UserId) -> impl IntoView {
    view! { <a class="desk-link" href=member_path(user)>{user.to_string()}</a> }.into_any()
}
