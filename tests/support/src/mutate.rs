//! Ways in which texts get damaged.

use std::ops::Range;

use crate::{
    Draw, pieces,
    scan::{lines, tokens},
};

/// Damages a text; `other` is another one of the corpus.
pub type Mutator = fn(&mut String, &str, &mut Draw);

/// All ways, by name.
pub const MUTATORS: &[(&str, Mutator)] = &[
    ("cut the end", |text, _, draw| text.truncate(boundary(text, draw))),
    ("cut the beginning", |text, _, draw| drop(text.drain(..boundary(text, draw)))),
    ("cut out", cut_out),
    ("delete a token", |text, _, draw| {
        with_token(text, draw, |text, token, _| text.replace_range(token, ""))
    }),
    ("duplicate a token", |text, _, draw| {
        with_token(text, draw, |text, token, _| {
            let copy = text[token.clone()].to_owned();
            text.insert_str(token.end, &copy);
        });
    }),
    ("swap two tokens", |text, _, draw| swap(text, &tokens(text), draw)),
    ("swap neighbours", swap_neighbours),
    ("take a token from elsewhere", |text, other, draw| {
        let tokens = tokens(other);
        if !tokens.is_empty() {
            let taken = other[draw.pick(&tokens).clone()].to_owned();
            with_token(text, draw, |text, token, _| text.replace_range(token, &taken));
        }
    }),
    ("misspell a word", misspell),
    ("delete a line", |text, _, draw| with_line(text, draw, |text, line, _| text.replace_range(line, ""))),
    ("duplicate a line", |text, _, draw| {
        with_line(text, draw, |text, line, _| {
            let copy = text[line.clone()].to_owned();
            text.insert_str(line.end, &copy);
        });
    }),
    ("swap two lines", |text, _, draw| swap(text, &lines(text), draw)),
    ("join two lines", |text, _, draw| replace_one(text, "\n", &["", " "], draw)),
    ("split a line", |text, _, draw| insert(text, &["\n", "\n\n", "\r\n"], draw)),
    ("take lines from elsewhere", |text, other, draw| {
        let lines = lines(other);
        if !lines.is_empty() {
            let first = draw.below(lines.len());
            let last = (first + draw.below(4)).min(lines.len() - 1);
            let taken = other[lines[first].start..lines[last].end].to_owned();
            with_line(text, draw, |text, line, _| text.insert_str(line.start, &taken));
        }
    }),
    ("splice", |text, other, draw| {
        text.truncate(boundary(text, draw));
        text.push_str(&other[boundary(other, draw)..]);
    }),
    ("insert a bracket", |text, _, draw| insert(text, &["(", ")", "[", "]", "{", "}", "<", ">", "${"], draw)),
    ("delete a bracket", delete_bracket),
    ("insert a quote", |text, _, draw| insert(text, &["\"", "\"\"\"", "\\", "'"], draw)),
    ("insert a sign", |text, _, draw| {
        insert(text, &[",", ":", ".", "=", "=>", "->", "?", "??", "-", "/", ";", "%", "@", "&&"], draw);
    }),
    ("insert a word", |text, _, draw| insert(text, WORDS, draw)),
    ("insert an odd character", |text, _, draw| insert(text, ODD, draw)),
    ("insert a comment", |text, _, draw| {
        let comments = ["// c\n", " // c", "/// d\n", "//! f\n", "// quell: allow(unused-let) known\n", "//"];
        insert(text, &comments, draw);
    }),
    ("byte order mark", |text, _, draw| text.insert_str(0, draw.word(&["\u{FEFF}", "\u{FEFF}\u{FEFF}"]))),
    ("foreign line ends", |text, _, draw| match draw.below(3) {
        0 => *text = text.replace('\n', "\r\n"),
        1 => *text = text.replace('\n', "\r"),
        _ => replace_one(text, "\n", &["\r", "\r\n", "\n\r", "\r\r\n"], draw),
    }),
    ("insert a return", |text, _, draw| insert(text, &["\r", "\r\n", "\r// c\n"], draw)),
    ("tabs", |text, _, draw| match draw.below(2) {
        0 => *text = text.replace("  ", "\t"),
        _ => insert(text, &["\t", "\t\t"], draw),
    }),
    ("indent", |text, _, draw| {
        let more = draw.word(&["  ", " ", "\t", "        "]);
        with_line(text, draw, |text, line, _| text.insert_str(line.start, more));
    }),
    ("unindent", |text, _, draw| {
        with_line(text, draw, |text, line, _| {
            let blank = text[line.clone()].len() - text[line.clone()].trim_start_matches([' ', '\t']).len();
            text.replace_range(line.start..line.start + blank, "");
        });
    }),
    ("conflict marks", conflict),
    ("another number", |text, _, draw| {
        let mut numbers = tokens(text);
        numbers.retain(|token| text[token.clone()].bytes().all(|byte| byte.is_ascii_digit()));
        if !numbers.is_empty() {
            let number = draw.pick(&numbers).clone();
            text.replace_range(
                number,
                draw.word(&["0", "1", "2", "7", "99", "100000", "9223372036854775808"]),
            );
        }
    }),
    ("a token many times", |text, _, draw| {
        with_token(text, draw, |text, token, draw| {
            let many = text[token.clone()].repeat(2 + draw.below(60));
            text.replace_range(token, &many);
        });
    }),
];

/// Words that begin something or mean something in their places.
const WORDS: &[&str] = &[
    "let ",
    "step ",
    "if ",
    "else ",
    "match ",
    "playbook ",
    "use ",
    "when ",
    "after ",
    "none ",
    "record ",
    "action ",
    "and ",
    "not ",
    "private ",
    "return ",
    "retry ",
    "on failure ",
    "resolved after ",
    "scenario ",
    "given ",
    "expect ",
    "cause ",
    "each ",
    "5m",
    "20%",
    "\"text\"",
    "true",
];

/// Characters that are seldom meant.
const ODD: &[&str] = &[
    "\u{FEFF}", "\0", "\u{1b}", "\u{202E}", "\u{2066}", "\u{A0}", "\u{200B}", "\u{2028}", "ä", "Ω", "𝄞",
    "\u{301}", "“", "’", "–", "\u{7f}", "\u{FFFD}", "\x0c", "\u{85}",
];

/// A damaged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The text.
    pub text: String,
    /// What was done to it.
    pub done: Vec<&'static str>,
}

/// The mutant with this number.
pub fn mutant(number: u64) -> Mutant {
    mutant_of(pieces(), &mut Draw::new(number))
}

/// A mutant of one of these texts.
pub fn mutant_of(corpus: &[String], draw: &mut Draw) -> Mutant {
    let mut text = draw.pick(corpus).clone();
    let mut done = Vec::new();
    for _ in 0..*draw.pick(&[1, 1, 1, 2, 2, 3]) {
        let other = draw.pick(corpus);
        let (name, mutator) = draw.pick(MUTATORS);
        mutator(&mut text, other, draw);
        done.push(*name);
    }
    Mutant { text, done }
}

/// The bytes of the mutant with this number; of some, a few bytes are not UTF-8.
pub fn bytes(number: u64) -> Vec<u8> {
    odd_bytes(mutant(number), &mut Draw::new(!number))
}

/// The bytes of a mutant; of some, a few bytes are not UTF-8.
pub fn odd_bytes(mutant: Mutant, draw: &mut Draw) -> Vec<u8> {
    let mut bytes = mutant.text.into_bytes();
    if draw.below(4) == 0 {
        for _ in 0..=draw.below(3) {
            let at = draw.below(bytes.len() + 1);
            bytes.insert(at, *draw.pick(&[0xFF, 0xFC, 0xC3, 0x80, 0xED, 0x00]));
        }
    }
    bytes
}

/// A place between two characters.
fn boundary(text: &str, draw: &mut Draw) -> usize {
    let mut at = draw.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place: most of them between two tokens.
fn place(text: &str, draw: &mut Draw) -> usize {
    let tokens = tokens(text);
    if tokens.is_empty() || draw.below(5) == 0 {
        return boundary(text, draw);
    }
    let token = draw.pick(&tokens);
    if draw.below(2) == 0 { token.start } else { token.end }
}

fn insert(text: &mut String, all: &[&str], draw: &mut Draw) {
    let at = place(text, draw);
    text.insert_str(at, draw.word(all));
}

fn with_token(text: &mut String, draw: &mut Draw, change: impl FnOnce(&mut String, Range<usize>, &mut Draw)) {
    let tokens = tokens(text);
    if !tokens.is_empty() {
        let token = draw.pick(&tokens).clone();
        change(text, token, draw);
    }
}

fn with_line(text: &mut String, draw: &mut Draw, change: impl FnOnce(&mut String, Range<usize>, &mut Draw)) {
    let lines = lines(text);
    if !lines.is_empty() {
        let line = draw.pick(&lines).clone();
        change(text, line, draw);
    }
}

fn cut_out(text: &mut String, _: &str, draw: &mut Draw) {
    let (a, b) = (place(text, draw), place(text, draw));
    let start = a.min(b);
    let mut end = a.max(b).min(start + 200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.replace_range(start..end, "");
}

fn swap(text: &mut String, parts: &[Range<usize>], draw: &mut Draw) {
    let Some((first, second)) = draw.two_below(parts.len()) else { return };
    let (first, second) = (parts[first].clone(), parts[second].clone());
    let (before, behind) = (text[first.clone()].to_owned(), text[second.clone()].to_owned());
    text.replace_range(second, &before);
    text.replace_range(first, &behind);
}

fn swap_neighbours(text: &mut String, _: &str, draw: &mut Draw) {
    let tokens = tokens(text);
    if tokens.len() > 1 {
        let first = draw.below(tokens.len() - 1);
        swap(text, &tokens[first..first + 2], draw);
    }
}

fn misspell(text: &mut String, _: &str, draw: &mut Draw) {
    let mut words = tokens(text);
    words.retain(|word| word.len() > 2 && text[word.clone()].bytes().all(|byte| byte.is_ascii_lowercase()));
    if words.is_empty() {
        return;
    }
    let word = draw.pick(&words).clone();
    let at = word.start + 1 + draw.below(word.len() - 1);
    match draw.below(3) {
        0 => text.replace_range(at..at + 1, ""),
        1 => text.insert_str(at, draw.word(&["e", "n", "t"])),
        _ => text.replace_range(at..at + 1, draw.word(&["x", "s", "o"])),
    }
}

fn replace_one(text: &mut String, from: &str, to: &[&str], draw: &mut Draw) {
    let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
    if !places.is_empty() {
        let at = *draw.pick(&places);
        text.replace_range(at..at + from.len(), draw.word(to));
    }
}

fn delete_bracket(text: &mut String, _: &str, draw: &mut Draw) {
    let brackets: Vec<usize> = text.match_indices(['(', ')', '[', ']', '{', '}']).map(|(at, _)| at).collect();
    if !brackets.is_empty() {
        let at = *draw.pick(&brackets);
        text.replace_range(at..at + 1, "");
    }
}

fn conflict(text: &mut String, other: &str, draw: &mut Draw) {
    let theirs: String = other.lines().take(2).map(|line| format!("{line}\n")).collect();
    with_line(text, draw, |text, line, _| {
        let ours = text[line.clone()].to_owned();
        text.replace_range(line, &format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n"));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_means_one_mutant() {
        assert!((0..200).all(|number| mutant(number) == mutant(number)));
    }

    #[test]
    fn each_mutator_changes_most_texts() {
        for (name, mutator) in MUTATORS {
            let mut draw = Draw::new(1);
            let changed = pieces().iter().take(100).filter(|piece| {
                let mut text = (*piece).clone();
                mutator(&mut text, "let other = 1\n", &mut draw);
                text != **piece
            });
            let changed = changed.count();
            assert!(changed > 50, "`{name}` changed {changed} of 100 texts");
        }
    }

    #[test]
    fn some_bytes_are_not_utf8() {
        let odd = (0..200).filter(|number| String::from_utf8(bytes(*number)).is_err()).count();
        assert!((10..100).contains(&odd), "{odd} of 200");
    }
}
