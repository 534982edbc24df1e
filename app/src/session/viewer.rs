//! The member who looks at the page, as a context.

use leptos::prelude::*;

use super::{Viewer, call, load_viewer};
use crate::error::PageError;

/// Who is looking; reload it after signing in or out.
#[derive(Clone, Copy)]
pub struct Session {
    /// The member, nobody, or why that could not be told. Read it in a `Suspend`.
    pub viewer: Resource<Result<Option<Viewer>, PageError>>,
    version: RwSignal<u32>,
}

impl Session {
    /// Asks again who is looking.
    pub fn reload(self) {
        self.version.update(|version| *version += 1);
    }
}

/// Provides the session to everything below.
pub fn provide_session() {
    let version = RwSignal::new(0);
    let viewer = Resource::new_blocking(move || version.get(), |_| call(load_viewer));
    provide_context(Session { viewer, version });
    #[cfg(feature = "hydrate")]
    Effect::new(move || super::renewal::keep_alive(version));
}

/// The session.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}
