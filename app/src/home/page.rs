//! The front page: the club from outside, or from inside.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{inside::Inside, load_evening, outside::Outside};
use crate::{session::call, tr_title, trouble::refused, ui::Skeleton, words::I18n};

/// The front page.
#[component]
pub fn HomePage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let evening = Resource::new_blocking(|| (), |()| call(load_evening));
    let part = move || {
        Suspend::new(async move {
            match evening.await {
                Ok(Some(evening)) => view! { <Inside evening/> }.into_any(),
                Ok(None) => view! { <Outside/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.home)/>
        <Transition fallback=|| view! { <Skeleton rows=6/> }>{part}</Transition>
    }
    .into_any()
}
