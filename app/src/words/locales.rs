//! The files of the words and of the drawings, held against each other and against what the app says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

const KOREAN: &str = include_str!("../../locales/ko.json");
const ENGLISH: &str = include_str!("../../locales/en.json");

/// The sheets that drawings are taken from, and what their names begin with besides the name.
const SHEETS: [&str; 3] = [
    include_str!("../../../public/art/club.svg"),
    include_str!("../../../public/art/gacha.svg"),
    include_str!("../../../public/art/shop.svg"),
];

/// The phrases of a language by section and name.
type Phrases = BTreeMap<String, BTreeMap<String, String>>;

fn phrases(file: &str) -> Phrases {
    serde_json::from_str(file).unwrap()
}

/// What stands between braces in a phrase, and in English decides about an "s" as well.
fn placeholders(phrase: &str) -> BTreeSet<&str> {
    phrase
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.strip_suffix(":s").unwrap_or(name))
        .collect()
}

/// The source files below a folder of the workspace, without their spaces and line breaks.
fn sources(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![workspace.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(path).unwrap();
                found.push(text.split_whitespace().collect());
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// Whether a source asks for a phrase: by its whole key, or by its name where a macro adds the section.
fn asks_for(source: &str, section: &str, name: &str) -> bool {
    let adds_section = || source.contains(&format!(",{section}.$"));
    let names = |before, after| source.contains(&format!("{before}{name}{after}"));
    source.contains(&format!(",{section}.{name})"))
        || adds_section() && (names('(', ',') || names(',', ',') || names(',', ')'))
}

#[test]
fn both_languages_fill_in_the_same_values() {
    let english = phrases(ENGLISH);
    for (section, all) in phrases(KOREAN) {
        for (name, korean) in all {
            assert_eq!(
                placeholders(&korean),
                placeholders(&english[&section][&name]),
                "{section}.{name}"
            );
        }
    }
}

#[test]
fn every_phrase_is_said_somewhere() {
    let sources = sources("app/src");
    let is_said = |section: &str, name: &str| sources.iter().any(|it| asks_for(it, section, name));
    let mut unused = Vec::new();
    for (section, all) in phrases(KOREAN) {
        let names = all.into_keys().filter(|name| !is_said(&section, name));
        unused.extend(names.map(|name| format!("{section}.{name}")));
    }
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_drawing_is_shown_somewhere() {
    // The games name their own drawings; the gallery shows any there are, which makes none needed.
    let sources = [sources("app/src"), sources("crates/games/src")].concat();
    let is_needed = |id: &str| {
        sources
            .iter()
            .any(|it| !it.contains("fnGalleryPage") && shows(it, id))
    };
    let ids = SHEETS
        .into_iter()
        .flat_map(|sheet| sheet.split("<symbol id=\"").skip(1));
    let unused: Vec<&str> = ids
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| !is_needed(id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Whether a source names a drawing: by its address, an icon beside the component, others in quotes.
fn shows(source: &str, id: &str) -> bool {
    let quoted = |name: &str| source.contains(&format!("\"{name}\""));
    match id.strip_prefix("i-") {
        Some(icon) => source.contains("<Icon") && quoted(icon),
        None => quoted(id) || source.contains(&format!("#{id}\"")),
    }
}

/// The one word for a stake is "베팅 금액".
#[test]
fn korean_has_one_word_for_a_stake() {
    for word in ["스테이크", "판돈", "걸기", "걸 수", "건 토큰"] {
        assert!(!KOREAN.contains(word), "{word}");
    }
}

/// A multiple is a figure, as on the curve and the reels.
#[test]
fn korean_says_multiples_in_figures() {
    for word in ["열 배", "쉰 배", "백 배"] {
        assert!(!KOREAN.contains(word), "{word}");
    }
}

/// Which form of a particle is right depends on the sound before it, which a value may end in or not.
#[test]
fn no_korean_particle_hangs_on_a_value() {
    // With a space where other words begin like that as well.
    const PARTICLES: &str = "은 |는 |이 |가 |을 |를 |과 |와 |로 |으로|로서|로써|이고|고 |이나 |나 |이며|며 |이랑|랑 |\
        이든|든 |이라|라서|라고|라면|이에요|예요";
    for (section, all) in phrases(KOREAN) {
        for (name, phrase) in all {
            let hangs = |after: &str| PARTICLES.split('|').any(|it| after.starts_with(it));
            let is_free = !phrase.split('}').skip(1).any(hangs);
            assert!(is_free, "{section}.{name}: {phrase}");
        }
    }
}
