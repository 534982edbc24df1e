//! The browser's clocks and timers.

use std::future::Future;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since the page was opened.
#[must_use]
pub fn elapsed_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Seconds since the Unix epoch.
#[must_use]
pub fn unix_secs() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "when to renew a sign-in, and when a hand just shown was played"
    )]
    let secs = (js_sys::Date::now() / 1_000.0) as i64;
    secs
}

/// Waits, and lets the browser paint and take input meanwhile: a timer is a task of its own.
pub fn sleep(millis: i32) -> impl Future<Output = ()> + Send {
    let mut timer = Timer(None);
    let mut start = |resolve: Function, _: Function| {
        timer.0 = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis)
            .ok();
    };
    let rung = JsFuture::from(Promise::new(&mut start));
    SendWrapper::new(async move {
        let _timer = timer;
        _ = rung.await;
    })
}

/// Waits until the browser is about to paint.
pub async fn frame() {
    let mut start = |resolve: Function, _: Function| {
        _ = window().request_animation_frame(&resolve);
    };
    _ = JsFuture::from(Promise::new(&mut start)).await;
}

/// A timer that is called off once nobody waits for it.
struct Timer(Option<i32>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(timer) = self.0 {
            window().clear_timeout_with_handle(timer);
        }
    }
}

/// An instant in the member's own time zone and language.
#[must_use]
pub fn local_time(millis: i64, language: &str) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our times are far below 2^53"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    let options = Object::new();
    // This year goes without saying.
    if date.get_full_year() != js_sys::Date::new_0().get_full_year() {
        _ = Reflect::set(&options, &"year".into(), &"numeric".into());
    }
    for (name, value) in [
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "2-digit"),
    ] {
        _ = Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(language, &options).into()
}
