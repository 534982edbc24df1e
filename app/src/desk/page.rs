//! The desk's first page.

use leptos::prelude::*;
use leptos_meta::Title;
use wire::staff::{Permission, Roles};

use super::{
    api::{Desk, load_desk},
    place::Place,
    roles::{RoleBadges, permission_name},
    room::Room,
};
use crate::{
    session::{call_as_member, use_session},
    tr, tr_title,
    trouble::refused,
    ui::{Card, Empty, Skeleton, glyphs},
    words::{I18n, fill},
};

/// Who looks, what they are, and where they may go from here.
#[component]
pub fn DeskPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let desk = Resource::new_blocking(move || session.version(), |_| call_as_member(load_desk));
    let part = move || {
        Suspend::new(async move {
            match desk.await {
                Ok(Desk { roles, .. }) => {
                    let viewer = session.viewer.await.ok().flatten();
                    let name = viewer.map(|it| it.user.nickname).unwrap_or_default();
                    view! { <Today name roles/> }.into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.desk)/>
        <Transition fallback=|| view! { <Skeleton rows=8/> }>{part}</Transition>
    }
    .into_any()
}

#[component]
fn Today(name: String, roles: Roles) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let glyphs = glyphs([&*name]);
    let who = move || fill(tr!(i18n, desk.who)(), &[("name", &name)]);
    let (of_room, of_ways, of_rights) = (roles.clone(), roles.clone(), roles.clone());
    view! {
        {glyphs}
        <Room place=Place::Today roles=of_room>
            <section class="card" data-testid="desk-who">
                <h2 class="card-title">{who}</h2>
                <RoleBadges roles/>
            </section>
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
