//! Whether a hand can be checked, and what came of it.

use leptos::prelude::*;
use wire::HandId;

use super::{Badge, Icon, Tone};
use crate::{tr, words::I18n};

/// A hand's verify state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Its server seed is still in use.
    Sealed,
    /// Its server seed is out.
    Open,
    /// It was checked and matches.
    Good,
    /// It was checked and does not match.
    Bad,
}

/// A hand's verify state, with the way to check it.
#[component]
pub fn ProofChip(hand: HandId, proof: Proof) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    match proof {
        Proof::Sealed => view! {
            <span title=tr!(i18n, hands.sealed_hint)>
                <Badge><Icon name="lock"/>{tr!(i18n, hands.sealed)}</Badge>
            </span>
        }
        .into_any(),
        Proof::Open => view! {
            <a class="chip-link" href=format!("/fairness?hand={hand}#one")>
                <Icon name="shield"/>{tr!(i18n, hands.open)}
            </a>
        }
        .into_any(),
        Proof::Good => {
            view! { <Badge tone=Tone::Good><Icon name="yes"/>{tr!(i18n, hands.good)}</Badge> }
                .into_any()
        }
        Proof::Bad => {
            view! { <Badge tone=Tone::Bad><Icon name="no"/>{tr!(i18n, hands.bad)}</Badge> }
                .into_any()
        }
    }
}
