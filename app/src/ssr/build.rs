//! The build that this server serves pages of.

use std::sync::OnceLock;

use leptos::config::LeptosOptions;

/// What a build is called whose files carry no hash in their names, as while developing.
const UNNAMED: &str = "unnamed";

/// The build's name: the hash of its wasm, read once from where Leptos reads it too.
pub fn of(options: &LeptosOptions) -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let found = options.hash_files.then(|| hash_of_wasm(options)).flatten();
        found.unwrap_or_else(|| UNNAMED.to_owned())
    })
}

fn hash_of_wasm(options: &LeptosOptions) -> Option<String> {
    let beside = std::env::current_exe().ok()?;
    let hashes = std::fs::read_to_string(beside.parent()?.join(&*options.hash_file)).ok()?;
    let lines = hashes.lines().filter_map(|line| line.split_once(':'));
    lines
        .filter(|(file, _)| *file == "wasm")
        .map(|(_, hash)| hash.trim().to_owned())
        .next()
}
