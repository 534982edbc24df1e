//! Every setting: its name, its defaults, and what it does. The README's table is this one.

use super::Environment;

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The name in the environment and in `.env`.
    pub name: &'static str,
    /// Its default.
    pub usual: &'static str,
    /// Its default in production, where it is another.
    pub production: Option<&'static str>,
    /// What it does.
    pub meaning: &'static str,
}

impl Setting {
    pub(super) const fn default(&self, environment: Environment) -> &'static str {
        match (environment, self.production) {
            (Environment::Production, Some(default)) => default,
            _ => self.usual,
        }
    }
}

macro_rules! settings {
    ($($name:ident = $usual:literal $(or $production:literal in production)?, $meaning:literal;)*) => {
        $(
            pub(super) const $name: Setting = Setting {
                name: stringify!($name),
                usual: $usual,
                production: [$(Some($production),)? None][0],
                meaning: $meaning,
            };
        )*

        /// Every setting that is read, in the order of the README.
        pub const ALL: &[Setting] = &[$($name),*];
    };
}

settings! {
    ENVIRONMENT = "development", "`development`, `test` or `production`.";
    DATABASE_URL = "sqlite://data/casino-club.db", "Where rows live: `sqlite://path` (created if missing) or `postgres://user:password@host/name`, over TLS with `?sslmode=verify-full`.";
    DATABASE_CONNECTIONS_MAX = "16", "The most connections: readers on SQLite, all on PostgreSQL; hands, rounds of crash and health checks have a few of their own beside them.";
    REDIS_URL = "", "Where rate limits and live sessions are shared between processes: `redis://host`, over TLS `rediss://host`; in process when empty.";
    SITE_URL = "", "Where members reach the club, when it is not the address served, and the only origin that may write then; required in production, over https.";
    LEPTOS_SITE_ADDR = "127.0.0.1:3000", "Where to listen; in development and under test on this machine alone.";
    DEVELOPMENT_ON_NETWORK = "false", "Whether development may listen for the network all the same, with its demo passwords.";
    TRUSTED_PROXIES = "", "Addresses and networks, by comma, whose `X-Forwarded-For` and `X-Request-Id` are believed; all who come through any other proxy are one network.";
    METRICS_TOKEN = "", "What `/metrics` wants as a bearer token in production, at least 32 bytes; when empty, it is not there.";
    REQUESTS_AT_ONCE = "512", "How many requests are worked on at once, a quarter of them for one network; more are told to come back in a second.";
    JWT_SECRET_KEY = "", "Signs access tokens, at least 32 bytes; required in production, else made and kept beside the rows.";
    JWT_SECRET_KEY_PREVIOUS = "", "The `JWT_SECRET_KEY` before it, at least 32 bytes: what it signed still counts, nothing new is signed with it; to be left out once its tokens have run out.";
    SECRETS_KEY = "", "Seals the secrets of second factors, 32 bytes in base64; required in production, else derived from `JWT_SECRET_KEY`. With another one the server starts once each second factor was reset.";
    ACCESS_TOKEN_MINUTES = "30", "How long an access token lasts.";
    REFRESH_TOKEN_DAYS = "30", "How long a refresh token lasts; a sign-in ends after 90 days, however often it is renewed.";
    UNLIMITED_INVITE_CODE = "5858" or "" in production, "An invite code that never runs out; none when empty.";
    INITIAL_CYBER_TOKENS = "1000", "Tokens of a new member.";
    LOGIN_MAX_FAILED_ATTEMPTS = "5", "Failed sign-ins that lock a site id.";
    LOGIN_MAX_FAILED_ATTEMPTS_PER_ADDRESS = "20", "Failed sign-ins that lock an address; four times as many lock an IPv6 /48.";
    LOGIN_LOCKOUT_MINUTES = "10", "In how many minutes failures count, and how long a lock lasts.";
    PASSWORD_HASHES_AT_ONCE = "2", "How many passwords are hashed at once, for one network at most half while another waits; each takes 19 MiB for its while.";
    SIGN_UPS_PER_MINUTE = "600" or "10" in production, "Sign-ups from one address.";
    SIGN_INS_PER_MINUTE = "600" or "60" in production, "Sign-ins and refreshes from one address.";
    PLAYS_PER_MINUTE = "1000000" or "600" in production, "Hands of one member.";
    PURCHASES_PER_MINUTE = "100000" or "60" in production, "Purchases of one member, and uses of what they own.";
    WRITES_PER_MINUTE = "100000" or "60" in production, "Other changes of one member: of seeds, profile, what is worn, notifications.";
    READS_PER_MINUTE = "1000000" or "600" in production, "What one member reads, by REST or as pages, or by opening a live channel.";
    PURCHASES_IN_FIVE_MINUTES = "20", "Purchases of one member within five minutes that stop further ones; none do when 0.";
    DECLINED_CARDS_IN_AN_HOUR = "3", "Declined cards of one member within an hour that stop further purchases; none do when 0.";
    PAYMENT_GATEWAY_URL = "", "Who takes money, `https://host`, outside production also `http://host`; when empty, a sandbox of the server's own, and in production nobody: tokens are not sold.";
    PAYMENT_GATEWAY_MODE = "always_succeeds", "How that sandbox answers: `always_succeeds`, `always_fails`, `pending_then_succeeds` or `random:SEED`.";
    PAYMENT_GATEWAY_KEY = "", "What the club shows the gateway as a bearer token, at least 32 bytes; required beside PAYMENT_GATEWAY_URL.";
    PAYMENT_WEBHOOK_SECRET = "", "What the gateway signs its answers and messages with, at least 32 bytes; required beside PAYMENT_GATEWAY_URL.";
    CODE_CHECKS_PER_MINUTE = "600" or "30" in production, "Invite and promo codes tried from one address.";
    STAFF_STRICT = "false" or "true" in production, "Whether staff have to say why they do what needs a reason, and need a second factor, a session of staff's and, for what moves much, a confirmation.";
    APPROVAL_MEMBERS = "100", "To how many members one of the staff does something alone in a UTC day; beyond it somebody else has to grant it, where STAFF_STRICT is on. To any number when 0.";
    APPROVAL_TOKENS = "100000", "How many tokens one of the staff moves alone in a UTC day; beyond it somebody else has to grant it, where STAFF_STRICT is on. Any number when 0.";
    RUST_LOG = "info", "Which events are logged, in the words of `tracing-subscriber`.";
    LOG_FORMAT = "text" or "json" in production, "`json`, one object a line, or `text`; to standard error.";
    LEPTOS_SITE_ROOT = "target/site", "The folder of the pages' files.";
    LEPTOS_SITE_PKG_DIR = "pkg", "The folder in it that holds scripts and styles.";
    LEPTOS_OUTPUT_NAME = "casino-club", "The name of scripts and styles.";
    LEPTOS_HASH_FILES = "", "Whether their names carry hashes; when empty, whether `hash.txt` lies beside the binary.";
    LEPTOS_RELOAD_PORT = "3001", "Where `cargo leptos watch` tells pages to reload.";
}

/// Names that scripts may already set; nothing reads them yet, and `serve` says so.
pub(super) const NOT_READ_YET: &[&str] = &["KAFKA_BROKERS", "KAFKA_TOPIC"];

/// The table as it stands in a README.
#[must_use]
pub fn markdown() -> String {
    let code = |text: &str| {
        if text.is_empty() {
            "none".to_owned()
        } else {
            format!("`{text}`")
        }
    };
    let mut table = "| Setting | Default | Meaning |\n| --- | --- | --- |\n".to_owned();
    for setting in ALL {
        let production = setting
            .production
            .map(|text| format!(", {} in production", code(text)))
            .unwrap_or_default();
        let default = format!("{}{production}", code(setting.usual));
        table.push_str(&format!(
            "| `{}` | {default} | {} |\n",
            setting.name, setting.meaning
        ));
    }
    table
}

/// `.env.example`: each setting with its default, to be copied and changed.
#[must_use]
pub fn env_example() -> String {
    let mut text = ENV_HEAD.to_owned();
    for Setting {
        name,
        usual,
        production,
        meaning,
    } in ALL
    {
        let production = match production {
            Some("") => " In production: none.".to_owned(),
            Some(default) => format!(" In production: {default}."),
            None => String::new(),
        };
        let meaning = meaning.replace('`', "");
        text.push_str(&format!("# {meaning}{production}\n#{name}={usual}\n\n"));
    }
    let unread = NOT_READ_YET.join(", ");
    text.push_str(&format!(
        "# Known by name, and read by nothing yet: {unread}.\n\n{ENV_FOOT}"
    ));
    text
}

const ENV_HEAD: &str = "\
# Every setting with its default. Copy to `.env` and change what you need:
# the environment comes before `.env`, and `.env` before the defaults.
# `casino-club config` prints what is in force, with secrets masked.

";
const ENV_FOOT: &str = "\
# Only for docker compose: the passwords of the database's administrator and of the club's own role
# in it (letters and digits), and the published port.
#POSTGRES_PASSWORD=
#CLUB_DATABASE_PASSWORD=
#APP_PORT=3000
";

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_shows_this_table() {
        let example = include_str!("../../../.env.example");
        let wanted = super::env_example();
        assert!(example == wanted, ".env.example should be:\n{wanted}");
    }

    #[test]
    fn the_readme_shows_this_table() {
        let readme = include_str!("../../README.md");
        let table = super::markdown();
        assert!(
            readme.contains(&table),
            "server/README.md should hold:\n{table}"
        );
    }

    #[test]
    fn the_front_readme_says_the_same_of_those_that_it_names() {
        let (readme, table) = (include_str!("../../../README.md"), super::markdown());
        let is_setting = |line: &&str| {
            let name = line.strip_prefix("| `");
            name.is_some_and(|name| name.starts_with(|sign: char| sign.is_ascii_uppercase()))
        };
        let named: Vec<&str> = readme.lines().filter(is_setting).collect();
        assert!(named.len() > 5, "{named:?}");
        for line in named {
            assert!(table.lines().any(|row| row == line), "{line}");
        }
    }
}
