//! Messages and pages are written in the words that an on-call engineer uses: phrases that mislead, or
//! that readers stumbled over, don't come back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod phrases;
mod places;
mod texts;

use std::{path::Path, sync::OnceLock};

use phrases::{Found, Phrases};
use places::ALLOWED;
use texts::Text;

/// The phrases of the repository with the places that they are in.
fn all() -> &'static [(String, usize, Found)] {
    static ALL: OnceLock<Vec<(String, usize, Found)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let phrases = &Phrases::new();
        let texts = texts::of_the_repository(Path::new(env!("CARGO_MANIFEST_DIR")));
        let found = texts.iter().flat_map(|(path, texts)| {
            texts.iter().flat_map(move |Text { line, text }| {
                phrases.find(text).into_iter().map(move |found| (path.clone(), line + found.line, found))
            })
        });
        found.collect()
    })
}

fn allowed(path: &str, context: &str) -> bool {
    ALLOWED.iter().any(|place| path.starts_with(place.path) && context.contains(place.text))
}

#[test]
fn texts_use_plain_words() {
    let open = all().iter().filter(|(path, _, found)| !allowed(path, &found.context));
    let open: Vec<String> = open
        .map(|(path, line, Found { phrase, instead, context, .. })| {
            format!("{path}:{line}: \"{phrase}\": write {instead}\n    {context}")
        })
        .collect();
    assert!(
        open.is_empty(),
        "{}\n\n{} phrases to rewrite (an exception goes into ALLOWED in tests/words/places.rs, with its reason)",
        open.join("\n"),
        open.len()
    );
}

/// An exception whose text is gone is removed.
#[test]
fn each_exception_is_needed() {
    let mut used = vec![false; ALLOWED.len()];
    for (path, _, found) in all() {
        for (place, used) in ALLOWED.iter().zip(&mut used) {
            *used |= path.starts_with(place.path) && found.context.contains(place.text);
        }
    }
    let idle: Vec<_> =
        ALLOWED.iter().zip(used).filter(|(_, used)| !used).map(|(place, _)| place.text).collect();
    assert!(idle.is_empty(), "remove these from ALLOWED: {idle:?}");
    assert!(ALLOWED.iter().all(|place| !place.reason.is_empty()), "each exception has a reason");
}
