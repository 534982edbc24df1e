//! The jar that cookies are kept in: the one place that decides how they are named, for the server
//! and for the page.

/// What a browser holds such a cookie to: sent over https alone, and set by this very host.
const PREFIX: &str = "__Host-";

/// How cookies are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jar {
    /// As they are called, on a developer's machine and under test, where the club speaks http.
    Plain,
    /// With `__Host-`, in production. A plain name means nothing there: another host of the domain,
    /// or a page over http, could have set it.
    Host,
}

impl Jar {
    /// The attribute of `<html>` that tells the page which one it is.
    pub const ATTRIBUTE: &str = "data-jar";
    /// A year, in seconds: how long a choice is kept.
    pub const KEPT_SECS: i64 = 31_536_000;

    /// The text of the attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Host => "host",
        }
    }

    /// The jar that the attribute names.
    #[must_use]
    pub fn told(attribute: Option<&str>) -> Self {
        if attribute == Some(Self::Host.as_str()) {
            Self::Host
        } else {
            Self::Plain
        }
    }

    /// What a cookie is called here.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            Self::Host => format!("{PREFIX}{name}"),
        }
    }

    /// The value of a cookie among those of a line, `a=1; b=2`; the first, if there are several.
    #[must_use]
    pub fn read(self, line: &str, name: &str) -> Option<String> {
        let name = self.name(name);
        let mut pairs = line
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        let found = pairs.find(|(key, _)| *key == name);
        found.map(|(_, value)| value.to_owned())
    }

    /// A cookie for the whole site, as it is set.
    #[must_use]
    pub fn written(self, name: &str, value: &str, max_age_secs: i64) -> String {
        let name = self.name(name);
        let secure = match self {
            Self::Plain => "",
            Self::Host => "; Secure",
        };
        format!("{name}={value}; Path=/; Max-Age={max_age_secs}; SameSite=Lax{secure}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_jar_holds_its_own_names_and_no_others() {
        let line = "casino_access=planted; x=1; __Host-casino_access=real; casino_access=late";
        assert_eq!(
            Jar::Host.read(line, "casino_access").as_deref(),
            Some("real")
        );
        assert_eq!(
            Jar::Plain.read(line, "casino_access").as_deref(),
            Some("planted")
        );
        assert_eq!(
            Jar::Host.read("casino_access=planted", "casino_access"),
            None
        );
        assert_eq!(
            Jar::Plain.read("__Host-casino_access=real", "casino_access"),
            None
        );
    }

    #[test]
    fn what_is_written_is_bound_to_the_host_in_production() {
        assert_eq!(
            Jar::Host.written("a", "1", 60),
            "__Host-a=1; Path=/; Max-Age=60; SameSite=Lax; Secure"
        );
        assert_eq!(
            Jar::Plain.written("a", "1", 60),
            "a=1; Path=/; Max-Age=60; SameSite=Lax"
        );
    }

    #[test]
    fn the_page_is_told_which_one_it_is() {
        for jar in [Jar::Plain, Jar::Host] {
            assert_eq!(Jar::told(Some(jar.as_str())), jar);
        }
        assert_eq!(Jar::told(None), Jar::Plain);
    }
}
