//! The desk's style sheets: files of their own, which no page of the club loads.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use leptos::prelude::*;

/// Their addresses and what they hold.
const SHEETS: [(&str, &str); 4] = [
    (
        "/desk/frame.css",
        include_str!("../../../public/desk/frame.css"),
    ),
    (
        "/desk/members.css",
        include_str!("../../../public/desk/members.css"),
    ),
    (
        "/desk/factor.css",
        include_str!("../../../public/desk/factor.css"),
    ),
    (
        "/desk/dashboard.css",
        include_str!("../../../public/desk/dashboard.css"),
    ),
];

/// Their addresses, each of which changes with what it holds: browsers keep public files for a day.
static ADDRESSES: LazyLock<[String; 4]> = LazyLock::new(|| {
    SHEETS.map(|(path, text)| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        format!("{path}?v={:016x}", hasher.finish())
    })
});

/// Links to them, after the club's own style.
pub(super) fn sheets() -> impl IntoView {
    let links = ADDRESSES.iter();
    let links = links.map(|href| view! { <link rel="stylesheet" href=href.as_str()/> });
    links.collect_view()
}
