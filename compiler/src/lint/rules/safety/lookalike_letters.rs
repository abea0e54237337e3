//! Word that mixes in look-alike letters of another alphabet.
//!
//! ## Why
//!
//! The Cyrillic letter `а` looks like the Latin `a` but is a different character. So a channel, key or
//! service with that letter in its name isn't the one that everyone knows, and no reader can see the
//! difference. Such letters get in with copied text, or by intent to deceive. Words that are entirely in one
//! script are fine, whichever it is.
//!
//! ## Bad
//!
//! ```quell
//! let channel: Text = "#incidеnts"
//! //                    ^^^^^^^^^^
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! let channel: Text = "#incidents"
//! //                    ^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let channel: Text = "#incidents"
//! let help: Text = "Канал инцидентов"
//! ```

use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

use crate::{
    diagnostic::{Fix, Safety},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    source::Span,
    syntax,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    fix: Some(Safety::Unsafe),
    ..Rule::new("lookalike-letters", Group::Safety, include_str!("lookalike_letters.rs"), check)
};

/// The Latin letters with marks that whole languages are written with end before this one.
const BEYOND_LANGUAGES: char = '\u{180}';

fn check(pass: &mut Pass<'_>) {
    let text = &*pass.facts.world.source(pass.file).text;
    if text.is_ascii() {
        return;
    }
    for (start, written) in syntax::written(text) {
        for (at, word) in words(&written) {
            let Some((letter, like)) = deceiving(word) else { continue };
            let begin = start + at as u32;
            let span = Span::new(pass.file, begin, begin + word.len() as u32);
            let number = u32::from(letter);
            let script = letter.script();
            let name =
                if script == Script::Common { String::new() } else { format!(", {}", script.full_name()) };
            let mut found =
                finding(span, format!("`{word}` contains a letter that only looks like `{like}`"))
                    .note(format!("`{letter}` is U+{number:04X}{name}"))
                    .help("write the whole word in one alphabet");
            let plain: String = skeleton(word).collect();
            if plain.chars().all(|letter| letter.is_ascii_alphanumeric()) {
                found =
                    found.fix(Fix::replace(Safety::Unsafe, format!("replace with `{plain}`"), span, plain));
            }
            pass.report(found);
        }
    }
}

/// The words of a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !word.is_ascii());
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The first letter of a word with Latin letters that only looks like one of those, and which.
fn deceiving(word: &str) -> Option<(char, char)> {
    if !word.contains(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    word.chars().find_map(|letter| {
        let foreign = !letter.is_ascii() && (letter.script() != Script::Latin || letter >= BEYOND_LANGUAGES);
        let buffer = &mut [0; 4];
        let mut like = skeleton(letter.encode_utf8(buffer));
        match (like.next(), like.next()) {
            (Some(like), None) if foreign && like.is_ascii_alphabetic() => Some((letter, like)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        words(text).map(|(_, word)| word).filter(|word| deceiving(word).is_some()).collect()
    }

    #[test]
    fn letters_that_look_like_others_are_found() {
        assert_eq!(
            found("pаypal раypal Аpple #incidеnts gооgle"),
            ["pаypal", "раypal", "Аpple", "incidеnts", "gооgle"]
        );
        assert_eq!(found("αdmin ｆull 𝐚bc ɡit"), ["αdmin", "ｆull", "𝐚bc", "ɡit"]);
    }

    #[test]
    fn words_of_one_script_are_fine() {
        let texts = [
            "größe naïve Łódź ısıtma œuvre ñandú",
            "Привет, мир: сервис оплаты упал",
            "λόγος και έργο",
            "障害対応 チャンネル メール 한국어 مرحبا שלום हिन्दी",
            "200µs 5kΩ ΔT 3½ x² №5",
            "JSON-файл, API_ключ, v2 версия2",
        ];
        for text in texts {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
