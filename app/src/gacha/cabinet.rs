//! The machine as it stands there.

use leptos::prelude::*;

/// Its layers, from the back to the front; those that move are drawn by themselves.
const LAYERS: [(&str, &str); 7] = [
    ("machine-glass", ""),
    ("machine-balls-3", "cabinet-top"),
    ("machine-balls-2", "cabinet-mid"),
    ("machine-balls-1", "cabinet-low"),
    ("machine-body", ""),
    ("machine-drop", "cabinet-drop"),
    ("machine-flap", "cabinet-flap"),
];

/// The capsule machine; its knob turns while an answer is waited for.
#[component]
pub(super) fn Cabinet() -> impl IntoView {
    let layer = |(name, class): (&'static str, &'static str)| {
        let href = format!("/art/gacha.svg#{name}");
        view! { <g class=class><use href=href></use></g> }
    };
    let layers = LAYERS.map(layer).collect_view();
    view! {
        <svg class="cabinet" viewBox="0 0 236 300" aria-hidden="true" focusable="false">
            {layers}
            <g class="cabinet-knob"><use href="/art/gacha.svg#machine-knob"></use></g>
        </svg>
    }
    .into_any()
}
