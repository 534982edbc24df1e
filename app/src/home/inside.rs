//! The front page for a member.

use leptos::prelude::*;

use super::Evening;
use crate::{
    fairness::Promise,
    format,
    games::GameCards,
    tr,
    ui::{Amount, Card, Fact, Hash, Weight, glyphs},
    words::{I18n, fill},
};

/// The club from inside.
#[component]
pub(super) fn Inside(evening: Evening) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Evening { user, stats, pair } = evening;
    let glyphs = glyphs([&*user.nickname]);
    let hello = move || fill(tr!(i18n, home.hello)(), &[("name", &user.nickname)]);
    view! {
        {glyphs}
        <h1 class="page-title">{hello}</h1>
        <p class="page-lead">{tr!(i18n, home.hello_text)}</p>
        <div class="columns">
            <div class="stack">
                <GameCards/>
            </div>
            <div class="stack">
                <dl class="facts facts-row">
                    <Fact name=tr!(i18n, profile.level)>{format::group(user.level)}</Fact>
                    <Fact name=tr!(i18n, home.hands)>{format::group(stats.hands)}</Fact>
                    <Fact name=tr!(i18n, home.largest)><Amount amount=stats.largest_win.get()/></Fact>
                </dl>
                <Card title=tr!(i18n, home.your_seed) lead=tr!(i18n, home.your_seed_text)>
                    <Promise pair=pair.pair_id hash=pair.server_seed_hash.clone()/>
                    <Hash value=pair.server_seed_hash label=tr!(i18n, fairness.commitment)/>
                    <dl class="facts">
                        <Fact name=tr!(i18n, fairness.client_seed)><code class="seed">{pair.client_seed}</code></Fact>
                        <Fact name=tr!(i18n, fairness.nonce)>{format::group(pair.nonce)}</Fact>
                    </dl>
                    <a class=Weight::Quiet.class() href="/fairness">{tr!(i18n, home.check)}</a>
                </Card>
            </div>
        </div>
    }
    .into_any()
}
