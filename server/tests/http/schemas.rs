//! The shapes of the document by their names. Of two with one name the document keeps one, without a
//! word, and shows it wherever the other is meant; so names are read where shapes are written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Where the shapes of the document are written.
const SOURCES: [&str; 5] = [
    "src",
    "../crates/wire/src",
    "../crates/economy/src",
    "../crates/games/src",
    "../crates/progress/src",
];

/// The names of all shapes, each with the files that it stands in.
fn shapes() -> BTreeMap<String, Vec<PathBuf>> {
    let mut shapes: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for folder in SOURCES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in files(&folder) {
            let text = std::fs::read_to_string(&file).unwrap();
            for name in names(&text) {
                shapes.entry(name).or_default().push(file.clone());
            }
        }
    }
    shapes
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let found = paths.map(|path| match path.is_dir() {
        true => files(&path),
        false => vec![path],
    });
    let is_source = |path: &PathBuf| path.extension().is_some_and(|it| it == "rs");
    found.flatten().filter(is_source).collect()
}

/// The names of the shapes in a file: of each type that derives one, and of each id.
fn names(text: &str) -> Vec<String> {
    let ids = text.split("\nstring_id!(\n").skip(1).map(|rest| {
        let lines = rest.lines().map(str::trim);
        let mut names = lines.filter(|line| !line.starts_with("//"));
        names.next().unwrap().to_owned()
    });
    let derives = |line: &str| line.trim_start().starts_with("#[") && line.contains("ToSchema");
    let lines: Vec<&str> = text.lines().collect();
    let places = (0..lines.len()).filter(|place| derives(lines[*place]));
    let types = places.map(|place| name_of(&lines[place..]));
    // A macro has no name of its own.
    let types = types.filter(|name| !name.is_empty());
    ids.chain(types).collect()
}

/// The name of the shape that these lines begin with: what it is called in the document, else its type.
fn name_of(lines: &[&str]) -> String {
    let end = lines.iter().position(|line| type_of(line).is_some());
    let before = &lines[..end.unwrap()];
    let renamed = before.iter().find_map(|line| line.split("as = ").nth(1));
    word(renamed.or_else(|| type_of(lines[end.unwrap()])).unwrap())
}

/// What follows the keyword of a type.
fn type_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.trim_start_matches("pub(crate) ");
    let line = line.trim_start_matches("pub ");
    let name = line.strip_prefix("struct ");
    name.or_else(|| line.strip_prefix("enum "))
}

fn word(text: &str) -> String {
    let letters = text.chars();
    letters
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}

#[test]
fn every_shape_of_the_document_has_a_name_of_its_own() {
    let twice: Vec<_> = shapes()
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn every_shape_of_the_document_is_found_where_it_is_written() {
    let document: Value = serde_json::from_str(&server::openapi::json()).unwrap();
    let shapes = shapes();
    let named = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys();
    // A page is of some shape: `Page_Round`.
    let of_type = |name: &String| name.split('_').next().unwrap().to_owned();
    let strangers: Vec<_> = named
        .map(of_type)
        .filter(|name| !shapes.contains_key(name))
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn the_shops_catalogue_is_not_that_of_the_games() {
    let document: Value = serde_json::from_str(&server::openapi::json()).unwrap();
    let shape = |path: &str| {
        let answer = &document["paths"][path]["get"]["responses"]["200"];
        answer["content"]["application/json"]["schema"]["$ref"].clone()
    };
    assert_eq!(shape("/api/games"), "#/components/schemas/GameCatalogue");
    assert_eq!(
        shape("/api/shop/products"),
        "#/components/schemas/ShopCatalogue"
    );
}

#[test]
fn a_shape_is_read_by_its_type_or_by_what_it_is_called() {
    let text = "\
use utoipa::ToSchema;
/// A `ToSchema` of words.
#[derive(Debug, ToSchema)]
#[serde(transparent)]
pub struct One(i64);
#[cfg_attr(feature = \"openapi\", derive(utoipa::ToSchema))]
#[schema(as = Other)]
/// Its words.
pub(crate) enum Two { A }
macro_rules! string_id {
        #[cfg_attr(feature = \"openapi\", derive(utoipa::ToSchema))]
        pub struct $name(pub String);
}
string_id!(
    /// Its words.
    Three
);
";
    assert_eq!(names(text), ["Three", "One", "Other"]);
}
