//! The desk's first page.

use leptos::prelude::*;
use leptos_meta::Title;
use wire::{
    desk::Dashboard,
    staff::{Permission, Roles},
};

use super::{
    answered::answered,
    dashboard::Board,
    place::Place,
    read::{self, Desk},
    roles::permission_name,
    room::Room,
};
use crate::{
    tr, tr_title,
    ui::{Card, Empty},
    words::I18n,
};

/// How the club does today, where whoever looks may go from here, and what they may do.
#[component]
pub(super) fn DeskPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let page = answered(read::today(), |desk| view! { <Today desk/> }.into_any());
    view! {
        <Title text=tr_title!(i18n, title.desk)/>
        {page}
    }
    .into_any()
}

#[component]
fn Today(desk: Desk<Dashboard>) -> impl IntoView {
    let Desk {
        looker,
        shown: dashboard,
    } = desk;
    let (of_ways, of_rights) = (looker.roles.clone(), looker.roles.clone());
    view! {
        <Room place=Place::Today looker>
            <Board dashboard/>
            <Ways roles=of_ways/>
            <Rights roles=of_rights/>
        </Room>
    }
    .into_any()
}

/// The other pages that they may open, and what each is for.
#[component]
fn Ways(roles: Roles) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_way = |it: &Place| *it != Place::Today && it.is_open_to(&roles);
    let places: Vec<Place> = Place::ALL.into_iter().filter(is_way).collect();
    if places.is_empty() {
        return view! { <Card title=tr!(i18n, desk.pages)><Empty title=tr!(i18n, desk.no_pages)/></Card> }
            .into_any();
    }
    let rows = places.into_iter().map(|it| {
        view! {
            <li class="desk-way">
                <a class="text-link" href=it.path()>{move || it.name(i18n.get_locale())}</a>
                <span class="muted">{move || it.about(i18n.get_locale())}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=tr!(i18n, desk.pages)><ul class="rows">{rows}</ul></Card> }.into_any()
}

/// What their roles let them do, here or by REST.
#[component]
fn Rights(roles: Roles) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let has = |it: &Permission| roles.may(*it);
    let permissions: Vec<Permission> = Permission::ALL.iter().copied().filter(has).collect();
    if permissions.is_empty() {
        return ().into_any();
    }
    let rows = permissions.into_iter().map(|it| {
        view! { <li>{move || permission_name(i18n.get_locale(), it)}</li> }
    });
    let rows = rows.collect_view();
    view! { <Card title=tr!(i18n, desk.rights)><ul class="prose">{rows}</ul></Card> }.into_any()
}
