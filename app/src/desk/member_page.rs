//! One member: how they stand, what is done to them, what happened to them.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use wire::{UserId, staff::Permission};

use super::{
    acts::Acts,
    answered::answered,
    left::Left,
    member_head::Head,
    place::Place,
    read::{self, Desk, Looked},
    room::Room,
    timeline::{Timeline, Wanted},
    told::Told,
};
use crate::{tr_title, ui::glyphs, words::I18n};

/// A member, whole; which page of what happened to them stands in the address.
#[component]
pub(super) fn MemberPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let user = use_params_map().try_with_untracked(asked);
    let user = user.unwrap_or(NOBODY);
    let wanted = use_query_map().try_with_untracked(Wanted::of);
    let wanted = wanted.unwrap_or_default();
    let page = answered(read::member(user, wanted.clone()), move |desk| {
        let left = Left::take(user);
        view! { <Member desk wanted left/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_member)/>
        {page}
    }
    .into_any()
}

/// No member has this number.
const NOBODY: UserId = UserId(0);

/// Whose page it is; what is no number is nobody's.
fn asked(params: &ParamsMap) -> UserId {
    let number = params.get_str("id").unwrap_or_default().parse::<i64>();
    number.map_or(NOBODY, UserId)
}

#[component]
fn Member(desk: Desk<Looked>, wanted: Wanted, left: Left) -> impl IntoView {
    let Desk { looker, shown } = desk;
    let Looked {
        member,
        story,
        key,
        phone: shown_phone,
    } = shown;
    let user = member.member.id;
    let name = member.member.nickname.clone();
    let reason = member.ban.as_ref().map(|ban| &*ban.reason);
    let glyphs = glyphs(reason.into_iter().chain([&*name]));
    let (roles, asks) = (looker.roles.clone(), looker.asks);
    let may_audit = roles.may(Permission::AuditRead);
    let (in_head, of_head) = (member.clone(), roles.clone());
    let (told, phone) = (left.told.clone(), left.phone.clone());
    view! {
        {glyphs}
        <Room place=Place::Members looker title=name>
            <Told told/>
            <Head member=in_head roles=of_head refusal=phone shown_phone/>
            <Acts member roles asks key left/>
            <Timeline user wanted story may_audit/>
        </Room>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_member() {
        for (id, user) in [("7", 7), ("x", 0), ("", 0), ("99999999999999999999", 0)] {
            let params: ParamsMap = [("id", id)].into_iter().collect();
            assert_eq!(asked(&params), UserId(user), "{id}");
        }
    }
}
