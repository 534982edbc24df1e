//! Who knows whom: the modules of this crate by the names that they take from each other.

use testkit::graph;

#[test]
fn no_two_modules_know_each_other() {
    let graph = graph::of(env!("CARGO_MANIFEST_DIR"));
    assert!(
        graph["slot"].contains_key("play"),
        "names are read: {graph:?}"
    );
    assert!(
        graph["shop"].contains_key("db"),
        "also lifted ones: {graph:?}"
    );
    let circles = graph::circles(graph);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn listeners_know_no_raisers() {
    let graph = graph::of(env!("CARGO_MANIFEST_DIR"));
    let below = ["db", "error", "notices"];
    let known = graph["happened"].keys();
    let raisers: Vec<_> = known.filter(|it| !below.contains(&it.as_str())).collect();
    assert!(raisers.is_empty(), "{raisers:?}");
}
