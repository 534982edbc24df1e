//! What is sent with a password or a token in it shows neither to whoever debugs it.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use wire::Secret;
use wire::auth::{LoginRequest, RefreshRequest, SignUpRequest, Token};
use wire::user::ProfileChange;

const SECRET: &str = "hunter2-hunter2";

/// Where such types stand.
const FOLDERS: [&str; 3] = ["src", "../../app/src", "../../server/src/routes"];
/// What a field is called that nobody is shown.
const NAMES: [&str; 5] = [
    "password",
    "current_password",
    "access_token",
    "refresh_token",
    "token",
];

fn token() -> Token {
    let user = json!({
        "id": 1, "site_id": "ann", "nickname": "ann", "phone_number": "01012345678",
        "rank": "STANDARD", "is_admin": false, "is_active": true, "level": 1, "experience": 0,
        "cyber_token_balance": 0, "created_at": "2026-01-01T00:00:00Z", "last_login": null,
    });
    Token {
        access_token: SECRET.to_owned(),
        refresh_token: SECRET.to_owned(),
        token_type: "bearer".to_owned(),
        expires_in: 1_800,
        user: serde_json::from_value(user).unwrap(),
    }
}

#[test]
fn no_request_and_no_answer_shows_a_secret() {
    let secret = || SECRET.to_owned();
    let all: [&dyn Debug; 6] = [
        &SignUpRequest {
            site_id: "ann".to_owned(),
            nickname: "ann".to_owned(),
            phone_number: "01012345678".to_owned(),
            password: secret(),
            invite_code: "5858".to_owned(),
        },
        &LoginRequest {
            site_id: "ann".to_owned(),
            password: secret(),
        },
        &RefreshRequest {
            refresh_token: Some(secret()),
        },
        &token(),
        &ProfileChange {
            password: Some(secret()),
            current_password: Some(secret()),
            ..ProfileChange::default()
        },
        &Secret(secret()),
    ];
    for one in all {
        for shown in [format!("{one:?}"), format!("{one:#?}")] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}

#[test]
fn a_secret_is_sent_as_a_text_like_any_other() {
    let sent = serde_json::to_string(&Secret(SECRET.to_owned())).unwrap();
    assert_eq!(sent, format!("\"{SECRET}\""));
    let read: Secret = serde_json::from_str(&sent).unwrap();
    assert_eq!(read.0, SECRET);
}

/// Of types that derive it, and of the arguments of page functions, for which it is derived.
#[test]
fn nothing_derives_what_would_show_a_secret() {
    let mut found = Vec::new();
    for (path, code) in sources() {
        found.extend(shown_by_deriving(&code).map(|field| (path.clone(), field.to_owned())));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_secret_that_would_be_shown_is_found() {
    let code = "
#[derive(Clone, Debug)]
pub struct Shown {
    pub site_id: String,
    pub password: Option<String>,
}

#[derive(Clone)]
struct Hidden {
    token: String,
}

#[derive(Debug)]
struct Wrapped {
    password: Secret,
}

#[server(protocol = Post)]
pub async fn enter(site_id: String, refresh_token: String) -> Result<(), PageError> {
}

#[server(protocol = Post)]
pub async fn change(
    password: Secret,
) -> Result<(), PageError> {
}
";
    let found: Vec<_> = shown_by_deriving(code).collect();
    let shown = ["pub password: Option<String>", "refresh_token: String"];
    assert_eq!(found, shown);
}

/// The fields that a derived `Debug` would show.
fn shown_by_deriving(code: &str) -> impl Iterator<Item = &str> {
    let derived = code.split("#[derive(").skip(1).filter_map(|item| {
        let (traits, rest) = item.split_once(')')?;
        let shows = traits.split(',').any(|name| name.trim() == "Debug");
        shows.then(|| rest.split("\n}").next().unwrap_or_default())
    });
    let functions = code.split("#[server").skip(1).filter_map(|item| {
        let (_, arguments) = item.split_once("async fn")?;
        arguments.split("->").next()
    });
    let fields = derived
        .chain(functions)
        .flat_map(|item| item.split([',', '(', ')', '\n']));
    fields.map(str::trim).filter(|field| is_shown(field))
}

/// Whether this is a field with a secret in it as it is.
fn is_shown(field: &str) -> bool {
    let field = field.trim_start_matches("pub(crate) ");
    let named = field.trim_start_matches("pub ").split_once(':');
    named.is_some_and(|(name, of)| NAMES.contains(&name) && of.contains("String"))
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let code = fs::read_to_string(&path).unwrap();
                found.push((path, code));
            }
        }
    }
    found
}
