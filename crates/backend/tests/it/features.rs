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

/// Their own tests have no `testkit`: it stands above them, and the examples of `games` are wasm.
#[test]
fn no_two_modules_of_a_rule_know_each_other() {
    for (rule, taker, taken) in [
        ("economy", "chain", "posting"),
        ("games", "game", "slot"),
        ("progress", "listeners", "sheet"),
    ] {
        let package = format!("{}/../{rule}", env!("CARGO_MANIFEST_DIR"));
        let graph = graph::of(&package);
        assert!(
            graph[taker].contains_key(taken),
            "names are read: {graph:?}"
        );
        let circles = graph::circles(graph);
        assert!(circles.is_empty(), "{rule}: {circles:#?}");
    }
}

#[test]
fn listeners_know_no_raisers() {
    let graph = graph::of(env!("CARGO_MANIFEST_DIR"));
    let below = ["db", "error", "notices"];
    let known = graph["happened"].keys();
    let raisers: Vec<_> = known.filter(|it| !below.contains(&it.as_str())).collect();
    assert!(raisers.is_empty(), "{raisers:?}");
}
