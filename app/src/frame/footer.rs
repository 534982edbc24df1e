//! What stands at the end of every page.

use leptos::prelude::*;

use crate::{tr, words::I18n};

/// What the tokens are, and the ways that are on no bar.
#[component]
pub(super) fn Footer(key_help: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <footer class="footer">
            <p class="fine-print">{tr!(i18n, club.no_cash)}</p>
            <ul class="footer-ways">
                <li><a class="text-link" href="/leaderboard">{tr!(i18n, board.title)}</a></li>
                <li><a class="text-link" href="/settings">{tr!(i18n, nav.settings)}</a></li>
                <li class="footer-keys">
                    <button type="button" class="text-link" data-testid="key-help" on:click=move |_| key_help.set(true)>
                        {tr!(i18n, keys.title)} <kbd class="key">"?"</kbd>
                    </button>
                </li>
            </ul>
        </footer>
    }
    .into_any()
}
