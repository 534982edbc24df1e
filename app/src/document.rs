//! The HTML document around the pages.

mod fonts;

use leptos::prelude::*;
use leptos_i18n::Locale as _;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{App, i18n};

/// The document that the server sends; the pages are its body.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let build = crate::ssr::build::of(&options);
    #[cfg(not(feature = "ssr"))]
    let build = "";
    view! {
        <!DOCTYPE html>
        <html lang=i18n::initial().as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="dark"/>
                <meta name="theme-color" content="#0b0a12"/>
                <meta name="build" content=build/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="preload" href=fonts::CLUB r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <AutoReload options=options.clone()/>
                <HashedStylesheet options=options.clone() id="leptos"/>
                <HydrationScripts options islands=false/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
