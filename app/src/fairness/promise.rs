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
    Effect::new(move || {
        let mut promises = Promises::kept();
        if promises.of(&pair).is_none() {
            promises.0.push((pair.to_string(), hash.clone()));
            promises.keep();
        }
    });
}

/// The commitments that this browser was shown before anything was revealed, the newest last.
pub(super) struct Promises(Vec<(String, String)>);

impl Promises {
    /// Those that are kept; asking the browser takes long enough to be done once for many hands.
    pub(super) fn kept() -> Self {
        Self::read(&browser::remembered(NAME).unwrap_or_default())
    }

    /// The commitment that was shown for a pair; what was said first counts.
    pub(super) fn of(&self, pair: &PairId) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(name, _)| name == pair.as_str())
            .map(|(_, hash)| hash.as_str())
    }

    fn read(text: &str) -> Self {
        let promise = |line: &str| {
            let (pair, hash) = line.split_once(' ')?;
            Some((pair.to_owned(), hash.to_owned()))
        };
        Self(text.lines().filter_map(promise).collect())
    }

    fn keep(&self) {
        let surplus = self.0.len().saturating_sub(PROMISES_MAX);
        let lines: Vec<_> = self.0[surplus..]
            .iter()
            .map(|(pair, hash)| format!("{pair} {hash}"))
            .collect();
        browser::remember(NAME, &lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_promised_first_counts_and_a_broken_line_promises_nothing() {
        let promises = Promises::read("a 11\nbroken\nb 22\na 33\n");
        let of = |pair: &str| promises.of(&PairId(pair.to_owned()));
        assert_eq!((of("a"), of("b")), (Some("11"), Some("22")));
        assert_eq!(of("broken"), None);
    }
}
