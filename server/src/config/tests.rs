//! What is read, what is refused, and what is shown.

use super::*;

/// 32 bytes.
const SECRETS_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What a club in front of members is told at least.
const PRODUCTION: [(&str, &str); 4] = [
    ("ENVIRONMENT", "production"),
    ("JWT_SECRET_KEY", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"),
    ("SECRETS_KEY", SECRETS_KEY),
    ("SITE_URL", "https://club.example"),
];

fn in_production<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [PRODUCTION.as_slice(), more].concat()
}

fn read(pairs: &[(&str, &str)]) -> Result<Config, Failure> {
    Config::read(&Source::of(pairs))
}

fn mistakes(pairs: &[(&str, &str)]) -> Vec<String> {
    match read(pairs) {
        Err(Failure::Settings(mistakes)) => mistakes,
        other => panic!("accepted: {other:?}"),
    }
}

#[test]
fn nothing_is_needed_in_development() {
    let config = read(&[]).unwrap();
    assert_eq!(config.listen().port(), 3000);
    assert_eq!(
        config.services.unlimited_invite_code.as_deref(),
        Some("5858")
    );
    assert_eq!(config.services.initial_tokens.get(), 1_000);
    assert!(!config.http.is_production());
}

#[test]
fn production_wants_a_secret_and_has_no_invite_code() {
    let missing = mistakes(&[("ENVIRONMENT", "production")]);
    assert!(
        missing
            .iter()
            .any(|m| m.starts_with("JWT_SECRET_KEY is required")),
        "{missing:?}"
    );
    let config = read(&PRODUCTION).unwrap();
    assert_eq!(config.services.unlimited_invite_code, None);
}

#[test]
fn secrets_are_sealed_under_a_key_of_their_own_in_production() {
    let key = |pairs: &[(&str, &str)]| read(pairs).unwrap().services.auth.secrets_key;
    assert!(key(&PRODUCTION).is_some());
    assert_eq!(key(&[]), None, "it is derived");
    assert!(key(&[("SECRETS_KEY", SECRETS_KEY)]).is_some());
    let missing = mistakes(&[PRODUCTION[0], PRODUCTION[1], PRODUCTION[3]]);
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(
        missing[0].starts_with("SECRETS_KEY is required in production"),
        "{missing:?}"
    );
    for odd in ["short", &"k".repeat(32), "not base64!"] {
        let odd = mistakes(&[("SECRETS_KEY", odd)]);
        assert!(odd[0].starts_with("SECRETS_KEY is 32 bytes in base64"));
    }
    let shown = read(&PRODUCTION).unwrap().shown.join("\n");
    assert!(shown.contains("SECRETS_KEY=***") && !shown.contains(SECRETS_KEY));
}

#[test]
fn production_is_reached_over_https() {
    for site in ["", "http://club.example", "http://127.0.0.1:3000"] {
        let wrong = mistakes(&in_production(&[("SITE_URL", site)]));
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(
            wrong[0].starts_with("SITE_URL is required in production"),
            "{wrong:?}"
        );
    }
}

#[test]
fn what_is_not_for_members_is_reached_from_this_machine_alone() {
    let said = |environment: &str, address: &str, may_be_open: &str| {
        read(&[
            ("ENVIRONMENT", environment),
            ("LEPTOS_SITE_ADDR", address),
            ("DEVELOPMENT_ON_NETWORK", may_be_open),
        ])
    };
    for environment in ["development", "test"] {
        for own in [
            "127.0.0.1:0",
            "127.8.8.8:1",
            "[::1]:1",
            "[::ffff:127.0.0.1]:1",
        ] {
            let config = said(environment, own, "").unwrap();
            assert!(!config.http.is_development_open, "{own}");
        }
        for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80", "[2001:db8::1]:80"] {
            assert!(said(environment, open, "").is_err(), "{open}");
        }
    }
    let open = said("development", "0.0.0.0:0", "true").unwrap();
    assert!(open.http.is_development_open);
    assert!(said("test", "0.0.0.0:0", "true").is_err());
    let production = read(&in_production(&[("LEPTOS_SITE_ADDR", "0.0.0.0:0")]));
    assert!(!production.unwrap().http.is_development_open);
}

#[test]
fn what_is_not_for_members_is_not_reached_over_https() {
    for environment in ["development", "test"] {
        let at = |site| read(&[("ENVIRONMENT", environment), ("SITE_URL", site)]);
        assert!(at("https://club.example").is_err());
        assert!(at("http://127.0.0.1:3000").is_ok() && at("").is_ok());
    }
}

fn previous_secret(pairs: &[(&str, &str)]) -> Option<String> {
    let previous = read(pairs).unwrap().services.auth.previous_secret;
    previous.map(|secret| secret.expose_secret().to_owned())
}

#[test]
fn there_is_a_secret_before_where_one_is_given() {
    assert_eq!(previous_secret(&[]), None);
    let old = "o".repeat(32);
    let told = previous_secret(&[("JWT_SECRET_KEY_PREVIOUS", &old)]);
    assert_eq!(told.as_deref(), Some(old.as_str()));
}

#[test]
fn every_mistake_is_told_at_once() {
    let found = mistakes(&[
        ("ENVIRONMENT", "staging"),
        ("DATABASE_URL", "mysql://root:hunter2@db/club"),
        ("JWT_SECRET_KEY", "short"),
        ("JWT_SECRET_KEY_PREVIOUS", "short"),
        ("SECRETS_KEY", "short"),
        ("LOGIN_LOCKOUT_MINUTES", "0"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, nonsense"),
        ("SITE_URL", "club.example"),
    ]);
    assert_eq!(found.len(), 8, "{found:#?}");
    assert!(!found.join("\n").contains("hunter2"));
}

#[test]
fn what_is_shown_hides_secrets() {
    let config = read(&[
        ("DATABASE_URL", "postgres://club:hunter2@db/club"),
        ("JWT_SECRET_KEY", &"hunter2".repeat(5)),
        ("JWT_SECRET_KEY_PREVIOUS", &"hunter2".repeat(6)),
        ("REDIS_URL", "redis://:hunter2@cache"),
    ]);
    let shown = config.unwrap().shown.join("\n");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(
        shown.contains("DATABASE_URL=postgres://club:***@db/club"),
        "{shown}"
    );
}

#[test]
fn each_rate_is_the_one_that_is_said_or_that_of_production() {
    let rates = |more: &[(&str, &str)]| {
        let limits = read(&in_production(more)).unwrap().services.limits;
        [
            limits.sign_ups_per_minute,
            limits.sign_ins_per_minute,
            limits.plays_per_minute,
            limits.purchases_per_minute,
            limits.writes_per_minute,
            limits.reads_per_minute,
            limits.code_checks_per_minute,
        ]
    };
    assert_eq!(rates(&[]), [10, 60, 600, 60, 60, 600, 30]);
    let said = [
        ("SIGN_UPS_PER_MINUTE", "1"),
        ("SIGN_INS_PER_MINUTE", "2"),
        ("PLAYS_PER_MINUTE", "3"),
        ("PURCHASES_PER_MINUTE", "4"),
        ("WRITES_PER_MINUTE", "5"),
        ("READS_PER_MINUTE", "6"),
        ("CODE_CHECKS_PER_MINUTE", "7"),
    ];
    assert_eq!(rates(&said), [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn what_staff_do_has_to_be_granted_where_the_club_is_strict() {
    let limits = |pairs: &[(&str, &str)]| {
        let approvals = read(pairs).unwrap().services.approvals;
        (approvals.members_max, approvals.tokens_max)
    };
    let said = [("APPROVAL_MEMBERS", "7"), ("APPROVAL_TOKENS", "0")];
    let strict = [("STAFF_STRICT", "true")];
    assert_eq!(limits(&[]), (0, 0));
    assert_eq!(limits(&said), (0, 0));
    assert_eq!(limits(&strict), (100, 100_000));
    assert_eq!(
        limits(&[strict.as_slice(), said.as_slice()].concat()),
        (7, 0)
    );
    assert_eq!(limits(&PRODUCTION), (100, 100_000));
    let odd = mistakes(&[("APPROVAL_MEMBERS", "-1"), ("APPROVAL_TOKENS", "many")]);
    assert_eq!(odd.len(), 2, "{odd:?}");
}

#[test]
fn the_token_of_metrics_is_the_one_that_is_said_and_is_not_shown() {
    let token = "hunter2".repeat(5);
    let said = in_production(&[("METRICS_TOKEN", token.as_str())]);
    let config = read(&said).unwrap();
    let told = config.http.metrics_token.as_ref();
    let told = told.map(|token| token.expose_secret());
    assert_eq!(told, Some(token.as_str()));
    let shown = config.shown.join("\n");
    assert!(shown.contains("METRICS_TOKEN=***"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(read(&PRODUCTION).unwrap().http.metrics_token.is_none());
    let short = mistakes(&in_production(&[("METRICS_TOKEN", "short")]));
    assert!(
        short[0].starts_with("METRICS_TOKEN has at least"),
        "{short:?}"
    );
}

#[test]
fn a_trusted_proxy_is_an_address_or_a_network() {
    let trusted = |text: &str| -> Vec<String> {
        let config = read(&in_production(&[("TRUSTED_PROXIES", text)]));
        let proxies = config.unwrap().http.trusted_proxies;
        proxies.iter().map(ToString::to_string).collect()
    };
    assert!(trusted("").is_empty());
    assert_eq!(trusted("10.158.58.1"), ["10.158.58.1/32"]);
    assert_eq!(
        trusted("::1, 10.0.0.0/8,192.0.2.7"),
        ["::1/128", "10.0.0.0/8", "192.0.2.7/32"]
    );
}

#[test]
fn in_production_there_are_8192_connections_of_which_a_network_has_an_eighth() {
    let most = Most {
        all: 8_192,
        network: 1_024,
        block: 2_048,
    };
    assert_eq!(read(&PRODUCTION).unwrap().http.connections, most);
}

#[test]
fn in_production_nobody_is_paid_by_a_sandbox() {
    let own = |config: Result<Config, Failure>| config.unwrap().http.has_sandbox;
    assert!(!own(read(&PRODUCTION)) && own(read(&[])));
    assert_eq!(mistakes(&[("PAYMENT_GATEWAY_MODE", "sometimes")]).len(), 1);
}

#[test]
fn a_gateway_shares_two_secrets_with_the_club_and_is_reached_over_https() {
    let secret = "a secret of the club and its gateway";
    let with = |url| {
        in_production(&[
            ("PAYMENT_GATEWAY_URL", url),
            ("PAYMENT_GATEWAY_KEY", secret),
            ("PAYMENT_WEBHOOK_SECRET", secret),
        ])
    };
    let config = read(&with("https://pay.example")).unwrap();
    assert!(config.gateway().is_some());
    assert!(!config.shown.join("\n").contains(secret));
    assert_eq!(
        mistakes(&with("http://pay.example")),
        ["PAYMENT_GATEWAY_URL begins with https://"]
    );
    let alone = mistakes(&[("PAYMENT_GATEWAY_URL", "http://127.0.0.1:3100")]);
    for name in ["PAYMENT_GATEWAY_KEY", "PAYMENT_WEBHOOK_SECRET"] {
        let is_required = |mistake: &String| mistake.starts_with(&format!("{name} is required"));
        assert!(alone.iter().any(is_required), "{alone:?}");
    }
    assert_eq!(alone.len(), 2, "{alone:?}");
}

#[test]
fn what_nothing_reads_yet_is_named() {
    assert_eq!(
        read(&[("KAFKA_BROKERS", "kafka:9092")]).unwrap().unused,
        ["KAFKA_BROKERS"]
    );
}
