//! What stands beside a machine.

use leptos::prelude::*;

use super::Table;
use crate::trouble::PartTrouble;

/// The controls for whoever may play, the ways in for visitors.
pub(crate) fn side(
    table: Table,
    controls: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
    doorman: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let side = move || {
        Suspend::new(async move {
            match table.session.standing().await {
                Ok(Some(_)) => controls(),
                // Who played before the club could not tell who looks goes on.
                Err(_) if table.wallet.is_open() => controls(),
                Err(error) if !error.is_unauthenticated() => {
                    view! { <PartTrouble error/> }.into_any()
                }
                _ => doorman(),
            }
        })
    };
    view! {
        <div class="machine-side">
            <Transition fallback=|| view! { <div class="controls"></div> }>{side}</Transition>
        </div>
    }
    .into_any()
}
