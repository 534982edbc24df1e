//! What may be read when its page is gone, by the text of the sources.
//!
//! A view is seen, and what it began goes on, a moment longer than its signals are there. Read by
//! `try_` they are nothing by then; read otherwise they end the whole page, in release too.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Reads of what is not followed, which are those of handlers and tasks, and callbacks that are run.
/// No place is exempt, so that none has to be argued about.
const NOT_FOLLOWED: [&str; 5] = [
    ".get_untracked(",
    ".with_untracked(",
    ".read_untracked(",
    ".update_untracked(",
    ".run(",
];
/// Reads that are right where a view is made, and not in a handler.
const OF_VIEWS: [&str; 6] = [
    ".get()",
    ".with(",
    ".read()",
    ".get_value()",
    ".with_value(",
    ".read_value()",
];

#[test]
fn what_is_not_followed_is_read_by_try() {
    let mut found = Vec::new();
    for (path, code) in sources() {
        let reads = NOT_FOLLOWED.into_iter().filter(|read| code.contains(read));
        found.extend(reads.map(|read| (path.clone(), read)));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_handler_reads_by_try() {
    let mut found = Vec::new();
    for (path, code) in sources() {
        for handler in handlers(&code) {
            let reads = OF_VIEWS.into_iter().filter(|read| handler.contains(read));
            found.extend(reads.map(|read| (path.clone(), read, handler.to_owned())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_handler_is_found_where_it_stands_and_by_its_name() {
    let code = "
        let press = move |_| {
            stake.set(first.get());
        };
        view! { <button on:click=press/> }
        let press = move |event: Event| match event.key() { _ => () };
        view! { <input on:keydown=press on:input=move |it| typed.update(|all| all.push(it))/> }";
    let bodies = [
        "{\n            stake.set(first.get());\n        }",
        "match event.key() { _ => () }",
        "typed.update(|all| all.push(it))/",
    ];
    assert_eq!(handlers(code), bodies);
}

/// What each `on:` of a source does: the body that stands there, or that of the closure it names.
fn handlers(code: &str) -> Vec<&str> {
    let places = code.match_indices(" on:");
    let bodies = places.map(|(at, mark)| {
        let (_, value) = code[at + mark.len()..].split_once('=').unwrap();
        if value.starts_with("move |") || value.starts_with('|') {
            return until(body(value), &[' ', '\n', '>']);
        }
        let name = until(value, &[' ', '\n', '>', '/']);
        let made = code[..at].rsplit_once(&format!("let {name} = "));
        let (_, made) = made.unwrap_or_else(|| panic!("nothing above is called {name}"));
        until(body(made), &[';'])
    });
    bodies.collect()
}

/// What follows the parameters of a closure.
fn body(closure: &str) -> &str {
    closure.splitn(3, '|').nth(2).unwrap().trim_start()
}

/// What stands before the first of these signs that is in no bracket.
fn until<'a>(text: &'a str, ends: &[char]) -> &'a str {
    let mut depth = 0_usize;
    let end = text.find(|sign: char| {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && ends.contains(&sign)
    });
    &text[..end.unwrap_or(text.len())]
}

/// The sources of the pages.
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let code = fs::read_to_string(&path).unwrap();
                found.push((path, code));
            }
        }
    }
    assert!(!found.is_empty(), "there are sources");
    found
}
