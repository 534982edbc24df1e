//! How a browser's owner likes the club. Kept in cookies, so that the first page that the server
//! draws is right already, and a form can set them without JavaScript.

use leptos::prelude::document;
use serde::{Deserialize, Serialize};

use crate::browser;

/// The cookie that keeps [`Motion`].
pub const MOTION_COOKIE: &str = "casino_motion";
/// The cookie that keeps [`Sound`].
pub const SOUND_COOKIE: &str = "casino_sound";

/// How much may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// As the device says.
    #[default]
    System,
    /// Results appear, nothing spins.
    Less,
}

impl Motion {
    /// Every choice, the first one in force until somebody chooses.
    pub const ALL: [Self; 2] = [Self::System, Self::Less];

    /// The text in cookies, forms and on `<html data-motion>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Less => "less",
        }
    }

    /// What this browser chose.
    #[must_use]
    pub fn kept() -> Self {
        chosen(&Self::ALL, Self::as_str, MOTION_COOKIE)
    }

    /// Keeps this choice, here and for the pages to come. `<html data-motion>` is what the style
    /// sheets go by.
    pub fn keep(self) {
        browser::keep_cookie(MOTION_COOKIE, self.as_str());
        if let Some(root) = document().document_element() {
            _ = root.set_attribute("data-motion", self.as_str());
        }
    }
}

/// Whether games make sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sound {
    /// They are silent.
    #[default]
    Off,
    /// They ring.
    On,
}

impl Sound {
    /// Every choice, the first one in force until somebody chooses.
    pub const ALL: [Self; 2] = [Self::Off, Self::On];

    /// The text in cookies and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }

    /// What this browser chose.
    #[must_use]
    pub fn kept() -> Self {
        chosen(&Self::ALL, Self::as_str, SOUND_COOKIE)
    }
}

/// The choice that a cookie names; the first where it names none.
fn chosen<T: Copy>(all: &[T; 2], text: fn(T) -> &'static str, cookie: &str) -> T {
    let kept = kept(cookie);
    let named = all.iter().find(|it| kept.as_deref() == Some(text(**it)));
    *named.unwrap_or(&all[0])
}

fn kept(cookie: &str) -> Option<String> {
    #[cfg(feature = "ssr")]
    return crate::ssr::cookie(cookie);
    #[cfg(not(feature = "ssr"))]
    browser::cookie(cookie)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// Whatever asked the device alone would move for a member who chose less motion.
    #[test]
    fn only_one_place_asks_the_device_about_motion() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut asking = Vec::new();
        for folder in ["../style", "src"] {
            collect(&root.join(folder), &mut asking);
        }
        asking.sort();
        assert_eq!(asking, ["browser.rs", "motion.css"]);
    }

    fn collect(folder: &Path, asking: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, asking);
            } else if fs::read_to_string(&path)
                // A font is no text.
                .is_ok_and(|text| text.contains(concat!("prefers-reduced", "-motion")))
            {
                asking.push(path.file_name().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
}
