//! Auto-spin: a number of spins, until it is stopped or something asks for a look.

use leptos::prelude::*;

use super::{
    machine::{Auto, Machine},
    play::Ending,
};
use crate::{
    tr, tr_now,
    ui::Icon,
    words::{I18n, fill},
};

/// What can be chosen.
const COUNTS: [u32; 4] = [10, 25, 50, 100];
/// A breath between two spins.
const BREATH_MS: i32 = 500;

impl Machine {
    /// Spins so many times, one after another.
    pub(super) fn spin_many(self, count: u32) {
        if !self.is_ready() {
            return;
        }
        self.auto.set(Some(Auto { left: count }));
        self.table.spawn(async move {
            while let Some(Auto { left }) = self.auto.try_get_untracked().flatten() {
                if left == 0 {
                    break;
                }
                self.auto.set(Some(Auto { left: left - 1 }));
                let ending = self.spin_once().await;
                if ending != Ending::Shown {
                    self.say_why_stopped(ending);
                    break;
                }
                self.table.pause(BREATH_MS).await;
            }
            self.auto.set(None);
        });
    }

    fn say_why_stopped(self, ending: Ending) {
        let i18n = self.table.i18n;
        let text = match ending {
            Ending::Low => tr_now!(i18n, slot.auto_low),
            Ending::Jackpot => tr_now!(i18n, slot.auto_jackpot),
            Ending::Failed | Ending::SignedOut | Ending::Shown => tr_now!(i18n, slot.auto_error),
        };
        self.table.toasts.say(text.to_owned());
    }
}

/// Chooses a number of spins, or stops them.
#[component]
pub(super) fn AutoSpin(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let open = RwSignal::new(false);
    let count = move |count: u32| {
        let start = move |_| {
            open.set(false);
            machine.spin_many(count);
        };
        let label = move || {
            fill(
                tr!(i18n, slot.auto_count)(),
                &[("count", &count.to_string())],
            )
        };
        view! {
            <button type="button" class="auto-count" aria-label=label data-testid=format!("autospin-{count}") on:click=start>
                {count}
            </button>
        }
    };
    let left = move || {
        machine.auto.get().map(|auto| {
            fill(
                tr!(i18n, slot.auto_left)(),
                &[("count", &auto.left.to_string())],
            )
        })
    };
    view! {
        <div class="auto">
            <Show
                when=move || machine.auto.get().is_some()
                fallback=move || view! {
                    <button
                        type="button"
                        class="button"
                        data-testid="autospin"
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        disabled=move || !machine.is_idle() || machine.is_beyond()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <Icon name="repeat"/>{tr!(i18n, slot.auto)}
                    </button>
                }
            >
                <button type="button" class="button button-danger" data-testid="autospin-stop" on:click=move |_| machine.auto.set(None)>
                    <Icon name="stop"/>{tr!(i18n, slot.auto_stop)}
                    <span class="auto-left">{left}</span>
                </button>
            </Show>
            <Show when=move || open.get() && machine.is_idle()>
                <div class="auto-counts" role="group" aria-label=tr!(i18n, slot.auto)>{COUNTS.map(count).collect_view()}</div>
            </Show>
        </div>
    }
    .into_any()
}
