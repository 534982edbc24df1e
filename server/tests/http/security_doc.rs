//! What `docs/security.md` says of the code, held against the tree.

use std::path::Path;

use server::config::table;

const DOCUMENT: &str = include_str!("../../../docs/security.md");
/// The last chapter of the standard that it follows.
const CHAPTERS: usize = 17;

/// What stands in backticks.
fn named() -> impl Iterator<Item = &'static str> {
    DOCUMENT.split('`').skip(1).step_by(2)
}

#[test]
fn every_chapter_is_spoken_of_once_and_what_is_not_met_by_its_chapter() {
    let (_, rest) = DOCUMENT.split_once("\n## By chapter\n").unwrap();
    let (met, unmet) = rest.split_once("\n## Not met yet\n").unwrap();
    let chapters = |text: &'static str| {
        let rows = text.lines().filter_map(|line| line.strip_prefix("| V"));
        rows.map(|row| row.split(' ').next().unwrap().parse::<usize>().unwrap())
    };
    assert!(chapters(met).eq(1..=CHAPTERS));
    let unmet: Vec<_> = chapters(unmet).collect();
    assert!(!unmet.is_empty() && unmet.is_sorted(), "{unmet:?}");
}

#[test]
fn every_file_that_it_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let is_file = |name: &&str| {
        let end = name.rsplit('.').next().unwrap_or_default();
        ["rs", "toml", "yml", "json", "sh", "lock"].contains(&end) || name.starts_with(".ci/")
    };
    let files: Vec<_> = named().filter(is_file).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert!(root.join(file).is_file(), "{file}");
    }
}

#[test]
fn every_setting_that_it_names_is_one() {
    let is_setting = |name: &&str| {
        let sign = |sign: char| sign.is_ascii_uppercase() || sign == '_';
        name.len() > 4 && name.contains('_') && name.chars().all(sign)
    };
    let settings: Vec<_> = named().filter(is_setting).collect();
    assert!(settings.len() > 3, "{settings:?}");
    for name in settings {
        assert!(table::ALL.iter().any(|it| it.name == name), "{name}");
    }
}
