//! Short notices that go away again.

use leptos::{html::Div, prelude::*};

use super::{Icon, Tone};
use crate::{
    browser,
    task::spawn_detached,
    tr,
    wait::{until, until_at_most},
    words::I18n,
};

/// The most notices at once; the oldest makes room.
const TOASTS_MAX: usize = 4;
/// Long enough to read two lines twice.
const SHOWN_MS: i32 = 6_000;

/// Where to go from what a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// A path of ours.
    pub href: String,
    /// What going there does.
    pub name: &'static str,
}

#[derive(Clone, PartialEq)]
struct Notice {
    id: u32,
    text: String,
    tone: Tone,
    way: Option<Way>,
    /// How many times it was said while it is shown.
    times: u32,
}

/// The notices on the screen.
#[derive(Clone, Copy)]
pub struct Toasts {
    notices: RwSignal<Vec<Notice>>,
    count: RwSignal<u32>,
    /// Whether the pointer is on one of them, so that none goes.
    is_pointed_at: RwSignal<bool>,
    /// Whether the focus is in one of them.
    has_focus: RwSignal<bool>,
    /// The sheets that lie over the page, the topmost last, each known by what opens it.
    sheets: RwSignal<Vec<RwSignal<bool>>>,
}

impl Toasts {
    /// Says something.
    pub fn say(self, text: String) {
        self.add(text, Tone::Plain, None);
    }

    /// Says something that there is a way to go on from.
    pub fn say_with(self, text: String, way: Option<Way>) {
        self.add(text, Tone::Plain, way);
    }

    /// Says what went wrong.
    pub fn warn(self, text: String) {
        self.add(text, Tone::Bad, None);
    }

    /// Shows a notice; the same one said again is counted, and stays as long as if it had just come.
    fn add(self, text: String, tone: Tone, way: Option<Way>) {
        let is_same = |it: &&mut Notice| it.text == text && it.tone == tone && it.way == way;
        let is_counted = self.notices.try_update(|notices| {
            let same = notices.iter_mut().find(is_same);
            same.map(|notice| notice.times += 1).is_some()
        });
        if is_counted == Some(true) {
            return;
        }
        let next = |count: &mut u32| {
            *count += 1;
            *count
        };
        let Some(id) = self.count.try_update(next) else {
            return;
        };
        self.notices.update(|notices| {
            let times = 1;
            notices.push(Notice {
                id,
                text,
                tone,
                way,
                times,
            });
            let surplus = notices.len().saturating_sub(TOASTS_MAX);
            notices.drain(..surplus);
        });
        // It stays although the page is left that said it.
        spawn_detached(self.go_in_time(id));
    }

    /// Takes a notice away once it was there long enough; not while somebody is at them, nor before
    /// it could be seen.
    async fn go_in_time(self, id: u32) {
        let stays = move || self.is_held() || self.is_behind(id);
        while let Some(times) = untrack(|| self.times(id)) {
            let is_longer = move || stays() || self.times(id) != Some(times);
            if !until_at_most(SHOWN_MS, is_longer).await {
                self.dismiss(id);
            }
            until(move || !stays()).await;
        }
    }

    /// Whether a newer notice is shown instead of this one: a phone has room for one.
    fn is_behind(self, id: u32) -> bool {
        let newest = self.notices.with(|notices| notices.last().map(|it| it.id));
        newest.is_some_and(|newest| newest > id) && browser::is_narrow()
    }

    /// Whether somebody is at the notices.
    fn is_held(self) -> bool {
        self.is_pointed_at.get() || self.has_focus.get()
    }

    /// How many times a notice was said, unless it is gone.
    fn times(self, id: u32) -> Option<u32> {
        let notices = self.notices.read();
        notices
            .iter()
            .find(|notice| notice.id == id)
            .map(|notice| notice.times)
    }

    fn dismiss(self, id: u32) {
        self.notices
            .update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Takes a notice away for somebody who asks for it.
    fn put_away(self, id: u32) {
        self.dismiss(id);
        self.let_go();
        browser::focus_page();
    }

    /// Nobody is at them any more; no browser says that what is gone is left.
    fn let_go(self) {
        self.is_pointed_at.set(false);
        self.has_focus.set(false);
    }

    /// Shows the notices over this sheet until the effect that asks for it runs again or is gone:
    /// outside a modal sheet nothing can be pressed, and nothing is read out.
    pub(super) fn lie_over(self, sheet: RwSignal<bool>) {
        self.sheets.update(|sheets| sheets.push(sheet));
        self.let_go();
        on_cleanup(move || {
            self.sheets
                .update(|sheets| sheets.retain(|other| *other != sheet));
            self.let_go();
        });
    }
}

/// Provides the notices to everything below.
pub fn provide_toasts() {
    provide_context(Toasts {
        notices: RwSignal::new(Vec::new()),
        count: RwSignal::new(0),
        is_pointed_at: RwSignal::new(false),
        has_focus: RwSignal::new(false),
        sheets: RwSignal::new(Vec::new()),
    });
}

/// The notices.
#[must_use]
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// Where the notices are shown, each read out as it comes: one place in the page and one in every
/// sheet, of which the topmost has them.
///
/// A place is there before its notices, because what comes together with its text is not read out.
#[component]
pub fn ToastStack(
    /// The sheet that it is in; without one it is the page's.
    #[prop(optional)]
    sheet: Option<RwSignal<bool>>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let place = NodeRef::<Div>::new();
    let is_top = Memo::new(move |_| toasts.sheets.with(|sheets| sheets.last().copied() == sheet));
    // A popover lies over a sheet that was opened before it, and is neither cut off nor moved by it.
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        _ = if is_top.get() {
            place.show_popover()
        } else {
            place.hide_popover()
        };
    });
    // A sheet that goes with its page is seen a moment longer than its signals are there.
    let notices = move || {
        if is_top.try_get() == Some(true) {
            toasts.notices.get()
        } else {
            Vec::new()
        }
    };
    view! {
        <div
            node_ref=place
            class="toasts"
            popover="manual"
            role="status"
            aria-live="polite"
            aria-atomic="false"
            aria-label=tr!(i18n, ui.notices)
            on:pointerover=move |_| toasts.is_pointed_at.set(true)
            on:pointerleave=move |_| toasts.is_pointed_at.set(false)
            on:focusin=move |_| toasts.has_focus.set(true)
            on:focusout=move |_| toasts.has_focus.set(false)
        >
            <For each=notices key=|notice| notice.id children=|notice| view! { <Toast notice/> }/>
        </div>
    }
    .into_any()
}

#[component]
fn Toast(notice: Notice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let Notice {
        id,
        text,
        tone,
        way,
        ..
    } = notice;
    let times = move || {
        let times = toasts.times(id).filter(|times| *times > 1)?;
        Some(view! { <span class="toast-times">{format!("×{times}")}</span> })
    };
    let way = way.map(|Way { href, name }| {
        view! { <a class="text-link" href=href on:click=move |_| toasts.put_away(id)>{name}</a> }
    });
    view! {
        <div class="toast" class:toast-bad=tone == Tone::Bad data-testid="toast">
            <Icon name=if tone == Tone::Bad { "warn" } else { "info" }/>
            <p>{text} " " {times}</p>
            {way}
            <button type="button" class="icon-button" aria-label=tr!(i18n, ui.close) on:click=move |_| toasts.put_away(id)>
                <Icon name="close"/>
            </button>
        </div>
    }
    .into_any()
}
