//! Who knows whom: the modules of a crate by the names that they take from each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module takes from which others, and where.
pub type Graph = BTreeMap<String, BTreeMap<String, PathBuf>>;

/// The module in which each name of a crate's root stands.
type Homes = BTreeMap<String, String>;

/// The files of the roots, which know all that they put together.
const ROOTS: [&str; 2] = ["lib", "main"];

/// A file, without comments and without the unit tests at its end.
struct Source {
    module: String,
    path: PathBuf,
    code: String,
}

/// The modules of the package in this folder, which is its `CARGO_MANIFEST_DIR`.
#[must_use]
pub fn of(package: &str) -> Graph {
    let root = Path::new(package).join("src");
    let mut sources = Vec::new();
    read(&root, &root, &mut sources);
    let homes = homes(&sources);
    let is_root = |it: &Source| ROOTS.contains(&&*it.module);
    let mut graph = Graph::new();
    for Source { module, path, code } in sources.into_iter().filter(|it| !is_root(it)) {
        let is_known = homes.contains_key(&module);
        assert!(is_known, "lib.rs has no module of {}", path.display());
        let taken = graph.entry(module.clone()).or_default();
        for name in names(&code) {
            if let Some(home) = homes.get(&name).filter(|home| **home != module) {
                taken.insert(home.clone(), path.clone());
            }
        }
    }
    graph
}

/// What is left once those are gone that take nothing of the others, or that none of them takes.
#[must_use]
pub fn circles(mut graph: Graph) -> Graph {
    loop {
        let left: BTreeSet<String> = graph.keys().cloned().collect();
        for taken in graph.values_mut() {
            taken.retain(|module, _| left.contains(module));
        }
        let known: BTreeSet<String> = graph.values().flat_map(BTreeMap::keys).cloned().collect();
        graph.retain(|module, taken| !taken.is_empty() && known.contains(module));
        if graph.len() == left.len() {
            return graph;
        }
    }
}

fn read(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, sources);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root).unwrap().to_owned();
            let code = from_root(&code_of(&text), path.iter().count());
            let top = path.iter().next().unwrap().to_str().unwrap();
            let module = top.trim_end_matches(".rs").to_owned();
            sources.push(Source { module, path, code });
        }
    }
}

fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = code.lines().map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

/// The code of a file that lies so deep, with `super::` as far as it leads to the root written as
/// `crate::`.
fn from_root(code: &str, depth: usize) -> String {
    code.replace(&"super::".repeat(depth), "crate::")
}

fn homes(sources: &[Source]) -> Homes {
    let mut homes = Homes::new();
    for Source { module, code, .. } in sources {
        if module == "lib" {
            homes.extend(homes_in(code));
        }
        // A macro stands at the root, wherever it is written.
        let macros = code.split("#[macro_export]\nmacro_rules! ").skip(1);
        homes.extend(macros.map(|rest| (word(rest), module.clone())));
    }
    homes
}

/// The modules that `lib.rs` declares, and what it lifts out of them: `use module::Name;`, or
/// `module::{Name, Other},` on a line of a list.
fn homes_in(lib: &str) -> Homes {
    let lines = lib.lines().map(|line| {
        let line = line.trim().trim_start_matches("pub(crate) ");
        line.trim_start_matches("pub ")
    });
    let modules: BTreeSet<&str> = lines
        .clone()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let itself = |it: &&str| ((*it).to_owned(), (*it).to_owned());
    let mut homes: Homes = modules.iter().map(itself).collect();
    for line in lines {
        let path = line
            .trim_start_matches("use ")
            .trim_start_matches("crate::");
        let Some((way, lifted)) = path.rsplit_once("::") else {
            continue;
        };
        let module = word(way);
        // A call is no name.
        if !modules.contains(&*module) || lifted.contains('(') {
            continue;
        }
        let lifted = lifted.trim_matches(['{', '}', ',', ';']);
        homes.extend(lifted.split(", ").map(|it| (it.to_owned(), module.clone())));
    }
    homes
}

/// The names that follow `crate::`, also those of a list.
fn names(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        let Some(list) = part.strip_prefix('{') else {
            names.insert(word(part));
            continue;
        };
        let mut depth = 0;
        let mut is_first = true;
        for (at, letter) in list.char_indices() {
            // A list may end with a comma.
            if is_first && depth == 0 && !letter.is_whitespace() && letter != '}' {
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

/// The word that a text begins with.
fn word(text: &str) -> String {
    let letters = text.trim_start().chars();
    letters
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of who takes something and of whom.
    fn graph(pairs: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::new();
        for (module, of) in pairs {
            let taken = graph.entry((*module).to_owned()).or_default();
            taken.insert((*of).to_owned(), PathBuf::new());
            graph.entry((*of).to_owned()).or_default();
        }
        graph
    }

    #[test]
    fn names_are_read_alone_and_in_lists() {
        let code =
            "use crate::{\n    a::{B, c},\n    d,\n};\nfn f() -> crate::e::E { crate::g!() }";
        assert_eq!(
            names(code),
            BTreeSet::from(["a", "d", "e", "g"].map(str::to_owned))
        );
    }

    #[test]
    fn what_the_root_lifts_stands_in_its_module() {
        let lib = "pub mod a;\nmod b;\npub use a::One;\npub use crate::{\n    a::{Two, Three},\n    \
                   b::c::Four,\n};\nfn f() {\n    b::g(Five);\n    other::six;\n}";
        let homes = homes_in(lib);
        let names: Vec<_> = homes
            .iter()
            .map(|(name, home)| (&**name, &**home))
            .collect();
        let expected = [
            ("Four", "b"),
            ("One", "a"),
            ("Three", "a"),
            ("Two", "a"),
            ("a", "a"),
            ("b", "b"),
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn what_comments_and_unit_tests_take_is_not_read() {
        let text = "use crate::a; // crate::b\n#[cfg(test)]\nmod tests {\n    use crate::c;\n}";
        assert_eq!(names(&code_of(text)), BTreeSet::from(["a".to_owned()]));
    }

    #[test]
    fn the_root_is_also_named_from_below() {
        let code = "use super::{Own, a};\nuse super::super::b;\nuse super::super::{c, d::E};";
        let names = names(&from_root(code, 2));
        assert_eq!(names, BTreeSet::from(["b", "c", "d"].map(str::to_owned)));
        assert_eq!(from_root("use super::a;", 1), "use crate::a;");
    }

    #[test]
    fn circles_are_all_that_is_left() {
        let line = [("a", "b"), ("b", "c"), ("a", "c")];
        assert!(circles(graph(&line)).is_empty());
        let left = circles(graph(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]));
        assert_eq!(left.keys().collect::<Vec<_>>(), ["b", "c"]);
    }
}
