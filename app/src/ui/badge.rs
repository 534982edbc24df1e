//! A short word in a frame.

use leptos::prelude::*;

/// What a badge feels like; the word in it says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// Won, matching, done.
    Good,
    /// Lost, refused, broken.
    Bad,
    /// About fairness.
    Proof,
    /// Worth a look.
    Warn,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "badge",
            Self::Good => "badge badge-good",
            Self::Bad => "badge badge-bad",
            Self::Proof => "badge badge-proof",
            Self::Warn => "badge badge-warn",
        }
    }
}

/// A short word in a frame.
#[component]
pub fn Badge(#[prop(optional, into)] tone: Signal<Tone>, children: Children) -> impl IntoView {
    view! { <span class=move || tone.get().class()>{children()}</span> }
}
