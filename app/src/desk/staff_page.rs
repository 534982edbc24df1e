//! Who runs the club, and as what.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use wire::UserId;

use super::{
    answered::answered,
    find::Find,
    member_roles::{LeftRoles, MemberRoles},
    place::Place,
    read::{self, Desk, StaffRoom},
    room::Room,
    staff_table::StaffTable,
    told::Told,
};
use crate::{tr_title, ui::glyphs, words::I18n};

/// Everyone with a role, and one member whose roles are changed.
#[component]
pub(super) fn StaffPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let user = use_query_map().try_with_untracked(asked).flatten();
    let page = answered(read::staff(user), move |desk| {
        let left = user.map(LeftRoles::take).unwrap_or_default();
        view! { <Staff desk user left/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_staff)/>
        {page}
    }
    .into_any()
}

/// Whom the address asks for; what is no number is nobody.
fn asked(query: &ParamsMap) -> Option<UserId> {
    let number = query.get_str("user")?.trim().parse::<i64>();
    number.ok().map(UserId)
}

#[component]
fn Staff(desk: Desk<StaffRoom>, user: Option<UserId>, left: LeftRoles) -> impl IntoView {
    let Desk { looker, shown } = desk;
    let StaffRoom { items, member } = shown;
    let LeftRoles {
        refusal,
        reset,
        told,
    } = left;
    let glyphs = glyphs(items.iter().chain(&member).map(|it| &*it.nickname));
    let is_missing = user.is_some() && member.is_none();
    let who = looker.clone();
    let form = member.map(|member| view! { <MemberRoles member looker=who refusal reset/> });
    view! {
        {glyphs}
        <Room place=Place::Staff looker>
            <Told told/>
            <Find user is_missing/>
            {form}
            <section class="card">
                <StaffTable items/>
            </section>
        </Room>
    }
    .into_any()
}
