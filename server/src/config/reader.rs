//! Reads settings one by one, and remembers what is in force and what is wrong.
//! This file is the only reader of the environment and of `.env`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use secrecy::SecretString;
use url::Url;

use super::Environment;
use super::table::Setting;
use crate::Failure;

/// Names and values: the environment's before those of `.env`.
#[derive(Debug)]
pub struct Source(BTreeMap<String, String>);

impl Source {
    /// What this process was started with.
    ///
    /// # Errors
    /// When there is a `.env` that cannot be read.
    #[expect(clippy::disallowed_methods, reason = "this file owns the environment")]
    pub fn process() -> Result<Self, Failure> {
        let mut values =
            dotenv().map_err(|error| Failure::Settings(vec![format!(".env: {error}")]))?;
        for (name, value) in std::env::vars_os() {
            values.insert(
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            );
        }
        Ok(Self(values))
    }

    /// Exactly these.
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// A value that is not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }
}

fn dotenv() -> Result<BTreeMap<String, String>, dotenvy::Error> {
    match dotenvy::from_path_iter(".env") {
        Ok(lines) => lines.collect(),
        Err(error) if error.not_found() => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// Whether this build's files carry hashes in their names; their list lies beside the binary.
pub(super) fn has_hash_file() -> bool {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.join("hash.txt")));
    beside.is_some_and(|file| file.exists())
}

/// Reads settings one by one.
pub(super) struct Reader<'a> {
    source: &'a Source,
    /// Decides which defaults hold.
    pub(super) environment: Environment,
    shown: Vec<String>,
    mistakes: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self {
            source,
            environment: Environment::Development,
            shown: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// What is in force, and what is wrong.
    pub(super) fn finish(self) -> (Vec<String>, Vec<String>) {
        (self.shown, self.mistakes)
    }

    pub(super) fn mistake(&mut self, setting: &Setting, what: &str) {
        self.mistakes.push(format!("{} {what}", setting.name));
    }

    /// Whether it was set to something.
    pub(super) fn is_given(&self, setting: &Setting) -> bool {
        self.source.get(setting.name).is_some()
    }

    fn raw(&self, setting: &Setting) -> &'a str {
        self.source
            .get(setting.name)
            .unwrap_or(setting.default(self.environment))
    }

    fn show(&mut self, setting: &Setting, value: &str) {
        self.shown.push(format!("{}={value}", setting.name));
    }

    pub(super) fn text(&mut self, setting: &Setting) -> String {
        let text = self.raw(setting);
        self.show(setting, text);
        text.to_owned()
    }

    pub(super) fn parse<T>(
        &mut self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.raw(setting);
        self.show(setting, text);
        parse(text)
            .map_err(|what| self.mistake(setting, &what))
            .ok()
    }

    /// Like [`Reader::parse`], for what may be left out.
    pub(super) fn optional<T>(
        &mut self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Option<T>> {
        self.parse(setting, |text| {
            if text.is_empty() {
                Ok(None)
            } else {
                parse(text).map(Some)
            }
        })
    }

    /// Text whose emptiness means none, also where the default is something.
    pub(super) fn explicit(&mut self, setting: &Setting) -> Option<String> {
        let given = self.source.0.get(setting.name).map(|value| value.trim());
        let text = given.unwrap_or(setting.default(self.environment));
        self.show(setting, text);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(super) fn int(&mut self, setting: &Setting, range: RangeInclusive<i64>) -> Option<i64> {
        self.parse(setting, |text| {
            let number = text.parse().ok().filter(|number| range.contains(number));
            number.ok_or_else(|| {
                format!(
                    "is a whole number from {} to {}",
                    range.start(),
                    range.end()
                )
            })
        })
    }

    pub(super) fn secret(
        &mut self,
        setting: &Setting,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Option<SecretString> {
        let text = self.raw(setting);
        self.show(setting, if text.is_empty() { "" } else { "***" });
        if text.is_empty() {
            return None;
        }
        check(text)
            .map_err(|what| self.mistake(setting, &what))
            .ok()?;
        Some(SecretString::from(text))
    }

    /// An address that may hold a password.
    pub(super) fn url(&mut self, setting: &Setting, schemes: &[&str]) -> Option<SecretString> {
        self.optional_url(setting, schemes)?
    }

    pub(super) fn optional_url(
        &mut self,
        setting: &Setting,
        schemes: &[&str],
    ) -> Option<Option<SecretString>> {
        let text = self.raw(setting);
        if text.is_empty() {
            self.show(setting, "");
            return Some(None);
        }
        match masked(text, schemes) {
            Ok(masked) => {
                self.show(setting, &masked);
                Some(Some(SecretString::from(text)))
            }
            Err(what) => {
                self.mistake(setting, &what);
                None
            }
        }
    }
}

/// The address without its password, if it is of one of these schemes.
fn masked(text: &str, schemes: &[&str]) -> Result<String, String> {
    let wanted = || {
        format!(
            "begins with {}",
            schemes
                .iter()
                .map(|s| format!("{s}://"))
                .collect::<Vec<_>>()
                .join(" or ")
        )
    };
    let scheme = text.split(':').next().unwrap_or_default();
    if !schemes.contains(&scheme) {
        return Err(wanted());
    }
    // The path of a file is not an address: `sqlite://data/club.db` has no host.
    if scheme == "sqlite" {
        return Ok(text.to_owned());
    }
    let mut url = Url::parse(text).map_err(|error| format!("is not an address: {error}"))?;
    if !url.has_host() {
        return Err("names no host".to_owned());
    }
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return Err(wanted());
    }
    Ok(url.to_string())
}
