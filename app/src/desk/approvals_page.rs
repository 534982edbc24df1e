//! What staff asked for that a second of them has to look at.

use leptos::{prelude::*, text_prop::TextProp};
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use wire::{
    Page,
    desk::{Approval, ApprovalState, ApprovalsRequest},
};

use super::{
    answered::answered,
    approval_words::state_name,
    approvals_table::ApprovalsTable,
    place::Place,
    read::{self, Desk},
    room::Room,
};
use crate::{
    tr, tr_title,
    ui::{LinkTabs, Tab},
    words::I18n,
};

/// What is on one page.
const ROWS: i64 = 30;
/// The word in the address for all of it, however it stands.
const ALL: &str = "all";

/// Of all that was asked for what stands like this; all of it where nothing is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chosen(Option<ApprovalState>);

/// What waits is what the page is there for.
impl Default for Chosen {
    fn default() -> Self {
        Self(Some(ApprovalState::Waiting))
    }
}

impl Chosen {
    /// What an address names; what nobody knows is not chosen.
    fn of(query: &ParamsMap) -> Self {
        let word = query.get_str("state").unwrap_or_default();
        match ApprovalState::parse(word) {
            Some(state) => Self(Some(state)),
            None if word == ALL => Self(None),
            None => Self::default(),
        }
    }

    /// The address that names it, from the newest on.
    fn address(self) -> String {
        let path = Place::Approvals.path();
        if self == Self::default() {
            return path.to_owned();
        }
        format!("{path}?state={}", self.0.map_or(ALL, ApprovalState::as_str))
    }
}

/// What waits, or stands as the address says, a page at a time.
#[component]
pub(super) fn ApprovalsPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let asked = |query: &ParamsMap| (Chosen::of(query), query.get("cursor"));
    let asked = use_query_map().try_with_untracked(asked);
    let (chosen, cursor) = asked.unwrap_or_default();
    let is_later = cursor.is_some();
    let request = ApprovalsRequest {
        limit: Some(ROWS),
        cursor,
        state: chosen.0,
    };
    let page = answered(read::approvals(request), move |desk| {
        view! { <Approvals desk chosen is_later/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_approvals)/>
        {page}
    }
    .into_any()
}

#[component]
fn Approvals(desk: Desk<Page<Approval>>, chosen: Chosen, is_later: bool) -> impl IntoView {
    let Desk { looker, shown } = desk;
    view! {
        <Room place=Place::Approvals looker>
            <States chosen/>
            <ApprovalsTable page=shown is_later/>
        </Room>
    }
    .into_any()
}

/// How something may stand, each a link that begins at the newest.
#[component]
fn States(chosen: Chosen) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let all = ApprovalState::ALL.into_iter().map(Some).chain([None]);
    let tabs = all.map(Chosen).map(|to| Tab {
        name: TextProp::from(move || match to.0 {
            Some(state) => state_name(i18n.get_locale(), state),
            None => tr!(i18n, desk.any)(),
        }),
        href: to.address(),
        is_current: to == chosen,
    });
    view! { <LinkTabs label=tr!(i18n, desk.standing) tabs=tabs.collect()/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back_and_without_one_it_is_what_waits() {
        let all = ApprovalState::ALL.into_iter().map(Some).chain([None]);
        for chosen in all.map(Chosen).filter(|it| *it != Chosen::default()) {
            let address = chosen.address();
            assert_eq!(Chosen::of(&query_of(&address)), chosen, "{address}");
        }
        assert_eq!(Chosen::default().address(), "/admin/approvals");
        for odd in ["", "god", "WAITING"] {
            let address = format!("/admin/approvals?state={odd}");
            assert_eq!(Chosen::of(&query_of(&address)), Chosen::default(), "{odd}");
        }
    }
}
