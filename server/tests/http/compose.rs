//! What the compose file promises, by its text: whom the club trusts there, what its services may not
//! do, and which images they are; the Dockerfile's too.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use backend::live::LISTENERS_MAX;
use ipnet::IpNet;

const COMPOSE: &str = include_str!("../../../docker-compose.yml");
const DOCKERFILE: &str = include_str!("../../../Dockerfile");
/// What makes the club's role and database.
const INIT: &str = "docker/postgres/club.sh";

/// What stands behind a key, wherever it first stands.
fn value(key: &str) -> &'static str {
    let mut lines = COMPOSE
        .lines()
        .map(|line| line.trim().trim_start_matches("- "));
    let found = lines.find_map(|line| line.strip_prefix(key));
    found.unwrap_or_else(|| panic!("no {key}")).trim()
}

/// Each service with its lines.
fn services() -> BTreeMap<&'static str, String> {
    let (_, rest) = COMPOSE.split_once("\nservices:\n").unwrap();
    let lines = rest.lines();
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    let (mut services, mut name) = (BTreeMap::new(), "");
    for line in lines {
        let begun = line.strip_prefix("  ").and_then(|it| it.strip_suffix(':'));
        name = begun.filter(|it| !it.starts_with(' ')).unwrap_or(name);
        let text: &mut String = services.entry(name).or_default();
        text.push_str(line);
        text.push('\n');
    }
    services
}

#[test]
fn the_proxy_of_this_machine_is_trusted_by_the_address_that_it_comes_from() {
    let subnet: IpNet = value("subnet:").parse().unwrap();
    let gateway: IpAddr = value("gateway:").parse().unwrap();
    assert!(subnet.contains(&gateway), "{subnet} {gateway}");
    let trusted = value("TRUSTED_PROXIES:");
    assert_eq!(trusted, format!("${{TRUSTED_PROXIES:-{gateway}}}"));
}

#[test]
fn no_service_has_rights_or_writes_outside_its_volumes() {
    let (_, rest) = COMPOSE.split_once("\nx-confined: &confined\n").unwrap();
    let (confined, _) = rest.split_once("\n\n").unwrap();
    for wanted in [
        "read_only: true",
        "cap_drop: [ALL]",
        "security_opt: [\"no-new-privileges:true\"]",
    ] {
        assert!(confined.contains(wanted), "{wanted} in {confined}");
    }
    let services = services();
    assert_eq!(
        services.keys().copied().collect::<Vec<_>>(),
        ["app", "kafka", "postgres", "redis"]
    );
    for (name, text) in services {
        assert!(text.contains("    <<: *confined\n"), "{name}");
        for loosened in ["cap_add", "privileged", "read_only", "user: root"] {
            assert!(!text.contains(loosened), "{name}: {loosened}");
        }
    }
}

#[test]
fn there_are_descriptors_for_all_who_listen_and_all_connections() {
    let given: usize = value("nofile:").parse().unwrap();
    let connections = 8_192;
    assert!(given >= LISTENERS_MAX + connections + 512, "{given}");
}

#[test]
fn every_image_is_named_by_tag_and_digest() {
    let composed = COMPOSE.lines().map(str::trim);
    let composed: Vec<_> = composed
        .filter_map(|line| line.strip_prefix("image: "))
        .collect();
    assert_eq!(composed.len(), 3, "{composed:?}");
    let built = DOCKERFILE.lines();
    let built: Vec<_> = built
        .filter_map(|line| line.strip_prefix("FROM "))
        .map(|image| image.split_once(" AS ").map_or(image, |(image, _)| image))
        .collect();
    assert_eq!(built.len(), 3, "{built:?}");
    for image in composed.into_iter().chain(built) {
        let (name, digest) = image.split_once("@sha256:").expect(image);
        assert!(name.contains(':'), "{image}");
        let is_whole = digest.len() == 64 && digest.bytes().all(|it| it.is_ascii_hexdigit());
        assert!(is_whole, "{image}");
    }
}

#[test]
fn the_club_is_no_superuser_of_its_database() {
    let postgres = &services()["postgres"];
    assert!(!postgres.contains("POSTGRES_USER"), "{postgres}");
    assert!(postgres.contains(&format!("./{INIT}:/docker-entrypoint-initdb.d/")));
    let club = "postgres://casino_club:${CLUB_DATABASE_PASSWORD:?";
    assert!(value("DATABASE_URL:").starts_with(club));
    let init = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(INIT);
    let script = std::fs::read_to_string(&init).unwrap();
    assert!(script.contains("CREATE ROLE casino_club LOGIN NOSUPERUSER"));
    assert!(script.contains("CREATE DATABASE casino_club OWNER casino_club"));
    let mode = std::fs::metadata(&init).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0o111, "the image runs what may be run");
}
