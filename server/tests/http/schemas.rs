//! The shapes of the document by their names. Of two with one name the document keeps one, without a
//! word, and shows it wherever the other is meant; so names are read where shapes are written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use testkit::source;

use crate::sources;

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
    for (file, code) in sources::within(&SOURCES) {
        for name in names(&code) {
            shapes.entry(name).or_default().push(file.clone());
        }
    }
    shapes
}

/// The names of the shapes in a source: what each type that derives one is called in the document, by
/// `as`, else by its own name.
fn names(code: &str) -> Vec<String> {
    let types = source::types(code).into_iter();
    let shapes = types.filter(|it| it.derives("ToSchema"));
    let names = shapes.map(|it| it.said("schema", "as").unwrap_or(it.name));
    // A macro has no name of its own: what it makes has.
    names.filter(|name| !name.starts_with('$')).collect()
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

/// The structs of a source with a `tag`, which serde writes and the document leaves out.
fn tagged(code: &str) -> Vec<String> {
    let is_tagged = |it: &source::Declared| {
        it.is_struct && it.derives("ToSchema") && it.says("serde").contains("tag")
    };
    let types = source::types(code).into_iter();
    types.filter(is_tagged).map(|it| it.name).collect()
}

#[test]
fn no_shape_that_is_a_struct_has_a_tag() {
    let sources = sources::within(&SOURCES).into_iter();
    let found = sources.map(|(file, code)| (file, tagged(&code)));
    let found: Vec<_> = found.filter(|(_, names)| !names.is_empty()).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_tag_is_found_on_a_struct_that_is_a_shape() {
    let code = "
#[derive(Serialize)]
#[cfg_attr(feature = \"openapi\", derive(utoipa::ToSchema))]
#[serde(rename = \"ONE\", tag = \"type\")]
pub struct One {
    inner: i64,
}
#[derive(Serialize, ToSchema)]
#[serde(tag = \"type\")]
enum Other {
    A { inner: i64 },
}
#[derive(Serialize, ToSchema)]
struct Field {
    #[serde(rename = \"tag\")]
    inner: i64,
}
#[derive(Serialize)]
#[serde(tag = \"type\")]
struct Row {
    inner: i64,
}
";
    assert_eq!(tagged(code), ["One"]);
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
    let code = "
use utoipa::ToSchema;
/// A `ToSchema` of words.
#[derive(Debug, ToSchema)]
#[serde(transparent)]
pub struct One(i64);
#[schema(title = \"as = None\", as = Other)]
#[cfg_attr(
    feature = \"openapi\",
    derive(
        utoipa::ToSchema,
    ),
)]
/// Its words.
pub(crate) enum Two { A }
macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[cfg_attr(feature = \"openapi\", derive(utoipa::ToSchema))]
        pub struct $name(pub String);
    };
}
string_id!(
    /// Its words.
    Three
);
mod within {
    #[cfg_attr(feature = \"openapi\", derive(utoipa::ToSchema), schema(as = Fourth))]
    pub(super) struct Four;
}
";
    assert_eq!(names(code), ["One", "Other", "Three", "Fourth"]);
}

#[test]
fn a_name_that_stands_twice_is_found_in_one_file_too() {
    let code = "
#[derive(ToSchema)]
struct One;
mod within {
    #[cfg_attr(
        feature = \"openapi\",
        derive(ToSchema)
    )]
    struct One;
}
";
    assert_eq!(names(code), ["One", "One"]);
}
