//! The types that sources declare, by their tokens: so it does not matter how an attribute is laid out,
//! what stands before it, or whether `cfg_attr` wraps it. What stands in macros is read too, which is
//! why no parser of items does this: it leaves them as they are.

mod field;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub use field::Field;

/// A struct or an enum, with its attributes and those of what is in it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What it is called; in a macro that is told what, its own word for that: `$name`.
    pub name: String,
    /// Whether it is a struct.
    pub is_struct: bool,
    tokens: TokenStream,
}

impl Declared {
    /// Its fields that have a name, those of its variants too.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        field::within(self.tokens.clone())
    }

    /// Whether it derives what is called so, by whatever path.
    #[must_use]
    pub fn derives(&self, name: &str) -> bool {
        let lists = lists(&self.tokens, "derive");
        lists.iter().any(|list| has(list, name))
    }

    /// The keys in all lists of an attribute, as `tag` and `rename` in those of `serde`.
    #[must_use]
    pub fn says(&self, attribute: &str) -> BTreeSet<String> {
        keys(&self.tokens, attribute)
    }

    /// What an attribute says under a key: `Other`, where `as = Other` is in a list of `schema`.
    #[must_use]
    pub fn said(&self, attribute: &str, key: &str) -> Option<String> {
        let lists = lists(&self.tokens, attribute);
        lists.iter().flat_map(parts).find_map(|part| match &*part {
            [TokenTree::Ident(said), TokenTree::Punct(_), value @ ..] if *said == key => {
                Some(value.iter().map(ToString::to_string).collect())
            }
            _ => None,
        })
    }
}

/// The sources in a folder and in those within it.
#[must_use]
pub fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let code = fs::read_to_string(&path).unwrap();
                files.push((path, code));
            }
        }
    }
    files
}

/// The types of a source, those of functions and of macros among them. A macro that is told what to
/// call its type makes one of each call that follows.
#[must_use]
pub fn types(code: &str) -> Vec<Declared> {
    let mut reader = Reader::default();
    reader.read(tokens(code));
    reader.found
}

/// The keys in all lists of an attribute in a source.
#[must_use]
pub fn says(code: &str, attribute: &str) -> BTreeSet<String> {
    keys(&tokens(code), attribute)
}

#[derive(Default)]
struct Reader {
    found: Vec<Declared>,
    /// What each macro makes of the name that it is told.
    made: BTreeMap<String, Vec<Declared>>,
}

impl Reader {
    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for at in 0..tokens.len() {
            match &tokens[at..] {
                [TokenTree::Ident(word), after @ ..] if *word == "struct" || *word == "enum" => {
                    let is_struct = *word == "struct";
                    self.found.extend(declared(&tokens[..at], is_struct, after));
                }
                [
                    TokenTree::Ident(word),
                    TokenTree::Punct(_),
                    TokenTree::Ident(name),
                    TokenTree::Group(rules),
                    ..,
                ] if *word == "macro_rules" => self.learn(name.to_string(), rules.stream()),
                [
                    TokenTree::Ident(name),
                    TokenTree::Punct(sign),
                    TokenTree::Group(told),
                    ..,
                ] if sign.as_char() == '!' => self.make(&name.to_string(), told.stream()),
                [TokenTree::Group(group), ..] => self.read(group.stream()),
                _ => {}
            }
        }
    }

    fn learn(&mut self, name: String, rules: TokenStream) {
        let mut within = Self::default();
        within.read(rules);
        within.found.retain(|it| it.name.starts_with('$'));
        self.made.insert(name, within.found);
    }

    /// The name is the last word that a macro is told.
    fn make(&mut self, of: &str, told: TokenStream) {
        let Some(made) = self.made.get(of) else {
            return;
        };
        let words = told.into_iter().filter_map(|token| match token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        });
        if let Some(name) = words.last() {
            let named = made.iter().map(|it| Declared {
                name: name.clone(),
                is_struct: it.is_struct,
                tokens: it.tokens.clone(),
            });
            self.found.extend(named);
        }
    }
}

/// The type between what stands before its keyword and what stands after it; nothing where a macro
/// only asks for the word.
fn declared(before: &[TokenTree], is_struct: bool, after: &[TokenTree]) -> Option<Declared> {
    let (name, body) = match after {
        [TokenTree::Ident(name), body @ ..] => (name.to_string(), body),
        [TokenTree::Punct(sign), TokenTree::Ident(name), body @ ..] if sign.as_char() == '$' => {
            (format!("${name}"), body)
        }
        _ => return None,
    };
    let is_end = |token: &TokenTree| match token {
        TokenTree::Punct(sign) => sign.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let end = body.iter().position(is_end).map_or(body.len(), |at| at + 1);
    let all = attributes(before).iter().chain(&body[..end]).cloned();
    Some(Declared {
        name,
        is_struct,
        tokens: all.collect(),
    })
}

/// The attributes at the end, with what may stand between them and a keyword.
fn attributes(before: &[TokenTree]) -> &[TokenTree] {
    let mut rest = before;
    loop {
        rest = match rest {
            [rest @ .., TokenTree::Punct(sign), TokenTree::Group(_)] if sign.as_char() == '#' => {
                rest
            }
            // A part of a macro that may be there several times, as `$(#[$doc])*`.
            [
                rest @ ..,
                TokenTree::Punct(sign),
                TokenTree::Group(_),
                TokenTree::Punct(_),
            ] if sign.as_char() == '$' => rest,
            [rest @ .., TokenTree::Punct(sign), TokenTree::Ident(_)] if sign.as_char() == '$' => {
                rest
            }
            [rest @ .., TokenTree::Ident(word)] if *word == "pub" => rest,
            [rest @ .., TokenTree::Ident(word), TokenTree::Group(_)] if *word == "pub" => rest,
            _ => return &before[rest.len()..],
        };
    }
}

fn tokens(code: &str) -> TokenStream {
    code.parse()
        .unwrap_or_else(|error| panic!("{error} in {code}"))
}

fn keys(tokens: &TokenStream, attribute: &str) -> BTreeSet<String> {
    let lists = lists(tokens, attribute);
    let keys = lists.iter().flat_map(parts).map(|part| match part.first() {
        Some(TokenTree::Ident(key)) => Some(key.to_string()),
        _ => None,
    });
    keys.flatten().collect()
}

/// What stands in brackets behind this word, however deep.
fn lists(tokens: &TokenStream, word: &str) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        if matches!(before, Some(TokenTree::Ident(name)) if *name == word) {
            found.push(group.stream());
        }
        found.extend(lists(&group.stream(), word));
    }
    found
}

/// What stands between the commas of a list.
fn parts(list: &TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = list.clone().into_iter().collect();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
    tokens.split(is_comma).map(<[TokenTree]>::to_vec).collect()
}

fn has(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => has(&group.stream(), name),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of what derives this.
    fn that_derive(name: &str, code: &str) -> Vec<String> {
        let types = types(code).into_iter().filter(|it| it.derives(name));
        types.map(|it| it.name).collect()
    }

    #[test]
    fn a_derive_is_found_however_it_is_written() {
        let code = r##"
/// Derives `Read` in words only: #[derive(Read)]
struct Words;
const TEXT: &str = "#[derive(Read)] struct Text;";
#[derive(Debug, Read)]
pub struct Plain(i64);
#[derive(
    Debug,
    a::b::Read, // the last one
)]
/// Its words.
pub(crate) enum Lines { A }
#[cfg_attr(
    feature = "x",
    derive(Read)
)] #[must_use] struct Wrapped<T> where T: Copy { inner: T }
fn f() {
    #[derive(Read)]
    struct Within;
}
#[derive(Debug)]
struct Other { reads: Read }
"##;
        let found = that_derive("Read", code);
        assert_eq!(found, ["Plain", "Lines", "Wrapped", "Within"]);
    }

    #[test]
    fn an_attribute_is_found_on_the_type_and_on_what_is_in_it() {
        let code = r#"
#[a(outer = "inner, quoted")]
#[derive(Read)]
enum Both {
    #[cfg_attr(feature = "x", a(variant))]
    One { #[a(field, other = 1)] deep: i64 },
    #[b(a)]
    Two,
}
struct After;
"#;
        let types = types(code);
        let says: Vec<_> = types[0].says("a").into_iter().collect();
        assert_eq!(says, ["field", "other", "outer", "variant"]);
        assert!(types[1].says("a").is_empty());
    }

    #[test]
    fn a_value_is_what_stands_under_its_key() {
        let types = types("#[schema(title = \"T\", as = One::Two)] struct Three;");
        assert_eq!(types[0].said("schema", "as").as_deref(), Some("One::Two"));
        assert_eq!(types[0].said("schema", "other"), None);
    }

    #[test]
    fn what_a_macro_makes_is_a_type_of_each_name_that_it_is_told() {
        let code = "
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        #[derive(Read)]
        $(#[$doc])*
        pub struct $name(pub String);
    };
}
macro_rules! reads {
    () => {
        #[derive(Read)]
        enum Own { A }
    };
}
id!(
    /// Its words.
    One
);
mod within {
    id!(Two);
}
";
        let found = that_derive("Read", code);
        assert_eq!(found, ["$name", "Own", "One", "Two"]);
        let structs = types(code).into_iter().filter(|it| it.is_struct);
        let structs: Vec<_> = structs.map(|it| it.name).collect();
        assert_eq!(structs, ["$name", "One", "Two"]);
    }

    #[test]
    fn a_source_says_what_its_attributes_say() {
        let code = "#[server(protocol = Post)] fn f(#[server(default)] a: i64) {}";
        let says: Vec<_> = says(code, "server").into_iter().collect();
        assert_eq!(says, ["default", "protocol"]);
    }
}
