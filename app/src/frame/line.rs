//! The line to the club: quiet unless it is lost for a while.

use leptos::prelude::*;

use crate::{
    browser, live::use_live, network::use_network, session::use_wallet, task::spawn_owned, tr,
    words::I18n,
};

/// How long a line is lost before it is said; most come back sooner.
const QUIET_MS: i32 = 4_000;

/// Why nothing comes from the club.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loss {
    /// The browser has no network.
    Offline,
    /// The live channel of the member who looks is not open.
    Reconnecting,
}

/// Says that the line to the club is lost; takes no room.
#[component]
pub(super) fn Line() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (network, live, wallet) = (use_network(), use_live(), use_wallet());
    let loss = Memo::new(move |_| {
        if !network.is_online.get() {
            return Some(Loss::Offline);
        }
        let is_lost = wallet.owner().is_some() && !live.connected.get();
        is_lost.then_some(Loss::Reconnecting)
    });
    let said = RwSignal::new(None);
    Effect::new(move || {
        let loss = loss.get();
        if loss.is_none() || said.try_get_untracked().flatten().is_some() {
            said.set(loss);
            return;
        }
        // What changes meanwhile ends this run, and the wait with it.
        spawn_owned(async move {
            browser::sleep(QUIET_MS).await;
            said.set(loss);
        });
    });
    let words = move || {
        said.get().map(|loss| match loss {
            Loss::Offline => tr!(i18n, live.offline)(),
            Loss::Reconnecting => tr!(i18n, live.reconnecting)(),
        })
    };
    view! {
        <p class="line-lost" role="status" data-testid="line">{words}</p>
    }
    .into_any()
}
