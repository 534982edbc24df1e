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
use crate::{tr, tr_title, words::I18n};

/// How the club does today, and what whoever looks may do.
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
    let roles = looker.roles.clone();
    view! {
        <Room place=Place::Today looker>
            <Board dashboard/>
            <Rights roles/>
        </Room>
    }
    .into_any()
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
    view! {
        <details class="card fold">
            <summary>{tr!(i18n, desk.rights)}</summary>
            <ul class="prose">{rows}</ul>
        </details>
    }
    .into_any()
}
