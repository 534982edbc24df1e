//! The member who looks at the page, as a context.

use leptos::{prelude::*, reactive::computed::ScopedFuture};
use wire::UserId;

use super::{Viewer, call, load_viewer};
use crate::error::PageError;

type Told = Result<Option<Viewer>, PageError>;

/// Who is looking; reload it after signing in or out.
#[derive(Clone, Copy)]
pub struct Session {
    /// The member, nobody, or why that could not be told, as it changes. Read it in a `Suspend`.
    pub viewer: Resource<Told>,
    version: RwSignal<u32>,
    /// Who was found to be looking at last.
    last: StoredValue<Last>,
    /// How often it was another than before.
    turn: RwSignal<u32>,
    /// Whether a member has been seen who did not sign out.
    had_member: StoredValue<bool>,
}

/// Who was found to be looking when it was asked last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    NotAsked,
    NotTold,
    Told(Option<UserId>),
}

impl Last {
    /// With this answer, and whether it is another who looks. Who cannot be told at the moment is still
    /// whoever looked before.
    fn with(self, told: &Told) -> (Self, bool) {
        let now = match told {
            Ok(viewer) => Self::Told(viewer.as_ref().map(|it| it.user.id)),
            Err(error) if error.is_unauthenticated() => Self::Told(None),
            Err(_) if self == Self::NotAsked => Self::NotTold,
            Err(_) => self,
        };
        (now, self != Self::NotAsked && self != now)
    }
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

    /// Who is looking, for a part of a page that stands for as long as it is the same member, or nobody:
    /// what somebody typed or opened in it is still there when something else about them has changed.
    ///
    /// # Errors
    ///
    /// Why that could not be told.
    pub async fn standing(self) -> Told {
        self.stand(self.viewer).await
    }

    /// The same, for what a resource of the page's own says of them.
    ///
    /// # Errors
    ///
    /// Why that could not be told; then the part is made anew with the next answer.
    pub async fn stand<T>(self, resource: Resource<Result<T, PageError>>) -> Result<T, PageError>
    where
        T: Clone + Send + Sync + 'static,
    {
        self.turn.track();
        let told = ScopedFuture::new_untracked(resource.into_future()).await;
        if told.is_err() {
            resource.track();
        }
        told
    }

    /// Notes who was found to be looking.
    pub fn note(self, told: &Told) {
        let (now, is_another) = self.last.get_value().with(told);
        self.last.set_value(now);
        if is_another {
            self.turn.update(|turn| *turn += 1);
        }
        if matches!(told, Ok(Some(_))) {
            self.had_member.set_value(true);
        }
    }

    /// Asks again who is looking, after somebody signed out of their own accord.
    pub fn leave(self) {
        self.had_member.set_value(false);
        self.reload();
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
        last: StoredValue::new(Last::NotAsked),
        turn: RwSignal::new(0),
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

/// Whether a sign-in ended by itself: asked where somebody was found not to be signed in.
#[must_use]
pub fn has_ended() -> bool {
    #[cfg(feature = "ssr")]
    return crate::ssr::refresh_token().is_some();
    #[cfg(not(feature = "ssr"))]
    use_session().had_member.get_value()
}

#[cfg(test)]
mod tests {
    use wire::{AppError, Code};

    use super::*;

    const ANN: Last = Last::Told(Some(UserId(1)));

    fn failed(code: Code) -> Told {
        Err(PageError::Refused(AppError::new(code)))
    }

    #[test]
    fn the_first_answer_is_nobody_elses() {
        assert_eq!(Last::NotAsked.with(&Ok(None)), (Last::Told(None), false));
        let (last, is_another) = Last::NotAsked.with(&failed(Code::Unavailable));
        assert_eq!((last, is_another), (Last::NotTold, false));
    }

    #[test]
    fn who_cannot_be_told_is_still_looking() {
        assert_eq!(ANN.with(&failed(Code::Unavailable)), (ANN, false));
    }

    #[test]
    fn whoever_signs_out_or_comes_after_a_failure_is_another() {
        let nobody = (Last::Told(None), true);
        assert_eq!(ANN.with(&Ok(None)), nobody);
        assert_eq!(ANN.with(&failed(Code::Unauthenticated)), nobody);
        assert_eq!(Last::NotTold.with(&Ok(None)), nobody);
    }
}
