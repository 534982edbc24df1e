//! What happened to a member, as one list.

use leptos::{prelude::*, text_prop::TextProp};
use leptos_router::params::ParamsMap;
use wire::{
    Page, UserId,
    desk::{Moment, MomentKind, TimelineItem},
    live::Notice,
};

use super::{
    moment::{Row, kind_name},
    place::member_path,
};
use crate::{
    error::PageError,
    tr,
    trouble::PartTrouble,
    ui::{Empty, LinkTabs, Pager, Tab, glyphs},
    words::I18n,
};

/// What of it the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Of which kind alone; all of it where none is named.
    pub(super) kind: Option<MomentKind>,
    /// Where its page starts.
    pub(super) cursor: Option<String>,
}

impl Wanted {
    /// A kind that nobody knows is none.
    pub(super) fn of(query: &ParamsMap) -> Self {
        Self {
            kind: query.get_str("kind").and_then(MomentKind::parse),
            cursor: query.get("cursor"),
        }
    }
}

/// The newest first; of one kind, or all of it.
#[component]
pub(super) fn Timeline(
    user: UserId,
    wanted: Wanted,
    /// A page of it, or why it did not come.
    story: Result<Page<TimelineItem>, PageError>,
    /// Whether whoever looks may read the audit log.
    may_audit: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_later = wanted.cursor.is_some();
    let rows = match story {
        Ok(page) => view! { <Rows page user is_later may_audit/> }.into_any(),
        Err(error) => view! { <PartTrouble error/> }.into_any(),
    };
    view! {
        <section class="card">
            <h2 class="card-title">{tr!(i18n, desk.timeline)}</h2>
            <Kinds user kind=wanted.kind/>
            {rows}
        </section>
    }
    .into_any()
}

/// The kinds, each a link that begins at the newest.
#[component]
fn Kinds(user: UserId, kind: Option<MomentKind>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let all = std::iter::once(None).chain(MomentKind::ALL.map(Some));
    let tabs = all.map(|to| Tab {
        name: TextProp::from(move || match to {
            Some(kind) => kind_name(i18n.get_locale(), kind),
            None => tr!(i18n, desk.any)(),
        }),
        href: address(user, to),
        is_current: to == kind,
    });
    view! { <LinkTabs label=tr!(i18n, desk.timeline) tabs=tabs.collect()/> }.into_any()
}

/// The page of a member with what is of one kind, or with all.
fn address(user: UserId, kind: Option<MomentKind>) -> String {
    let path = member_path(user);
    match kind {
        Some(kind) => format!("{path}?kind={}", kind.as_str()),
        None => path,
    }
}

#[component]
fn Rows(page: Page<TimelineItem>, user: UserId, is_later: bool, may_audit: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! { <Empty title=tr!(i18n, hands.none)/> }.into_any();
    }
    let glyphs = glyphs(page.items.iter().flat_map(|item| written(&item.moment)));
    let rows = page.items.into_iter();
    let rows = rows.map(|item| view! { <Row item user may_audit/> });
    let rows = rows.collect_view();
    view! {
        {glyphs}
        <ol class="rows moments" data-testid="timeline">{rows}</ol>
        <Pager parameter="cursor" next=page.next_cursor is_later/>
    }
    .into_any()
}

/// What people wrote in it.
fn written(moment: &Moment) -> Vec<&str> {
    match moment {
        Moment::Act(act) => act.reason.as_deref().into_iter().collect(),
        Moment::Note(note) => vec![note.text.as_str(), note.author_nickname.as_str()],
        Moment::Notice(Notice::AdminBroadcast(words)) => {
            vec![words.title.as_str(), words.body.as_str()]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_names_the_member_and_the_kind() {
        assert_eq!(address(UserId(7), None), "/admin/members/7");
        let hands = address(UserId(7), Some(MomentKind::Hand));
        assert_eq!(hands, "/admin/members/7?kind=hand");
    }

    #[test]
    fn an_address_is_read_back() {
        let wanted = |query: &str| Wanted::of(&query_of(query));
        let hands = wanted("/admin/members/7?kind=hand&cursor=x");
        assert_eq!(hands.kind, Some(MomentKind::Hand));
        assert_eq!(hands.cursor.as_deref(), Some("x"));
        assert_eq!(wanted("/admin/members/7?kind=god"), Wanted::default());
    }
}
