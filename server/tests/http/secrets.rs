//! Nothing derives `Debug` that would show a password or a token, by the text of the sources.

use testkit::source;

use crate::sources;

/// Where such types stand.
const FOLDERS: [&str; 4] = [
    "src",
    "../app/src",
    "../crates/backend/src",
    "../crates/wire/src",
];
/// What a field is called that nobody is shown, or what its name ends with.
const NAMES: [&str; 4] = ["password", "password_hash", "secret", "token"];
/// What shows whatever is in it.
const TEXTS: [&str; 2] = ["String", "str"];

/// Of types that derive it, and of the arguments of page functions, for which it is derived.
#[test]
fn nothing_derives_what_would_show_a_secret() {
    let mut found = Vec::new();
    for (path, code) in sources::within(&FOLDERS) {
        let shown = shown_by_types(&code).into_iter();
        let shown = shown.chain(shown_by_functions(&code));
        found.extend(shown.map(|field| format!("{}: {field}", path.display())));
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
    pub(crate) metrics_token: String,
    pub token_type: String,
}

fn within() {
    #[cfg_attr(test, derive(Debug))]
    enum Borrowed<'a> {
        One { password_hash: &'a str },
    }
}

#[derive(Clone)]
struct Hidden {
    token: String,
}

#[derive(Debug)]
struct Wrapped {
    password: Secret,
    secret: Option<SecretString>,
}

#[server(protocol = Post)]
pub async fn enter(site_id: String, refresh_token: String) -> Result<(), PageError> {
}

#[server(protocol = Post)]
pub async fn change(
    password: Secret,
    #[server(default)] token: String,
) -> Result<(), PageError> {
}
";
    let of_types = ["password", "metrics_token", "password_hash"];
    assert_eq!(shown_by_types(code), of_types);
    assert_eq!(shown_by_functions(code), ["refresh_token", "token"]);
}

/// The fields with a secret in them that a derived `Debug` would show.
fn shown_by_types(code: &str) -> Vec<String> {
    let derived = source::types(code).into_iter();
    let derived = derived.filter(|it| it.derives("Debug"));
    let fields = derived.flat_map(|it| it.fields());
    let shown = fields.filter(|field| {
        let is_text = TEXTS.iter().any(|text| field.is_of(text));
        is_secret(&field.name) && is_text
    });
    shown.map(|field| field.name).collect()
}

/// The arguments with a secret in them of page functions.
fn shown_by_functions(code: &str) -> Vec<String> {
    let code = code.replace("#[server(default)]", "");
    let arguments = code.split("#[server").skip(1).filter_map(|item| {
        let (_, arguments) = item.split_once("async fn")?;
        arguments.split("->").next()
    });
    let arguments = arguments.flat_map(|list| list.split([',', '(', ')']));
    let named = arguments.filter_map(|argument| argument.trim().split_once(':'));
    let shown = named.filter(|(name, of)| is_secret(name) && of.contains("String"));
    shown.map(|(name, _)| name.to_owned()).collect()
}

fn is_secret(name: &str) -> bool {
    NAMES.iter().any(|word| {
        let before = name.strip_suffix(*word);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}
