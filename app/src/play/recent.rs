//! The newest hands, beside the game.

use leptos::{prelude::*, text_prop::TextProp};

use super::{Earlier, Table, newest};
use crate::{
    hands::HandRow,
    tr,
    trouble::PartTrouble,
    ui::{Card, Skeleton},
    words::I18n,
};

/// How many are listed.
const LISTED: usize = 8;

/// The newest hands of this game.
#[component]
pub(crate) fn Recent(
    table: Table,
    earlier: Earlier,
    /// What to say where there are none.
    #[prop(into)]
    none: TextProp,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let list = move || {
        let none = none.clone();
        Suspend::new(async move {
            let (earlier, trouble) = match earlier.await {
                Ok(earlier) => (earlier, None),
                Err(error) => (Vec::new(), Some(view! { <PartTrouble error/> })),
            };
            let is_known = trouble.is_none();
            let hands = Signal::derive(move || newest(&table.played.get(), &earlier, LISTED));
            // Nobody is told that there are none where it is not known.
            let none = move || (is_known && hands.get().is_empty()).then(|| none.get());
            view! {
                <ul class="rows">
                    <For each=move || hands.get() key=|hand| hand.hand_id.clone() children=|hand| view! { <HandRow hand/> }/>
                </ul>
                <p class="muted">{none}</p>
                {trouble}
            }
        })
    };
    view! {
        <Card title=tr!(i18n, play.recent)>
            <Transition fallback=|| view! { <Skeleton rows=LISTED/> }>{list}</Transition>
            <a class="text-link" href="/profile">{tr!(i18n, play.all_hands)}</a>
        </Card>
    }
    .into_any()
}
