//! Who is in the club.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wire::staff::Roles;

use super::{
    api::{Desk, Found, load_members},
    members_filter::{Filter, Orders},
    members_table::{Exactly, MembersTable},
    place::Place,
    room::Room,
    sought::Sought,
};
use crate::{
    session::call_as_member,
    tr_title,
    trouble::refused,
    ui::{Skeleton, glyphs},
    words::I18n,
};

/// The members of one page.
const ROWS: i64 = 50;

/// Members, a page at a time; what is searched for, filtered and sorted by stands in the address.
#[component]
pub fn MembersPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let sought = Memo::new(move |_| query.with(Sought::of));
    let page = Resource::new_blocking(
        move || sought.get(),
        |sought| {
            let request = sought.request(ROWS);
            call_as_member(move || load_members(request.clone()))
        },
    );
    let part = move || {
        Suspend::new(async move {
            match page.await {
                Ok(Desk { roles, shown }) => {
                    let sought = sought.try_get_untracked().unwrap_or_default();
                    view! { <Members roles found=shown sought/> }.into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.desk_members)/>
        <Transition fallback=|| view! { <Skeleton rows=14/> }>{part}</Transition>
    }
    .into_any()
}

#[component]
fn Members(roles: Roles, found: Found, sought: Sought) -> impl IntoView {
    let Found { exactly, list } = found;
    let everyone = exactly.iter().chain(&list.items);
    let glyphs = glyphs(everyone.map(|it| &*it.nickname));
    let search = sought.search.clone();
    view! {
        {glyphs}
        <Room place=Place::Members roles search>
            <Exactly members=exactly/>
            <Filter sought=sought.clone()/>
            <Orders sought/>
            <MembersTable list/>
        </Room>
    }
    .into_any()
}
