//! What the page does with what it hears.

use leptos::prelude::*;
use wire::live::{Event, Hello, Message, Notice, Priority, State};

use super::Live;
use crate::{
    paths::receipt_path,
    session::{Session, Wallet},
    task::spawn_owned,
    tr_now,
    ui::{Toasts, Way},
    wait::until_at_most,
    words::{self, I18n},
};

/// The longest that something waits for a running hand to be shown.
const HELD_MAX_MS: i32 = 30_000;

/// The parts of the page that follow the channel.
#[derive(Clone, Copy)]
pub(super) struct Ears {
    pub(super) live: Live,
    pub(super) wallet: Wallet,
    pub(super) session: Session,
    pub(super) toasts: Toasts,
    pub(super) i18n: I18n,
}

/// The last event that was heard, as the club wants to be told it.
#[derive(Default)]
pub(super) struct Place(Option<String>);

impl Place {
    pub(super) fn known(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    fn keep(&mut self, epoch: &str, id: i64) {
        self.0 = Some(format!("{epoch}:{id}"));
    }
}

impl Ears {
    /// Takes in a message; one that this build does not know is left alone.
    pub(super) fn hear(self, place: &mut Place, text: &str) {
        match serde_json::from_str(text) {
            Ok(Message::Hello(hello)) => self.hear_hello(place, &hello),
            Ok(Message::Event(event)) => {
                place.keep(&event.epoch, event.id);
                self.hear_event(event);
            }
            Ok(Message::State(message)) => self.hear_state(message.state),
            Err(_) => {}
        }
    }

    fn hear_hello(self, place: &mut Place, hello: &Hello) {
        let is_first = place.0.is_none();
        // What was missed follows a hello, so the place moves on with each of it.
        if is_first || !hello.recovered {
            place.keep(&hello.epoch, hello.last_id);
        }
        if !hello.recovered {
            self.session.reload();
        }
        self.live.newest.set(hello.last_id);
        self.live.connected.set(true);
        if !is_first {
            self.live.resumed.update(|count| *count += 1);
        }
    }

    fn hear_event(self, event: Event) {
        if event.priority != Priority::Low {
            self.live
                .unread
                .update(|unread| *unread = unread.map(|count| count + 1));
            spawn_owned(self.say_once_shown(event.notice.clone()));
        }
        match event.notice {
            Notice::CrashEnded(end) => {
                self.wallet.hear(end.balance, end.seq);
                self.live.crash_ended.set(Some(end));
            }
            Notice::Purchase(purchase) => {
                self.wallet.hear(purchase.balance, purchase.seq);
                self.live.purchase.set(Some(purchase));
            }
            Notice::Achievement(_) | Notice::AdminBroadcast(_) => {}
        }
    }

    /// Says it, but not before a running hand has shown what it is about.
    async fn say_once_shown(self, notice: Notice) {
        until_at_most(HELD_MAX_MS, move || !self.wallet.is_held()).await;
        let said = words::of_notice(self.i18n.get_locale_untracked(), &notice);
        self.toasts.say_with(said.line(), self.way_to(notice));
    }

    /// Where to go from what was told, and what that is called.
    fn way_to(self, notice: Notice) -> Option<Way> {
        let (href, name) = match notice {
            Notice::Achievement(_) => (
                "/profile#achievements".to_owned(),
                tr_now!(self.i18n, live.claim),
            ),
            Notice::Purchase(purchase) => (
                receipt_path(&purchase.receipt_code),
                tr_now!(self.i18n, live.receipt),
            ),
            Notice::AdminBroadcast(_) => {
                ("/notifications".to_owned(), tr_now!(self.i18n, live.read))
            }
            Notice::CrashEnded(_) => return None,
        };
        Some(Way { href, name })
    }

    fn hear_state(self, state: State) {
        match state {
            State::Balance(balance) => self.wallet.hear(balance.cyber_token_balance, balance.seq),
            State::Stats(stats) => self.live.stats.set(Some(stats)),
            State::Session(sitting) => self.live.sitting.set(Some(sitting)),
        }
    }
}
