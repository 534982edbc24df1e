//! How a member stands, in words.

use leptos::prelude::*;
use wire::{Timestamp, desk::Standing};

use crate::{
    i18n::{Locale, td_string},
    tr,
    ui::{Badge, Tone, When},
    words::I18n,
};

/// What a standing is called.
pub(super) fn standing_name(locale: Locale, standing: Standing) -> &'static str {
    match standing {
        Standing::Active => td_string!(locale, desk.active),
        Standing::Banned => td_string!(locale, desk.banned),
        Standing::Deleted => td_string!(locale, desk.deleted),
    }
}

/// How somebody stands, and when that ends of itself.
#[component]
pub(super) fn StandingBadge(
    standing: Standing,
    /// When their ban ends, if it does.
    until: Option<Timestamp>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if let Some(at) = until {
        return view! { <Badge tone=Tone::Bad>{tr!(i18n, desk.banned_until)} " " <When at/></Badge> }
            .into_any();
    }
    let tone = match standing {
        Standing::Active => Tone::Good,
        Standing::Banned => Tone::Bad,
        Standing::Deleted => Tone::Plain,
    };
    view! { <Badge tone>{move || standing_name(i18n.get_locale(), standing)}</Badge> }.into_any()
}
