//! The promises this browser was shown: a commitment that changed later would not match them.

use leptos::prelude::*;
use wire::PairId;

use crate::browser;

/// Where they are kept: a line each, `pair hash`, the newest last.
const NAME: &str = "casino-promises";
/// As many as are kept.
const PROMISES_MAX: usize = 100;

/// Remembers a commitment that is on the screen.
#[component]
pub fn Promise(pair: PairId, hash: String) -> impl IntoView {
    Effect::new(move || remember(&pair, &hash));
}

fn lines() -> Vec<String> {
    browser::remembered(NAME)
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect()
}

fn remember(pair: &PairId, hash: &str) {
    let mut lines = lines();
    if remembered(pair).is_some() {
        return;
    }
    lines.push(format!("{pair} {hash}"));
    let surplus = lines.len().saturating_sub(PROMISES_MAX);
    browser::remember(NAME, &lines.split_off(surplus).join("\n"));
}

/// The commitment that this browser was shown for a pair, before anything was revealed.
pub(super) fn remembered(pair: &PairId) -> Option<String> {
    lines().iter().find_map(|line| {
        let (name, hash) = line.split_once(' ')?;
        (name == pair.as_str()).then(|| hash.to_owned())
    })
}
