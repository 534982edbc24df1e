//! The HTML document around the pages, and what it names that only a server can make.

#[cfg(feature = "ssr")]
pub mod manifest;
#[cfg(feature = "ssr")]
pub mod offline;

use leptos::prelude::*;
use leptos_i18n::Locale as _;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{
    App, fonts,
    i18n::{self, Locale},
    preference::Motion,
};

/// Gets the worker that answers when the network does not, once the page has all it needs; without it
/// everything else is as it was.
const REGISTER_WORKER: &str =
    "addEventListener('load', () => navigator.serviceWorker?.register('/sw.js').catch(() => {}))";

/// The document that the server sends; the pages are its body.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let language = i18n::initial();
    #[cfg(feature = "ssr")]
    let build = crate::ssr::build::of(&options);
    #[cfg(not(feature = "ssr"))]
    let build = "";
    #[cfg(feature = "ssr")]
    let jar = crate::ssr::PageSettings::current().jar;
    #[cfg(not(feature = "ssr"))]
    let jar = crate::jar::Jar::Plain;
    view! {
        <!DOCTYPE html>
        <html lang=language.as_str() data-motion=Motion::kept().as_str() data-jar=jar.as_str()>
            <head>
                {head(options.clone(), language)}
                <meta name="build" content=build/>
                // With its cookies, for the language.
                <link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options islands=false/>
                <script nonce=use_nonce() inner_html=REGISTER_WORKER></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// What the head of every document begins with: how it is shown, the fonts of its language, its icons and its
/// styles.
pub(crate) fn head(options: LeptosOptions, language: Locale) -> impl IntoView {
    let fonts = fonts_of(language).iter().map(|font| {
        view! { <link rel="preload" href=*font r#as="font" r#type="font/woff2" crossorigin="anonymous"/> }
    });
    let fonts = fonts.collect_view();
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
        <meta name="color-scheme" content="dark"/>
        <meta name="theme-color" content="#0b0a12"/>
        <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
        {fonts}
        <link rel="apple-touch-icon" href="/icons/touch-180.png"/>
        <HashedStylesheet options id="leptos"/>
    }
}

/// The fonts that the words of a page need; what members write may need more.
fn fonts_of(language: Locale) -> &'static [&'static str] {
    match language {
        Locale::ko => &[fonts::CLUB, fonts::HANGUL],
        Locale::en => &[fonts::CLUB],
    }
}
