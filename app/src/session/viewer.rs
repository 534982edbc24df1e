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
    /// Whether a member has been seen who did not sign out.
    had_member: StoredValue<bool>,
}

impl Session {
    /// Asks again who is looking.
    pub fn reload(self) {
        self.version.update(|version| *version += 1);
    }

    /// Whether a member may be looking; of one whom the club cannot tell at the moment, the rest of the
    /// page still knows.
    pub async fn may_be_member(self) -> bool {
        match self.viewer.await {
            Ok(viewer) => viewer.is_some(),
            Err(error) => !error.is_unauthenticated(),
        }
    }

    /// Notes who was found to be looking.
    pub fn note(self, viewer: Option<&Viewer>) {
        if viewer.is_some() {
            self.had_member.set_value(true);
        }
    }

    /// Asks again who is looking, after somebody signed out of their own accord.
    pub fn leave(self) {
        self.had_member.set_value(false);
        self.reload();
    }

    /// Whether a sign-in ended by itself: asked where somebody was found not to be signed in.
    #[must_use]
    pub fn has_ended(self) -> bool {
        #[cfg(feature = "ssr")]
        return crate::ssr::refresh_token().is_some();
        #[cfg(not(feature = "ssr"))]
        self.had_member.get_value()
    }

    /// How often it was asked again; a page that shows what is the member's own follows it.
    #[must_use]
    pub fn version(self) -> u32 {
        self.version.get()
    }
}

/// Provides the session to everything below.
pub fn provide_session() {
    let version = RwSignal::new(0);
    let viewer = Resource::new_blocking(move || version.get(), |_| call(load_viewer));
    provide_context(Session {
        viewer,
        version,
        had_member: StoredValue::new(false),
    });
    #[cfg(feature = "hydrate")]
    Effect::new(move || super::renewal::keep_alive(version));
}

/// The session.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}
