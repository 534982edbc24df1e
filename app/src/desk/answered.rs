//! A page that waits for the club.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::{door::led, frame::Frame};
use crate::{error::PageError, session::has_ended, trouble::refused, ui::use_here};

/// What is made of the answer once it is there, or what comes of a refusal. It is asked for once: the server alone
/// makes the page. What a form left for the page is taken where the page is shown, and not where somebody is led on
/// to the door: then it is still there when they come back.
pub(super) fn answered<T: 'static>(
    asked: impl Future<Output = Result<T, PageError>> + Send + 'static,
    show: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    let page = async move {
        match asked.await {
            Ok(answer) => show(answer),
            Err(error) => turned_away(error),
        }
    };
    view! { <Suspense>{Suspend::new(page)}</Suspense> }.into_any()
}

/// Leads whoever could be let in to where they are, and tells everyone else what is wrong.
fn turned_away(error: PageError) -> AnyView {
    let back = use_here().try_get_untracked().unwrap_or_default();
    match led(&error, &back, has_ended()) {
        Some(path) => view! { <Redirect path/> }.into_any(),
        None => view! { <Frame>{refused(error)}</Frame> }.into_any(),
    }
}
