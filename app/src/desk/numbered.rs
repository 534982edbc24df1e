//! Which page of a list it is, and the ways to those beside it.

use leptos::prelude::*;

use crate::{
    format, tr,
    ui::{Icon, Weight, use_here_with},
    words::{I18n, fill},
};

/// The query parameter that carries the number of a page.
const PAGE: &str = "page";

/// A page of a list whose pages have numbers, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) page: i64,
    pub(super) page_size: i64,
    /// How many things there are on all pages.
    pub(super) total: i64,
}

impl Numbered {
    /// The last page that has something on it.
    fn last(self) -> i64 {
        let size = self.page_size.max(1);
        (self.total.saturating_add(size - 1) / size).max(1)
    }

    /// The page before; of one beyond the last it is the last.
    fn before(self) -> Option<i64> {
        (self.page > 1).then(|| (self.page - 1).min(self.last()))
    }

    fn after(self) -> Option<i64> {
        (self.page < self.last()).then_some(self.page + 1)
    }

    /// The places of the first and of the last thing on it; nothing where it is empty.
    fn span(self) -> Option<(i64, i64)> {
        let before = (self.page - 1).saturating_mul(self.page_size);
        let until = before.saturating_add(self.page_size).min(self.total);
        (before < until).then_some((before + 1, until))
    }
}

/// What of how many stands here, and links to the pages before and after; filters and order stay.
#[component]
pub(super) fn Pages(pages: Numbered) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let span = move || {
        let (from, until) = pages.span()?;
        let [from, until, total] = [from, until, pages.total].map(format::group);
        let values = [("from", &*from), ("to", &*until), ("total", &*total)];
        Some(fill(tr!(i18n, desk.range)(), &values))
    };
    let before = pages.before().map(|page| {
        // The first page has no number in its address.
        let number = (page > 1).then(|| page.to_string());
        let href = use_here_with(PAGE, number);
        view! { <a class=Weight::Quiet.class() href=href rel="prev">{tr!(i18n, desk.page_before)}</a> }
    });
    let after = pages.after().map(|page| {
        let href = use_here_with(PAGE, Some(page.to_string()));
        view! {
            <a class=Weight::Quiet.class() href=href rel="next">
                {tr!(i18n, desk.page_after)}
                <Icon name="next"/>
            </a>
        }
    });
    view! {
        <div class="desk-pages">
            <p class="muted" data-testid="range">{span}</p>
            <nav class="pager" aria-label=tr!(i18n, desk.leaf)>{before} {after}</nav>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(page: i64, total: i64) -> Numbered {
        Numbered {
            page,
            page_size: 50,
            total,
        }
    }

    #[test]
    fn a_page_says_what_it_holds_and_what_is_beside_it() {
        let first = at(1, 12_345);
        assert_eq!(first.span(), Some((1, 50)));
        assert_eq!((first.before(), first.after()), (None, Some(2)));
        let last = at(247, 12_345);
        assert_eq!(last.span(), Some((12_301, 12_345)));
        assert_eq!((last.before(), last.after()), (Some(246), None));
        let only = at(1, 50);
        assert_eq!((only.before(), only.after()), (None, None));
    }

    #[test]
    fn beyond_the_last_page_there_is_nothing_but_the_way_back() {
        let beyond = at(1_000_000, 51);
        assert_eq!(beyond.span(), None);
        assert_eq!((beyond.before(), beyond.after()), (Some(2), None));
        let none = at(1, 0);
        assert_eq!(none.span(), None);
        assert_eq!((none.before(), none.after()), (None, None));
    }
}
