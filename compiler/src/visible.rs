//! Text as it can be shown to people.
//!
//! Sources, alerts and file names may hold characters that can't be seen, that tell a terminal to do
//! something, or that change in which order the letters beside them are shown. Wherever people read, such
//! a character is shown as a symbol: `␛` for Escape, `<U+202E>` for the mark that turns a line around.

use std::{borrow::Cow, fmt::Write};

use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// The text with line ends and tabs as they are, and everything else that can't be seen as a symbol.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, &['\n', '\t'])
}

/// The same on one line: for names, and wherever a line end would begin something else.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    shown(text, &[])
}

/// What stands between the quotes of a text in Quell, with all such characters as escapes.
pub fn visible_literal(text: &str) -> Cow<'_, str> {
    replaced(text, &[], |letter, out| out.push_str(&letter.escape_unicode().to_string()))
}

/// A JSON document with all such characters escaped: other letters, the same values.
pub fn visible_json(text: String) -> String {
    // Between texts JSON has only blanks and line ends; those within are escaped already.
    let escaped = replaced(&text, &['\n', '\t', '\r'], |letter, out| {
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    });
    match escaped {
        Cow::Owned(escaped) => escaped,
        Cow::Borrowed(_) => text,
    }
}

/// An XML document with all such characters as references.
pub fn visible_xml(text: String) -> String {
    let escaped = replaced(&text, &['\n', '\t', '\r'], |letter, out| {
        let _ = write!(out, "&#x{:X};", u32::from(letter));
    });
    match escaped {
        Cow::Owned(escaped) => escaped,
        Cow::Borrowed(_) => text,
    }
}

/// The symbol of a character that can't be seen.
pub fn symbol(letter: char) -> String {
    match letter {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('␦').to_string(),
        '\u{7F}' => '␡'.to_string(),
        _ => format!("<U+{:04X}>", u32::from(letter)),
    }
}

/// The places of characters in the text that can't be seen, except for those in `kept`.
pub fn hidden<'t>(text: &'t str, kept: &'t [char]) -> impl Iterator<Item = (usize, char)> + 't {
    let clean = is_clean(text, kept);
    let mut before: Option<char> = None;
    let mut in_flag = false;
    text.char_indices().filter(move |_| !clean).filter(move |(at, letter)| {
        let letter = *letter;
        in_flag = letter == '\u{1F3F4}' || in_flag && is_tag(letter);
        let next = || text[at + letter.len_utf8()..].chars().next();
        let hidden = match letter.is_ascii() {
            true => letter.is_ascii_control() && !kept.contains(&letter),
            false => is_ignorable(letter) && !is_of_use(letter, before, next(), in_flag),
        };
        before = (!hidden).then_some(letter);
        hidden
    })
}

/// Whether a character changes the direction in which a text is read.
pub fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
}

fn shown<'t>(text: &'t str, kept: &[char]) -> Cow<'t, str> {
    replaced(text, kept, |letter, out| out.push_str(&symbol(letter)))
}

fn replaced<'t>(text: &'t str, kept: &[char], write: impl Fn(char, &mut String)) -> Cow<'t, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, letter) in hidden(text, kept) {
        out.push_str(&text[done..at]);
        write(letter, &mut out);
        done = at + letter.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Nearly all texts are: this is quick.
fn is_clean(text: &str, kept: &[char]) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte) || byte < 128 && kept.contains(&char::from(byte)))
}

/// Whether nothing is seen where the character stands.
fn is_ignorable(letter: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, Surrogate};
    match letter {
        // Arabic and Kaithi number signs count as formats, and are drawn around the digits behind them.
        '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{70F}' | '\u{890}' | '\u{891}' | '\u{8E2}' => return false,
        '\u{110BD}' | '\u{110CD}' => return false,
        // Fillers, joiners and selectors that count as letters or marks.
        '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FFA0}' => {
            return true;
        }
        '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{2065}' | '\u{FFF0}'..='\u{FFF8}' => {
            return true;
        }
        '\u{E0000}'..='\u{E0FFF}' | '\u{FDD0}'..='\u{FDEF}' => return true,
        _ => {}
    }
    let nothing = u32::from(letter) & 0xFFFE == 0xFFFE;
    let category = letter.general_category();
    nothing || matches!(category, Control | Format | LineSeparator | ParagraphSeparator | Surrogate)
}

/// Whether the character makes a letter or an emoji out of its neighbours, and so is seen after all.
fn is_of_use(letter: char, before: Option<char>, next: Option<char>, in_flag: bool) -> bool {
    let Some(before) = before else { return false };
    match letter {
        '\u{200D}' if is_of_emoji(before) && next.is_some_and(is_emoji) => true,
        '\u{200C}' | '\u{200D}' => {
            let joined = |next: char| next.script() == before.script() && !is_ignorable(next);
            joins(before.script()) && next.is_some_and(joined)
        }
        '\u{FE0E}' | '\u{FE0F}' => before.is_emoji_char(),
        '\u{FE00}'..='\u{FE0D}' => !before.is_ascii() && !is_ignorable(before),
        '\u{E0100}'..='\u{E01EF}' => before.script() == Script::Han,
        '\u{180B}'..='\u{180D}' | '\u{180F}' => before.script() == Script::Mongolian,
        letter if is_tag(letter) => in_flag,
        _ => false,
    }
}

fn is_tag(letter: char) -> bool {
    ('\u{E0020}'..='\u{E007F}').contains(&letter)
}

fn is_emoji(letter: char) -> bool {
    !letter.is_ascii() && letter.is_emoji_char()
}

/// An emoji, or what stands behind one: its colour, or that it is one.
fn is_of_emoji(letter: char) -> bool {
    is_emoji(letter) || letter == '\u{FE0F}'
}

/// Whether letters of the script look otherwise where they are joined or kept apart.
fn joins(script: Script) -> bool {
    use Script::*;
    matches!(
        script,
        Arabic
            | Syriac
            | Mongolian
            | Nko
            | Devanagari
            | Bengali
            | Gurmukhi
            | Gujarati
            | Oriya
            | Tamil
            | Telugu
            | Kannada
            | Malayalam
            | Sinhala
            | Khmer
            | Myanmar
            | Tibetan
            | Thaana
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(visible("a\u{1b}]0;x\u{7}\u{1b}[2J\r\n\tb"), "a␛]0;x␇␛[2J␍\n\tb");
        assert_eq!(visible_line("a\nb\tc\u{7f}\u{9b}"), "a␊b␉c␡<U+009B>");
        assert_eq!(visible("\u{202e}x\u{2066}\u{200f}\u{61c}"), "<U+202E>x<U+2066><U+200F><U+061C>");
        assert_eq!(
            visible("a\u{200b}b\u{feff}\u{ad}\u{2028}\u{3164}"),
            "a<U+200B>b<U+FEFF><U+00AD><U+2028><U+3164>"
        );
        assert_eq!(visible("a\u{200d}b \u{fe0f}\u{e0041}"), "a<U+200D>b <U+FE0F><U+E0041>");
    }

    #[test]
    fn what_people_write_stays() {
        let texts = [
            "größe, naïve, ½ µs, 5 % – “so”…",
            "Привет, κόσμε, 日本語、한국어, שלום, مرحبا",
            "می‌خواهم, क्‍ष",
            "👩‍💻 👨🏽‍🚒 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 葛󠄀",
            "│ ─ ✓ ␛",
        ];
        for text in texts {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}: {}", visible(text));
        }
    }

    #[test]
    fn documents_keep_their_values() {
        let json = visible_json("{\n  \"a\": \"\u{202e}\u{e0041}é\u{85}\"\n}\n".to_owned());
        assert_eq!(json, "{\n  \"a\": \"\\u202e\\udb40\\udc41é\\u0085\"\n}\n");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["a"], "\u{202e}\u{e0041}é\u{85}");
        assert_eq!(visible_xml("<a b=\"\u{202e}\">é\n</a>".to_owned()), "<a b=\"&#x202E;\">é\n</a>");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in any::<String>()) {
            let once = visible_line(&text).into_owned();
            prop_assert!(once.chars().all(|letter| !letter.is_control() && !is_direction_mark(letter)), "{:?}", once);
            prop_assert_eq!(visible_line(&once).into_owned(), once);
        }
    }
}
