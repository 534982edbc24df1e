//! The keys of a page: what they do, and what the help says of them.
//!
//! A page declares a table; one listener hears for all of them.

use std::sync::Arc;

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    text_prop::TextProp,
};

use crate::{
    browser,
    i18n::{Locale, td_string},
};

/// A key that something may be bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Space,
    Enter,
    Escape,
    Up,
    Down,
    Left,
    Right,
    /// Whichever key types this sign.
    Sign(char),
    /// A letter, and what its key types while the keyboard is Korean.
    Letter(char, char),
}

impl Key {
    /// As it is written on the key.
    #[must_use]
    pub fn cap(self, locale: Locale) -> String {
        match self {
            Self::Space => td_string!(locale, keys.space).to_owned(),
            Self::Enter => "Enter".to_owned(),
            Self::Escape => "Esc".to_owned(),
            Self::Up => "↑".to_owned(),
            Self::Down => "↓".to_owned(),
            Self::Left => "←".to_owned(),
            Self::Right => "→".to_owned(),
            Self::Sign(sign) => sign.to_string(),
            Self::Letter(latin, _) => latin.to_ascii_uppercase().to_string(),
        }
    }

    /// Whether this is the key that the browser names so.
    fn is(self, typed: &str) -> bool {
        let mut signs = typed.chars();
        let only = signs.next().filter(|_| signs.next().is_none());
        match self {
            Self::Space => typed == " ",
            Self::Enter => typed == "Enter",
            Self::Escape => typed == "Escape",
            Self::Up => typed == "ArrowUp",
            Self::Down => typed == "ArrowDown",
            Self::Left => typed == "ArrowLeft",
            Self::Right => typed == "ArrowRight",
            Self::Sign(sign) => only == Some(sign),
            Self::Letter(latin, hangul) => {
                only.is_some_and(|it| it == hangul || it.eq_ignore_ascii_case(&latin))
            }
        }
    }

    /// Whether the key means nothing else to what it was pressed on.
    fn is_free(self, event: &KeyboardEvent) -> bool {
        match self {
            Self::Space => !browser::takes_keys(event.target()),
            Self::Enter => {
                !browser::takes_keys(event.target()) && !browser::is_link(event.target())
            }
            _ => !browser::takes_text(event.target()),
        }
    }

    /// A browser presses a button again for as long as Enter is held on it; one press is one.
    fn hold_back(self, event: &KeyboardEvent) {
        let is_button = browser::takes_keys(event.target()) && !browser::takes_text(event.target());
        if self == Self::Enter && is_button {
            event.prevent_default();
        }
    }
}

/// What some keys do.
#[derive(Clone)]
pub struct Binding {
    /// Each of them does it.
    pub keys: &'static [Key],
    /// What they do, in the member's language.
    pub label: TextProp,
    action: Option<Callback<()>>,
}

impl Binding {
    /// Binds keys to what they do.
    pub fn new(
        keys: &'static [Key],
        label: impl Into<TextProp>,
        action: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            keys,
            label: label.into(),
            action: Some(Callback::new(move |()| action())),
        }
    }

    /// Says what keys do by themselves, where the browser or a field hears them.
    pub fn told(keys: &'static [Key], label: impl Into<TextProp>) -> Self {
        Self {
            keys,
            label: label.into(),
            action: None,
        }
    }

    /// The one of its keys that the browser names so.
    fn key(&self, typed: &str) -> Option<Key> {
        self.keys.iter().copied().find(|key| key.is(typed))
    }
}

/// The tables that are declared now, the newest last: a page that comes declares its own before the
/// one that goes has taken its away.
#[derive(Clone, Copy)]
pub struct Keys(RwSignal<Vec<Arc<[Binding]>>>);

impl Keys {
    /// Every table, for the help.
    #[must_use]
    pub fn tables(self) -> Vec<Arc<[Binding]>> {
        self.0.get()
    }

    /// Binds these keys for as long as the part of the page that declares them is there.
    pub fn declare(self, table: impl Into<Arc<[Binding]>>) {
        let table = table.into();
        Effect::new(move || {
            let mine = table.clone();
            self.0.update(|tables| tables.push(mine.clone()));
            on_cleanup(move || {
                self.0
                    .update(|tables| tables.retain(|other| !Arc::ptr_eq(other, &mine)));
            });
        });
    }

    fn find(self, typed: &str) -> Option<(Key, Callback<()>)> {
        let found = self.0.try_with_untracked(|tables| {
            let mut bindings = tables.iter().rev().flat_map(|table| table.iter());
            bindings.find_map(|it| Some((it.key(typed)?, it.action?)))
        });
        found.flatten()
    }

    fn hear(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some((key, action)) = self.find(&event.key()) else {
            return;
        };
        if event.repeat() {
            key.hold_back(event);
        } else if key.is_free(event) {
            event.prevent_default();
            _ = action.try_run(());
        }
    }
}

/// Provides the keys to everything below, and begins to listen once the page is alive.
pub fn provide_keys() {
    let keys = Keys(RwSignal::new(Vec::new()));
    provide_context(keys);
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| keys.hear(&event));
        on_cleanup(move || handle.remove());
    });
}

/// The keys.
#[must_use]
pub fn use_keys() -> Keys {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_heard_small_large_and_on_a_korean_keyboard() {
        let key = Key::Letter('c', 'ㅊ');
        assert!(["c", "C", "ㅊ"].iter().all(|typed| key.is(typed)));
        assert!(!["CapsLock", "v", "", "1"].iter().any(|typed| key.is(typed)));
        assert_eq!(key.cap(Locale::ko), "C");
    }

    #[test]
    fn a_named_key_is_not_its_first_letter() {
        assert!(!Key::Sign('E').is("Enter") && Key::Enter.is("Enter"));
        assert!(Key::Sign('?').is("?") && Key::Space.is(" "));
        assert_eq!(Key::Space.cap(Locale::en), "Space");
    }
}
