//! Who knows whom: the modules of this crate by the names that they take from each other.

use testkit::graph;

#[test]
fn no_two_modules_know_each_other() {
    let graph = graph::of(env!("CARGO_MANIFEST_DIR"));
    assert!(
        graph["shop"].contains_key("goods"),
        "names are read: {graph:?}"
    );
    assert!(
        graph["document"].contains_key("club"),
        "also lifted ones: {graph:?}"
    );
    let circles = graph::circles(graph);
    assert!(circles.is_empty(), "{circles:#?}");
}
