//! Short notices that go away again.

use leptos::{prelude::*, task::spawn_local};

use super::{Icon, Tone};
use crate::{browser, tr, words::I18n};

/// The most notices at once; the oldest makes room.
const TOASTS_MAX: usize = 4;
/// Long enough to read two lines twice.
const SHOWN_MS: i32 = 6_000;

#[derive(Clone, PartialEq)]
struct Notice {
    id: u32,
    text: String,
    tone: Tone,
}

/// The notices on the screen.
#[derive(Clone, Copy)]
pub struct Toasts {
    notices: RwSignal<Vec<Notice>>,
    count: RwSignal<u32>,
}

impl Toasts {
    /// Says something.
    pub fn say(self, text: String) {
        self.add(text, Tone::Plain);
    }

    /// Says what went wrong.
    pub fn warn(self, text: String) {
        self.add(text, Tone::Bad);
    }

    fn add(self, text: String, tone: Tone) {
        self.count.update(|count| *count += 1);
        let id = self.count.get_untracked();
        self.notices.update(|notices| {
            notices.retain(|notice| notice.text != text);
            notices.push(Notice { id, text, tone });
            let surplus = notices.len().saturating_sub(TOASTS_MAX);
            notices.drain(..surplus);
        });
        spawn_local(async move {
            browser::sleep(SHOWN_MS).await;
            self.dismiss(id);
        });
    }

    fn dismiss(self, id: u32) {
        self.notices
            .update(|notices| notices.retain(|notice| notice.id != id));
    }
}

/// Provides the notices to everything below.
pub fn provide_toasts() {
    provide_context(Toasts {
        notices: RwSignal::new(Vec::new()),
        count: RwSignal::new(0),
    });
}

/// The notices.
#[must_use]
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// The notices on the screen, read out as they come.
#[component]
pub fn ToastStack() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let row = move |notice: Notice| {
        let Notice { id, text, tone } = notice;
        view! {
            <div class="toast" class:toast-bad=tone == Tone::Bad data-testid="toast">
                <Icon name=if tone == Tone::Bad { "warn" } else { "info" }/>
                <p>{text}</p>
                <button type="button" class="icon-button" aria-label=tr!(i18n, ui.close) on:click=move |_| toasts.dismiss(id)>
                    <Icon name="close"/>
                </button>
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=tr!(i18n, ui.notices)>
            <For each=move || toasts.notices.get() key=|notice| notice.id children=row/>
        </div>
    }
    .into_any()
}
