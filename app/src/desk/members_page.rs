//! Who is in the club.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_query_map};

use super::{
    answered::answered,
    members_filter::{Filter, Orders},
    members_table::{Exactly, MembersTable},
    place::{Place, purchase_path},
    read::{self, Desk, Found},
    room::Room,
    sought::Sought,
};
use crate::{tr_title, ui::glyphs, words::I18n};

/// The members of one page.
const ROWS: i64 = 50;

/// Members, a page at a time; what is searched for, filtered and sorted by stands in the address. The code of a
/// receipt leads to its purchase.
#[component]
pub(super) fn MembersPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let sought = use_query_map().try_with_untracked(Sought::of);
    let sought = sought.unwrap_or_default();
    let members = read::members(sought.request(ROWS));
    let page = answered(members, move |desk| {
        match desk.shown.receipt.as_ref().map(purchase_path) {
            Some(path) => view! { <Redirect path/> }.into_any(),
            None => view! { <Members desk sought/> }.into_any(),
        }
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_members)/>
        {page}
    }
    .into_any()
}

#[component]
fn Members(desk: Desk<Found>, sought: Sought) -> impl IntoView {
    let Desk { looker, shown } = desk;
    let Found { exactly, list, .. } = shown;
    let everyone = exactly.iter().chain(&list.items);
    let glyphs = glyphs(everyone.map(|it| &*it.nickname));
    let search = sought.search.clone();
    view! {
        {glyphs}
        <Room place=Place::Members looker search>
            <Exactly members=exactly/>
            <Filter sought=sought.clone()/>
            <Orders sought/>
            <MembersTable list/>
        </Room>
    }
    .into_any()
}
