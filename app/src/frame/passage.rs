//! Going from page to page: that it takes a while, and that one has come.

use leptos::prelude::*;

use crate::{browser, task::spawn_owned, tr, words::I18n};

/// Whether another page is on its way.
#[derive(Clone, Copy)]
struct Passage(RwSignal<bool>);

/// Provides to the frame what the router says of itself: whether another page is on its way.
pub(crate) fn provide_passage() -> RwSignal<bool> {
    let is_routing = RwSignal::new(false);
    provide_context(Passage(is_routing));
    is_routing
}

/// A line that runs while a page is awaited for long; then the focus goes to it and its title is read out.
///
/// What the browser does when it loads a page, and does not where the page only changes.
#[component]
pub(super) fn Crossing() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Passage(is_routing) = expect_context();
    let title = RwSignal::new(String::new());
    Effect::new(move |was_routing: Option<bool>| {
        let is_routing = is_routing.get();
        if is_routing {
            title.set(String::new());
        } else if was_routing == Some(true) {
            spawn_owned(arrive(title));
        }
        is_routing
    });
    view! {
        // How long is "long" is the style sheet's.
        <Show when=move || is_routing.get()>
            <div class="crossing" role="progressbar" aria-label=tr!(i18n, nav.loading) data-testid="crossing"></div>
        </Show>
        <p class="sr-only" aria-live="polite" data-testid="arrived">{title}</p>
    }
    .into_any()
}

async fn arrive(title: RwSignal<String>) {
    // Once the browser has the page.
    browser::sleep(0).await;
    browser::focus_page();
    title.set(document().title());
}
