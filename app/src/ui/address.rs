//! The address of the page that is shown, and others like it.

use leptos::prelude::*;
use leptos_router::{
    hooks::use_location,
    location::{Location, Url},
};

/// The address of this page with all that was asked for; it follows both.
pub fn use_here() -> Signal<String> {
    let Location {
        pathname, search, ..
    } = use_location();
    Signal::derive(move || with_query(&pathname.get(), &search.get()))
}

/// The address of this page with one parameter changed or left out; the rest of the query stays.
pub fn use_here_with(name: &'static str, value: Option<String>) -> Signal<String> {
    let Location {
        pathname, search, ..
    } = use_location();
    Signal::derive(move || {
        let query = changed(&search.get(), name, value.as_deref());
        with_query(&pathname.get(), &query)
    })
}

/// The address of a page with what it is filtered by; what is not filtered by is `all`.
pub fn filtered(page: &str, filters: &[(&str, Option<&str>)]) -> String {
    let pairs = filters
        .iter()
        .map(|(name, value)| format!("{name}={}", value.unwrap_or("all")));
    format!("{page}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Browsers keep the mark with the query, servers do not.
fn with_query(path: &str, query: &str) -> String {
    match query.trim_start_matches('?') {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// A query with one parameter changed or left out.
fn changed(query: &str, name: &str, value: Option<&str>) -> String {
    let is_kept = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let kept = query.trim_start_matches('?').split('&').filter(is_kept);
    let set = value.map(|value| format!("{name}={}", Url::escape(value)));
    let pairs: Vec<_> = kept.map(str::to_owned).chain(set).collect();
    pairs.join("&")
}

/// What the browser makes of an address, for tests that it is read back.
#[cfg(test)]
pub(crate) fn query_of(href: &str) -> leptos_router::params::ParamsMap {
    let mut map = leptos_router::params::ParamsMap::new();
    for pair in href.split('?').nth(1).unwrap().split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        map.insert(name.to_owned(), value.to_owned());
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_page_of_a_list_keeps_filters_and_other_lists() {
        let query = "?kind=item&cursor=old&hands=here";
        let next = changed(query, "cursor", Some("a/b"));
        assert_eq!(next, "kind=item&hands=here&cursor=a%2Fb");
        assert_eq!(changed(query, "cursor", None), "kind=item&hands=here");
        assert_eq!(changed("", "cursor", Some("new")), "cursor=new");
    }

    #[test]
    fn an_address_has_one_mark_and_none_without_a_query() {
        for query in ["a=1", "?a=1"] {
            assert_eq!(with_query("/page", query), "/page?a=1");
        }
        assert_eq!(with_query("/page", ""), "/page");
        assert_eq!(with_query("/page", "?"), "/page");
    }
}
