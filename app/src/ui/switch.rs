//! The two languages.

use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use leptos_i18n::Locale as _;

use super::use_here;
use crate::{
    browser,
    i18n::{I18n, LANGUAGE_COOKIE, Locale, use_i18n},
    session::SetLanguage,
    tr,
};

/// Chooses the language: at once with JavaScript, through the server without.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let here = use_here();
    let on_submit = |event: SubmitEvent| event.prevent_default();
    view! {
        <form class="languages" method="post" action=SetLanguage::url() aria-label=tr!(i18n, nav.language) on:submit=on_submit>
            <input type="hidden" name="next" value=here/>
            <Choice locale=Locale::ko label="한국어" short="KO" testid="lang-ko"/>
            <Choice locale=Locale::en label="English" short="EN" testid="lang-en"/>
        </form>
    }
    .into_any()
}

/// Speaks this language from now on, also after a reload.
pub fn speak(i18n: I18n, locale: Locale) {
    browser::keep_cookie(LANGUAGE_COOKIE, locale.as_str());
    i18n.set_locale(locale);
}

#[component]
fn Choice(
    locale: Locale,
    label: &'static str,
    short: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <button
            class="language"
            name="locale"
            value=locale.as_str()
            lang=locale.as_str()
            aria-label=label
            aria-pressed=move || if i18n.get_locale() == locale { "true" } else { "false" }
            data-testid=testid
            on:click=move |_| speak(i18n, locale)
        >
            {short}
        </button>
    }
    .into_any()
}
