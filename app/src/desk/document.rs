//! The document around the desk's pages: the server alone makes them, and nothing of them wakes.

use leptos::prelude::*;
use leptos_i18n::Locale as _;
use leptos_meta::MetaTags;

use super::{app::DeskApp, looks::sheets};
use crate::{document::head, i18n, preference::Motion};

/// A key leads to the search, and a form that was sent is not sent again while it is on its way; without it
/// everything else is as it was.
const SCRIPT: &str = include_str!("script.js");

/// The document that the server sends; the pages are its body.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let language = i18n::initial();
    view! {
        <!DOCTYPE html>
        <html lang=language.as_str() data-motion=Motion::kept().as_str()>
            <head>
                {head(options, language)}
                {sheets()}
                <meta name="robots" content="noindex"/>
                <script nonce=use_nonce() inner_html=SCRIPT></script>
                <MetaTags/>
            </head>
            <body>
                <DeskApp/>
            </body>
        </html>
    }
}
