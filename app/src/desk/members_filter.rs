//! What members are filtered by, and their order.

use leptos::{prelude::*, text_prop::TextProp};
use wire::{desk::MemberSort, staff::Role, user::Rank};

use super::{
    place::Place,
    roles::role_name,
    sought::{SORTS, STANDINGS, Sought, word_of},
    standing::standing_name,
};
use crate::{
    i18n::{Locale, td_string},
    tr,
    ui::{Button, LinkTabs, Tab},
    words::{self, I18n},
};

/// A form whose state is the address; it begins at the first page, and what was searched for stays.
#[component]
pub(super) fn Filter(sought: Sought) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let path = Place::Members.path();
    let kept = [
        ("search", sought.search.clone()),
        ("sort", word_of(&SORTS, sought.sort).to_owned()),
    ];
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let ranks = Rank::ALL.map(|rank| {
        let name = move || words::of_rank(i18n.get_locale(), rank);
        (rank.as_str(), TextProp::from(name))
    });
    let standings = STANDINGS.map(|(standing, word)| {
        let name = move || standing_name(i18n.get_locale(), standing);
        (word, TextProp::from(name))
    });
    let roles = Role::ALL.iter().copied().map(|role| {
        let name = move || role_name(i18n.get_locale(), role);
        (role.as_str(), TextProp::from(name))
    });
    let (rank, role) = (sought.rank.map(Rank::as_str), sought.role.map(Role::as_str));
    let standing = sought.standing.map(|it| word_of(&STANDINGS, it));
    view! {
        <form class="desk-filter" method="get" action=path data-testid="members-filter">
            {kept.into_iter().collect_view()}
            <Choice name="rank" label=tr!(i18n, desk.rank) options=ranks.into() chosen=rank/>
            <Choice name="standing" label=tr!(i18n, desk.standing) options=standings.into() chosen=standing/>
            <Choice name="role" label=tr!(i18n, desk.roles) options=roles.collect() chosen=role/>
            <div class="field">
                <label class="field-label" for="field-since">{tr!(i18n, desk.since_day)}</label>
                <input id="field-since" class="input" name="since" type="date" value=sought.since autocomplete="off"/>
            </div>
            <div class="row">
                <Button testid="filter">{tr!(i18n, desk.find)}</Button>
                <a class="text-link" href=path>{tr!(i18n, desk.all)}</a>
            </div>
        </form>
    }
    .into_any()
}

/// One of a few, or any.
#[component]
pub(super) fn Choice(
    /// As it stands in the address.
    name: &'static str,
    #[prop(into)] label: TextProp,
    /// As each stands there, and as it is called.
    options: Vec<(&'static str, TextProp)>,
    chosen: Option<&'static str>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let id = format!("field-{name}");
    let options = options.into_iter().map(|(word, called)| {
        let is_chosen = chosen == Some(word);
        view! { <option value=word selected=is_chosen>{move || called.get()}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{move || label.get()}</label>
            <select id=id class="input" name=name>
                <option value="" selected=chosen.is_none()>{tr!(i18n, desk.any)}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Their orders, each a link.
#[component]
pub(super) fn Orders(sought: Sought) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tabs = SORTS.map(|(sort, _)| Tab {
        name: TextProp::from(move || sort_name(i18n.get_locale(), sort)),
        href: sought.sorted(sort),
        is_current: sought.sort == sort,
    });
    view! { <LinkTabs label=tr!(i18n, desk.sort) tabs=tabs.into()/> }.into_any()
}

fn sort_name(locale: Locale, sort: MemberSort) -> &'static str {
    match sort {
        MemberSort::Newest => td_string!(locale, desk.sort_newest),
        MemberSort::Oldest => td_string!(locale, desk.sort_oldest),
        MemberSort::Nickname => td_string!(locale, desk.sort_nickname),
        MemberSort::Balance => td_string!(locale, desk.sort_balance),
        MemberSort::LastLogin => td_string!(locale, desk.sort_last_login),
    }
}
