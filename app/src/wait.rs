//! Waiting for what is to come, instead of looking for it again and again.

use std::{future::Future, pin::pin};

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use leptos::prelude::*;

use crate::browser;

/// Waits until this holds; it is looked at again whenever a signal changes that it reads.
pub(crate) fn until(holds: impl Fn() -> bool + 'static) -> impl Future<Output = ()> {
    let (say, heard) = oneshot::channel();
    let mut say = Some(say);
    let look = move |_: Option<()>| {
        if holds()
            && let Some(say) = say.take()
        {
            _ = say.send(());
        }
    };
    // An owner of its own, since a page keeps a trace of each child until it goes.
    let watch = Owner::default().with(|| RenderEffect::new(look));
    async move {
        _ = heard.await;
        drop(watch);
    }
}

/// Waits until this holds, at most so long; whether it does.
pub(crate) async fn until_at_most(millis: i32, holds: impl Fn() -> bool + 'static) -> bool {
    let (event, timer) = (pin!(until(holds)), pin!(browser::sleep(millis)));
    matches!(select(event, timer).await, Either::Left(_))
}
