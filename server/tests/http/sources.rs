//! The sources of the club, for the tests that read them.

use std::path::{Path, PathBuf};

use testkit::source;

/// Those in these folders, each with its place as seen from this package.
pub(crate) fn within(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = folders
        .iter()
        .map(|folder| source::files(&root.join(folder)));
    let place = |path: PathBuf| path.strip_prefix(root).unwrap().to_owned();
    let files = files.flatten();
    files.map(|(path, code)| (place(path), code)).collect()
}
