//! One member: how they stand, what is done to them, what happened to them.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use wire::{UserId, desk::MomentKind, staff::Permission};

use super::{
    acts::Acts,
    api::{Desk, Looked, load_member, load_timeline},
    left::Left,
    member_head::Head,
    place::Place,
    room::Room,
    timeline::{Story, Timeline},
};
use crate::{
    session::call_as_member,
    tr_title,
    trouble::refused,
    ui::{Skeleton, glyphs},
    words::I18n,
};

/// The things of one page of a timeline.
const ROWS: i64 = 30;

/// A member, whole; which page of what happened to them stands in the address.
#[component]
pub fn MemberPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (params, query) = (use_params_map(), use_query_map());
    let user = Memo::new(move |_| params.with(asked));
    let kind = Memo::new(move |_| query.with(kind_of));
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let (acts, looks) = (RwSignal::new(0_u32), RwSignal::new(0_u32));
    let member = Resource::new_blocking(
        move || (user.get(), acts.get()),
        |(user, _)| call_as_member(move || load_member(user)),
    );
    let page = Resource::new_blocking(
        move || {
            (
                user.get(),
                kind.get(),
                cursor.get(),
                acts.get(),
                looks.get(),
            )
        },
        |(user, kind, cursor, ..)| {
            call_as_member(move || load_timeline(user, ROWS, kind, cursor.clone()))
        },
    );
    let left = Resource::new_blocking(move || user.get(), |user| async move { Left::take(user) });
    let story = Story { page, kind, cursor };
    let then = Then {
        acted: Callback::new(move |()| acts.update(|acts| *acts += 1)),
        looked: Callback::new(move |()| looks.update(|looks| *looks += 1)),
    };
    let part = move || {
        Suspend::new(async move {
            // Once something was done from here, what was left before is over.
            let is_first = acts.try_get_untracked() == Some(0);
            let left = left.await;
            let left = if is_first { left } else { Left::default() };
            match member.await {
                Ok(desk) => view! { <Member desk left story then/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.desk_member)/>
        <Transition fallback=|| view! { <Skeleton rows=14/> }>{part}</Transition>
    }
    .into_any()
}

/// What follows what is done here.
#[derive(Clone, Copy)]
struct Then {
    /// The member is not as before.
    acted: Callback<()>,
    /// They are, but it is kept that somebody looked.
    looked: Callback<()>,
}

/// Whose page it is; no member has the number of what is none.
fn asked(params: &ParamsMap) -> UserId {
    let number = params.get_str("id").unwrap_or_default().parse::<i64>();
    UserId(number.unwrap_or_default())
}

/// What alone is shown of what happened; anything unknown is all of it.
fn kind_of(query: &ParamsMap) -> Option<MomentKind> {
    MomentKind::parse(query.get_str("kind")?)
}

#[component]
fn Member(desk: Desk<Looked>, left: Left, story: Story, then: Then) -> impl IntoView {
    let Desk { roles, shown } = desk;
    let Looked { member, key } = shown;
    let Then { acted, looked } = then;
    let user = member.member.id;
    let name = member.member.nickname.clone();
    let reason = member.ban.as_ref().map(|ban| &*ban.reason);
    let glyphs = glyphs(reason.into_iter().chain([&*name]));
    let may_audit = roles.may(Permission::AuditRead);
    let (of_room, of_head, in_head) = (roles.clone(), roles.clone(), member.clone());
    let (phone, shown_phone) = (left.phone.clone(), left.shown_phone.clone());
    view! {
        {glyphs}
        <Room place=Place::Members roles=of_room title=name>
            <Head member=in_head roles=of_head refusal=phone shown_phone looked/>
            <Acts member roles key left acted/>
            <Timeline user story may_audit/>
        </Room>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_names_a_member_and_what_to_see_of_them() {
        for (id, user) in [("7", 7), ("x", 0), ("", 0), ("99999999999999999999", 0)] {
            let params: ParamsMap = [("id", id)].into_iter().collect();
            assert_eq!(asked(&params), UserId(user), "{id}");
        }
        let kind = |address: &str| kind_of(&query_of(address));
        assert_eq!(kind("/admin/members/7?kind=hand"), Some(MomentKind::Hand));
        assert_eq!(kind("/admin/members/7?kind=god"), None);
        assert_eq!(kind("/admin/members/7?cursor=x"), None);
    }
}
