//! Which members the address names, and in which order.

use leptos_router::{location::Url, params::ParamsMap};
use wire::{
    desk::{MemberSort, MembersRequest, Standing},
    staff::Role,
    user::Rank,
};

use super::{choice::day, place::Place};

/// How members may stand, each with its word in the address.
pub(super) const STANDINGS: [(Standing, &str); 3] = [
    (Standing::Active, "active"),
    (Standing::Banned, "banned"),
    (Standing::Deleted, "deleted"),
];
/// Their orders.
pub(super) const SORTS: [(MemberSort, &str); 5] = [
    (MemberSort::Newest, "newest"),
    (MemberSort::Oldest, "oldest"),
    (MemberSort::Nickname, "nickname"),
    (MemberSort::Balance, "balance"),
    (MemberSort::LastLogin, "last_login"),
];

/// What is searched for, filtered and sorted by; what is empty is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) search: String,
    pub(super) rank: Option<Rank>,
    pub(super) standing: Option<Standing>,
    pub(super) role: Option<Role>,
    /// The first day on which somebody may have joined, in UTC.
    pub(super) since: String,
    pub(super) sort: MemberSort,
    /// Which page; the club refuses a number that can be none.
    page: Option<i64>,
}

impl Sought {
    /// What an address names. Of what is chosen from a few, anything else is not filtered by; what is
    /// searched for is as it was typed, and the club says what is wrong with it.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let since = named(query, "since");
        let since = if day(since).is_some() { since } else { "" };
        Self {
            search: named(query, "search").to_owned(),
            rank: Rank::parse(named(query, "rank")),
            standing: of_word(&STANDINGS, named(query, "standing")),
            role: Role::parse(named(query, "role")),
            since: since.to_owned(),
            sort: of_word(&SORTS, named(query, "sort")).unwrap_or_default(),
            page: named(query, "page").parse().ok(),
        }
    }

    /// What the club is asked, of so many on a page.
    pub(super) fn request(&self, page_size: i64) -> MembersRequest {
        MembersRequest {
            search: given(&self.search).map(str::to_owned),
            rank: self.rank,
            standing: self.standing,
            role: self.role,
            since: day(&self.since),
            sort: Some(self.sort),
            page: self.page,
            page_size: Some(page_size),
        }
    }

    /// The address of the same members in that order, from the first page on.
    pub(super) fn sorted(&self, sort: MemberSort) -> String {
        let order = Some(sort).filter(|it| *it != MemberSort::default());
        let pairs = [
            ("search", given(&self.search)),
            ("rank", self.rank.map(Rank::as_str)),
            ("standing", self.standing.map(|it| word_of(&STANDINGS, it))),
            ("role", self.role.map(Role::as_str)),
            ("since", given(&self.since)),
            ("sort", order.map(|it| word_of(&SORTS, it))),
        ];
        address(Place::Members.path(), &pairs)
    }
}

/// The address of a list with what it is narrowed by; what is not given is left out.
pub(super) fn address(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let pairs = pairs
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", Url::escape((*value)?))));
    let query = pairs.collect::<Vec<_>>().join("&");
    if query.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{query}")
}

/// The word of one of a few.
pub(super) fn word_of<T: PartialEq>(all: &[(T, &'static str)], wanted: T) -> &'static str {
    let found = all.iter().find(|(it, _)| *it == wanted);
    found.map_or("", |(_, word)| word)
}

/// The one of that word.
pub(super) fn of_word<T: Copy>(all: &[(T, &'static str)], wanted: &str) -> Option<T> {
    let found = all.iter().find(|(_, word)| *word == wanted);
    found.map(|(it, _)| *it)
}

/// What an address says under a name.
pub(super) fn named<'a>(query: &'a ParamsMap, name: &str) -> &'a str {
    query.get_str(name).unwrap_or_default().trim()
}

/// A text, unless it is empty.
pub(super) fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back() {
        let sought = Sought {
            search: "a&b=% \u{d55c}".to_owned(),
            rank: Some(Rank::Vip),
            standing: Some(Standing::Banned),
            role: Some(Role::Support),
            since: "2026-01-31".to_owned(),
            sort: MemberSort::Balance,
            page: None,
        };
        for (sort, _) in SORTS {
            let expected = Sought {
                sort,
                ..sought.clone()
            };
            let address = sought.sorted(sort);
            assert_eq!(Sought::of(&query_of(&address)), expected, "{address}");
        }
        let all = Sought::default().sorted(MemberSort::Newest);
        assert_eq!(all, "/admin/members");
    }

    #[test]
    fn the_club_is_asked_for_what_the_address_names() {
        let address = "/admin/members?search=ann&standing=deleted&since=2026-01-31&page=3";
        let request = Sought::of(&query_of(address)).request(50);
        assert_eq!(request.search.as_deref(), Some("ann"));
        assert_eq!(request.standing, Some(Standing::Deleted));
        assert_eq!((request.rank, request.role), (None, None));
        assert_eq!((request.page, request.page_size), (Some(3), Some(50)));
        assert_eq!(request.sort, Some(MemberSort::Newest));
        let since = request.since.and_then(|since| since.rfc3339());
        assert_eq!(since.as_deref(), Some("2026-01-31T00:00:00Z"));
    }

    #[test]
    fn a_page_that_can_be_none_is_asked_for_and_what_is_no_number_is_not() {
        for (page, asked) in [("0", Some(0)), ("-1", Some(-1)), ("x", None), ("", None)] {
            let address = format!("/admin/members?page={page}&rank=KING&since=soon&sort=odd");
            let sought = Sought::of(&query_of(&address));
            assert_eq!(sought.page, asked, "{page}");
            let rest = Sought {
                page: None,
                ..sought
            };
            assert_eq!(rest, Sought::default());
        }
    }
}
