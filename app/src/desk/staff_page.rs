//! Who runs the club, and as what.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use wire::{UserId, staff::Permission};

use super::{
    api::{Desk, StaffRoom, load_staff},
    find::Find,
    member_roles::MemberRoles,
    place::Place,
    room::Room,
    staff_table::StaffTable,
    ticked::form_of,
};
use crate::{
    error::Refusal,
    session::call_as_member,
    tr_title,
    trouble::refused,
    ui::{Skeleton, glyphs, take_refusal},
    words::I18n,
};

/// Everyone with a role, and one member whose roles are changed.
#[component]
pub fn StaffPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let user = Memo::new(move |_| query.with(asked));
    let changes = RwSignal::new(0_u32);
    let staff = Resource::new_blocking(
        move || (user.get(), changes.get()),
        |(user, _)| call_as_member(move || load_staff(user)),
    );
    let refusal = Resource::new_blocking(
        move || user.get(),
        |user| async move { user.and_then(|user| take_refusal(&form_of(user))) },
    );
    let changed = Callback::new(move |()| changes.update(|changes| *changes += 1));
    let part = move || {
        Suspend::new(async move {
            // Once something was changed from here, it is over.
            let is_first = changes.try_get_untracked() == Some(0);
            let refusal = refusal.await.filter(|_| is_first);
            match staff.await {
                Ok(desk) => {
                    let user = user.try_get_untracked().flatten();
                    view! { <Staff desk user refusal changed/> }.into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.desk_staff)/>
        <Transition fallback=|| view! { <Skeleton rows=10/> }>{part}</Transition>
    }
    .into_any()
}

/// Whom the address asks for; what is no number is nobody.
fn asked(query: &ParamsMap) -> Option<UserId> {
    let number = query.get_str("user")?.trim().parse::<i64>();
    number.ok().map(UserId)
}

#[component]
fn Staff(
    desk: Desk<StaffRoom>,
    user: Option<UserId>,
    refusal: Option<Refusal>,
    changed: Callback<()>,
) -> impl IntoView {
    let Desk { roles, shown } = desk;
    let StaffRoom { items, member } = shown;
    let glyphs = glyphs(items.iter().chain(&member).map(|it| &*it.nickname));
    let is_missing = user.is_some() && member.is_none();
    let may_change = roles.may(Permission::Staff);
    let form = member.map(|member| {
        view! { <MemberRoles member may_change refusal changed/> }
    });
    view! {
        {glyphs}
        <Room place=Place::Staff roles>
            <Find user is_missing/>
            {form}
            <section class="card">
                <StaffTable items/>
            </section>
        </Room>
    }
    .into_any()
}
