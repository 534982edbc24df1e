//! The felt that a member's tables are covered with.

use leptos::prelude::*;

use crate::session::use_session;

/// The member's felt, behind whatever it is put into; nothing where none is worn.
#[component]
pub(crate) fn Felt() -> impl IntoView {
    let viewer = use_session().viewer;
    let cloth = move || {
        Suspend::new(async move {
            let viewer = viewer.await.ok().flatten()?;
            let felt = viewer.equipment.felt?;
            // The style sheet knows the colours of each; the page's policy lets no inline style in.
            Some(
                view! { <span class="felt" aria-hidden="true" data-testid="felt" data-felt=felt></span> },
            )
        })
    };
    view! { <Transition fallback=|| ()>{cloth}</Transition> }
}
