//! A page that waits for the club.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{error::PageError, trouble::refused};

/// What is made of the answer once it is there, or the page that says why there is none. It is asked for once: the
/// server alone makes the page.
pub(super) fn answered<T: 'static>(
    asked: impl Future<Output = Result<T, PageError>> + Send + 'static,
    show: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    let page = async move {
        match asked.await {
            Ok(answer) => show(answer),
            Err(error) => view! { <Frame>{refused(error)}</Frame> }.into_any(),
        }
    };
    view! { <Suspense>{Suspend::new(page)}</Suspense> }.into_any()
}
