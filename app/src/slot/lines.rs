//! Choosing how many lines.

use games::slot::{LINES, LINES_MAX};
use leptos::prelude::*;

use super::machine::Machine;
use crate::{
    tr,
    words::{I18n, fill},
};

/// One to five lines, each button with a drawing of what it adds.
#[component]
pub(super) fn LinesPicker(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let choice = move |lines: u8| {
        let label = move || {
            fill(
                tr!(i18n, slot.lines_count)(),
                &[("count", &lines.to_string())],
            )
        };
        view! {
            <button
                type="button"
                class="lines-choice"
                data-testid=format!("lines-{lines}")
                aria-label=label
                aria-pressed=move || if machine.lines.get() == lines { "true" } else { "false" }
                disabled=move || !machine.is_idle()
                on:click=move |_| machine.choose_lines(lines)
            >
                <svg class="lines-art" viewBox="0 0 30 30" aria-hidden="true">{drawing(lines)}</svg>
                <span>{lines}</span>
            </button>
        }
    };
    view! {
        <div class="lines" role="group" aria-label=tr!(i18n, slot.lines)>
            {(1..=LINES_MAX).map(choice).collect_view()}
        </div>
    }
    .into_any()
}

fn drawing(lines: u8) -> impl IntoView {
    LINES
        .iter()
        .take(usize::from(lines))
        .map(|rows| {
            let [first, second, third] = rows.map(|row| 6 + 9 * row);
            view! { <path d=format!("M3 {first}L15 {second}L27 {third}")></path> }
        })
        .collect_view()
}
