//! A page that is coming alive, and needs its wing for it.
//!
//! The server made the page whole, and it is brought to life from its beginning to its end: without
//! the wing in the middle, what stands around it stays dead as well.

use leptos::{mount::mount_to, prelude::*, wasm_split::SplitLoaderError};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, HtmlElement};

use crate::{browser, build, trouble::LostPage};

/// Waits for the wing. Where it does not come, the page of a newer build is opened if there is one;
/// else it is asked for once more, and then the member is told. Ends only with the wing: what would
/// follow brings the page to life.
pub(super) async fn needed(fetch: impl AsyncFn() -> Result<(), SplitLoaderError>) {
    if fetch().await.is_ok() {
        return;
    }
    build::ask().await;
    let wanted = browser::address();
    let is_leaving = build::is_old() && build::open_anew(&wanted);
    if !is_leaving {
        if fetch().await.is_ok() {
            return;
        }
        give_up(wanted);
    }
    std::future::pending::<()>().await;
}

/// Says in place of the page that it did not come, with a way to try again.
fn give_up(wanted: String) {
    let main = document().get_element_by_id("main");
    let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    // What the server made looks alive and is not.
    main.set_inner_html("");
    mount_to(main, move || view! { <LostPage wanted/> }).forget();
    leave_links_to_the_browser();
}

/// Lets every link on the page load what it leads to. The router listens already, at the window, and
/// would keep a click from the browser although it has no page in which to show another.
fn leave_links_to_the_browser() {
    let Some(body) = document().body() else {
        return;
    };
    let keep = Closure::<dyn Fn(Event)>::new(|event: Event| event.stop_propagation());
    _ = body.add_event_listener_with_callback("click", keep.as_ref().unchecked_ref());
    keep.forget();
}
