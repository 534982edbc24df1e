//! How requests are received, and where the pages' files are.

use std::net::SocketAddr;

use ipnet::IpNet;
use leptos::config::LeptosOptions;
use url::Url;

use super::reader::{self, Reader};
use super::services::long_enough;
use super::{Environment, HttpConfig, table};
use crate::connections;

pub(super) fn http(reader: &mut Reader<'_>) -> Option<HttpConfig> {
    let site_url = site_url(reader);
    let trusted_proxies = reader.parse(&table::TRUSTED_PROXIES, proxies);
    let requests_at_once = reader.int(&table::REQUESTS_AT_ONCE, 1..=100_000);
    let metrics_token = reader.secret(&table::METRICS_TOKEN, long_enough);
    let has_sandbox = reader.environment != Environment::Production
        && !reader.is_given(&table::PAYMENT_GATEWAY_URL);
    let listen = listen(reader);
    let site = site(reader, listen);
    let is_open = listen.is_some_and(|address| !is_of_this_machine(address));
    Some(HttpConfig {
        has_sandbox,
        is_development_open: is_open && reader.environment == Environment::Development,
        environment: reader.environment,
        site_url: site_url?,
        trusted_proxies: trusted_proxies?,
        metrics_token,
        connections: connections::MOST,
        requests_at_once: usize::try_from(requests_at_once?).ok()?,
        site: site?,
    })
}

/// Where to listen. What is not meant for members, with passwords that everybody knows, is reached
/// from this machine alone, unless somebody says otherwise.
fn listen(reader: &mut Reader<'_>) -> Option<SocketAddr> {
    let address = reader.parse(&table::LEPTOS_SITE_ADDR, |text| {
        text.parse::<SocketAddr>().map_err(|e| e.to_string())
    });
    let may_be_open = reader.parse(&table::DEVELOPMENT_ON_NETWORK, flag);
    let (address, may_be_open) = (address?, may_be_open?);
    let wrong = match reader.environment {
        Environment::Production => None,
        _ if is_of_this_machine(address) => None,
        Environment::Development if may_be_open => None,
        Environment::Development => Some(
            "is 127.0.0.1 or [::1] in development, whose demo passwords everybody knows; \
             DEVELOPMENT_ON_NETWORK=true opens it to the network all the same",
        ),
        Environment::Test => Some("is 127.0.0.1 or [::1] under test"),
    };
    if let Some(what) = wrong {
        reader.mistake(&table::LEPTOS_SITE_ADDR, what);
        return None;
    }
    Some(address)
}

fn is_of_this_machine(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

/// What `cargo leptos` and its builds say, in their own names.
fn site(reader: &mut Reader<'_>, listen: Option<SocketAddr>) -> Option<LeptosOptions> {
    let output = reader.text(&table::LEPTOS_OUTPUT_NAME);
    let root = reader.text(&table::LEPTOS_SITE_ROOT);
    let pkg = reader.text(&table::LEPTOS_SITE_PKG_DIR);
    let reload_port = reader.int(&table::LEPTOS_RELOAD_PORT, 1..=65_535);
    let hash_files = reader
        .optional(&table::LEPTOS_HASH_FILES, flag)?
        .unwrap_or_else(reader::has_hash_file);
    let options = LeptosOptions::builder()
        .output_name(output)
        .site_root(root)
        .site_pkg_dir(pkg)
        .site_addr(listen?)
        .reload_port(u32::try_from(reload_port?).ok()?)
        .hash_files(hash_files)
        .build();
    Some(options)
}

/// Where members reach the club: in production over https, or their cookies would be anybody's; and
/// over https nowhere else, so that nobody puts a club with known passwords in front of them.
fn site_url(reader: &mut Reader<'_>) -> Option<Option<Url>> {
    let url = reader.optional(&table::SITE_URL, origin)?;
    let is_https = url.as_ref().is_some_and(|url| url.scheme() == "https");
    let wrong = match (reader.environment, is_https) {
        (Environment::Production, false) => "is required in production, and begins with https://",
        (Environment::Development | Environment::Test, true) => {
            "begins with https:// in production only; leave SITE_URL empty here, or set \
             ENVIRONMENT=production"
        }
        _ => return Some(url),
    };
    reader.mistake(&table::SITE_URL, wrong);
    None
}

fn origin(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let is_plain = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if matches!(url.scheme(), "http" | "https") && url.has_host() && is_plain {
        return Ok(url);
    }
    Err("is like https://club.example, without a path".to_owned())
}

fn proxies(text: &str) -> Result<Vec<IpNet>, String> {
    let entries = text
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    let parse = |entry: &str| {
        let address = entry.parse::<std::net::IpAddr>().map(IpNet::from);
        entry
            .parse::<IpNet>()
            .or(address)
            .map_err(|_| format!("{entry:?} is neither an address nor a network"))
    };
    entries.map(parse).collect()
}

pub(super) fn flag(text: &str) -> Result<bool, String> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("is true or false".to_owned()),
    }
}
