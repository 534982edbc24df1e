//! The pairs whose secret is out.

use leptos::prelude::*;
use wire::fairness::RevealedPair;

use crate::{
    format, tr,
    ui::{Card, Empty, Fact, Hash, When},
    words::I18n,
};

/// The revealed pairs, newest first.
#[component]
pub(super) fn Pairs(revealed: Vec<RevealedPair>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let list = if revealed.is_empty() {
        view! { <Empty title=tr!(i18n, fairness.pairs_none)/> }.into_any()
    } else {
        let rows = revealed
            .into_iter()
            .map(|pair| view! { <Pair pair/> })
            .collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! { <Card title=tr!(i18n, fairness.pairs)>{list}</Card> }
}

#[component]
fn Pair(pair: RevealedPair) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <li class="pair" data-testid="revealed-pair">
            <details class="fold">
                <summary>
                    <code>{format::short(&pair.server_seed_hash)}</code>
                    <span class="muted">{tr!(i18n, fairness.hands)} " " {format::group(pair.nonces)} " · " <When at=pair.revealed_at/></span>
                </summary>
                <dl class="facts">
                    <Fact name=tr!(i18n, fairness.server_seed)><Hash value=pair.server_seed label=tr!(i18n, fairness.server_seed)/></Fact>
                    <Fact name=tr!(i18n, fairness.commitment)><Hash value=pair.server_seed_hash label=tr!(i18n, fairness.commitment)/></Fact>
                    <Fact name=tr!(i18n, fairness.client_seed)><code class="seed">{pair.client_seed}</code></Fact>
                </dl>
            </details>
        </li>
    }
    .into_any()
}
