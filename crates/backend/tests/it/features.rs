//! Who knows whom: the modules of this crate by the names that they take from each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module takes from which others, and where.
type Graph = BTreeMap<String, BTreeMap<String, PathBuf>>;

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

/// The code, without comments and without the unit tests at its end.
fn code_of(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = code.lines().map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

/// The names that follow `crate::`, also those of a list.
fn names(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        let letters = text.trim_start().chars();
        letters
            .take_while(|it| it.is_alphanumeric() || *it == '_')
            .collect()
    };
    let mut names = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        let Some(list) = part.strip_prefix('{') else {
            names.insert(word(part));
            continue;
        };
        let mut depth = 0;
        let mut is_first = true;
        for (at, letter) in list.char_indices() {
            if is_first && depth == 0 && !letter.is_whitespace() {
                names.insert(word(&list[at..]));
                is_first = false;
            }
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_first = true,
                _ => {}
            }
        }
    }
    names
}

/// The module in which each name of the crate's root stands: modules, and what `lib.rs` lifts out of
/// them (`module::{Name, Other},`).
fn homes(lib: &str) -> BTreeMap<String, String> {
    let mut homes = BTreeMap::new();
    for line in lib.lines() {
        let declared = line.trim_start_matches("pub ").strip_prefix("mod ");
        if let Some(module) = declared.and_then(|rest| rest.strip_suffix(';')) {
            homes.insert(module.to_owned(), module.to_owned());
        }
        let lifted = line.trim().trim_end_matches(',').split_once("::");
        if let Some((module, lifted)) = lifted.filter(|_| line.starts_with("    ")) {
            for name in lifted.trim_matches(['{', '}']).split(", ") {
                homes.insert(name.to_owned(), module.to_owned());
            }
        }
    }
    homes
}

fn graph() -> Graph {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let homes = homes(&fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut graph = Graph::new();
    for file in files {
        let path = file.strip_prefix(&root).unwrap().to_owned();
        let top = path.iter().next().unwrap().to_str().unwrap();
        let module = top.trim_end_matches(".rs").to_owned();
        let taken = graph.entry(module.clone()).or_default();
        for name in names(&code_of(&file)) {
            if let Some(home) = homes.get(&name).filter(|home| **home != module) {
                taken.insert(home.clone(), path.clone());
            }
        }
    }
    // The root knows all that it puts together.
    graph.remove("lib");
    graph
}

/// Takes away modules that take nothing from those that are left, until none goes any more.
fn circles(mut graph: Graph) -> Graph {
    loop {
        let left: BTreeSet<String> = graph.keys().cloned().collect();
        for taken in graph.values_mut() {
            taken.retain(|module, _| left.contains(module));
        }
        let before = graph.len();
        graph.retain(|_, taken| !taken.is_empty());
        if graph.len() == before {
            return graph;
        }
    }
}

#[test]
fn no_two_modules_know_each_other() {
    let graph = graph();
    assert!(
        graph["slot"].contains_key("play"),
        "names are read: {graph:?}"
    );
    assert!(
        graph["shop"].contains_key("db"),
        "also lifted ones: {graph:?}"
    );
    let circles = circles(graph);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn listeners_know_no_raisers() {
    let graph = graph();
    let below = ["db", "error", "notices"];
    let known = graph["happened"].keys();
    let raisers: Vec<_> = known.filter(|it| !below.contains(&it.as_str())).collect();
    assert!(raisers.is_empty(), "{raisers:?}");
}
