//! Finds, in the arguments of a command, what a program reads as code.

use super::{
    method::literal,
    programs::{Language, Reads, SSH_OPTIONS, reads, switches},
    value::{Element, Hole, Origin, Piece, Value},
};
use crate::source::Span;

/// What may be wrong with a command.
#[derive(Debug, Clone)]
pub enum Problem {
    /// It is put into code without being quoted.
    Unquoted(Language, Hole),
    /// The program itself, or how the arguments are told apart, is up to a text from outside.
    Split(Hole),
}

impl Problem {
    /// The place of what is put in.
    pub fn span(&self) -> Span {
        match self {
            Problem::Unquoted(_, hole) | Problem::Split(hole) => hole.span,
        }
    }
}

struct Argument {
    pieces: Vec<Piece>,
    many: bool,
    word: Option<String>,
}

/// What is wrong with a command: its arguments and its standard input.
pub fn check(arguments: Vec<Element>, stdin: Option<Vec<Piece>>) -> Option<Problem> {
    let arguments: Vec<Argument> = arguments
        .into_iter()
        .map(|element| {
            let pieces = match element.value {
                Value::List(_) => Vec::new(),
                value => value.pieces(),
            };
            let word = literal(&pieces).filter(|_| !element.many);
            Argument { word, pieces, many: element.many }
        })
        .collect();
    if let Some(first) = arguments.first()
        && let Some(hole) = split(&first.pieces)
    {
        return Some(Problem::Split(hole));
    }
    program(&arguments, stdin.as_deref())
}

fn split(pieces: &[Piece]) -> Option<Hole> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Hole(hole) if hole.split && hole.origin == Origin::Outside => Some(hole.clone()),
        Piece::Choice(all) => all.iter().find_map(|pieces| split(pieces)),
        _ => None,
    })
}

/// The program that stands first, and what it is given.
fn program(arguments: &[Argument], stdin: Option<&[Piece]>) -> Option<Problem> {
    let (first, rest) = arguments.split_first()?;
    let name = first.word.as_deref()?;
    let (reads, switches) = (reads(name)?, switches(name));
    let input = |language: Language| unquoted(language, stdin?);
    match reads {
        Reads::Shell => match script(rest) {
            Some(index) => code(Language::Shell, &rest[index]).or_else(|| evaluated(&rest[index..])),
            // `sh FILE`: standard input is data.
            None if rest.iter().any(is_file) => None,
            None => input(Language::Shell),
        },
        Reads::Flag(language, flags) => match flagged(rest, flags, switches, language) {
            Found::Problem(problem) => Some(problem),
            Found::Fine => None,
            Found::Nothing => input(language),
        },
        Reads::FlagOnly(language, flags) => match flagged(rest, flags, switches, language) {
            Found::Problem(problem) => Some(problem),
            Found::Fine | Found::Nothing => None,
        },
        Reads::Positional(language, from) => {
            let words: Vec<&Argument> = rest.iter().filter(|argument| !is_option(argument)).collect();
            match words.get(from..).filter(|words| !words.is_empty()) {
                Some(words) => words.iter().take(width(language)).find_map(|word| code(language, word)),
                None => input(language),
            }
        }
        Reads::Remote => remote(rest, stdin),
        Reads::Runs => runs(rest, stdin),
        Reads::RunsOrFlag(flags) => match flagged(rest, flags, switches, Language::Shell) {
            Found::Problem(problem) => Some(problem),
            Found::Fine | Found::Nothing => runs(rest, stdin),
        },
    }
}

/// A shell's line is all that follows; other code is one argument.
fn width(language: Language) -> usize {
    if language == Language::Shell { usize::MAX } else { 1 }
}

/// The programs that stand behind one that runs others.
fn runs(rest: &[Argument], stdin: Option<&[Piece]>) -> Option<Problem> {
    (0..rest.len()).find_map(|index| program(&rest[index..], stdin))
}

fn is_option(argument: &Argument) -> bool {
    let begins = match argument.pieces.first() {
        Some(Piece::Literal(text)) => text.as_str(),
        _ => "",
    };
    begins.starts_with('-') && begins != "-"
}

/// A script that a shell is told to read, or anything that may be one.
fn is_file(argument: &Argument) -> bool {
    !is_option(argument) && argument.word.as_deref() != Some("-")
}

/// Where the line behind `-c`, `-lc` and the like stands.
fn script(rest: &[Argument]) -> Option<usize> {
    let flag = rest.iter().position(|argument| {
        argument.word.as_deref().is_some_and(|word| {
            let short = word.strip_prefix(['-', '+']).is_some_and(|letters| {
                !letters.starts_with('-')
                    && letters.contains('c')
                    && letters.chars().all(|letter| letter.is_ascii_alphabetic())
            });
            short || word == "--command"
        })
    })?;
    let behind = rest[flag + 1..].iter().position(|argument| !is_option(argument))?;
    Some(flag + 1 + behind)
}

/// A line that runs its arguments as code again: `eval "$1"`.
fn evaluated(line: &[Argument]) -> Option<Problem> {
    let (script, arguments) = line.split_first()?;
    let text = script.word.as_deref()?;
    let words: Vec<&str> = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
    let evaluates = words.contains(&"eval") || text.contains("-c \"$") || text.contains("-c $");
    if !evaluates {
        return None;
    }
    arguments.iter().find_map(|argument| code(Language::Code, argument))
}

enum Found {
    Problem(Problem),
    Fine,
    Nothing,
}

/// Where the code stands that an argument announces.
enum Announced {
    /// In the next argument.
    Next,
    /// In the same one, from here on.
    From(usize),
}

/// The code behind a flag: as the next argument, behind `=`, or right behind a flag of one letter.
fn flagged(rest: &[Argument], flags: &[&str], switches: &str, language: Language) -> Found {
    let mut found = Found::Nothing;
    for (index, argument) in rest.iter().enumerate() {
        let problem = match announced(argument, flags, switches) {
            Some(Announced::Next) => {
                let Some(next) = rest.get(index + 1) else { continue };
                code(language, next)
            }
            Some(Announced::From(offset)) => {
                let mut pieces = argument.pieces.clone();
                if let Some(Piece::Literal(begin)) = pieces.first_mut() {
                    begin.drain(..offset);
                }
                unquoted(language, &pieces)
            }
            None => continue,
        };
        match problem {
            Some(problem) => return Found::Problem(problem),
            None => found = Found::Fine,
        }
    }
    found
}

/// What an argument says of the code: `-c`, `--command=...`, and options of one letter that are written
/// as one, such as `-tAc` and `-tAcselect`.
fn announced(argument: &Argument, flags: &[&str], switches: &str) -> Option<Announced> {
    let Some(Piece::Literal(begin)) = argument.pieces.first() else { return None };
    if argument.word.as_deref().is_some_and(|word| flags.contains(&word)) {
        return Some(Announced::Next);
    }
    let assigns = |flag: &&&str| begin.strip_prefix(**flag).is_some_and(|behind| behind.starts_with('='));
    if let Some(flag) = flags.iter().find(assigns) {
        return Some(Announced::From(flag.len() + 1));
    }
    let letters = begin.strip_prefix('-')?;
    for (offset, letter) in letters.char_indices() {
        let is_flag = |flag: &&str| flag.strip_prefix('-').is_some_and(|flag| flag.chars().eq([letter]));
        let behind = 1 + offset + letter.len_utf8();
        match flags.iter().any(is_flag) {
            true if argument.word.is_some() && behind == begin.len() => return Some(Announced::Next),
            true => return Some(Announced::From(behind)),
            // Another letter has all that follows as its value.
            false if !switches.contains(letter) => return None,
            false => {}
        }
    }
    None
}

/// `ssh HOST ...`: what follows the host is joined, and a shell reads it there.
fn remote(rest: &[Argument], stdin: Option<&[Piece]>) -> Option<Problem> {
    let mut index = 0;
    while let Some(argument) = rest.get(index) {
        if argument.many {
            return None;
        }
        match argument.word.as_deref() {
            Some("--") => {
                index += 1;
                break;
            }
            Some(word) if word.len() == 2 && word.starts_with('-') => {
                index += 1 + usize::from(SSH_OPTIONS.contains(&word[1..]));
            }
            Some(word) if word.starts_with('-') => index += 1,
            None if is_option(argument) => index += 1,
            _ => break,
        }
    }
    let line = rest.get(index + 1..)?;
    if line.is_empty() {
        return unquoted(Language::Shell, stdin?);
    }
    if let Some(problem) = line.iter().find_map(|argument| code(Language::Shell, argument)) {
        return Some(problem);
    }
    // What is a command of several arguments here is one line there.
    let words: Option<Vec<&str>> = line.iter().map(|argument| argument.word.as_deref()).collect();
    let words: Vec<String> =
        words?.iter().flat_map(|word| word.split_whitespace()).map(str::to_owned).collect();
    let there: Vec<Argument> = words
        .into_iter()
        .map(|word| Argument { pieces: vec![Piece::Literal(word.clone())], many: false, word: Some(word) })
        .collect();
    program(&there, stdin)
}

fn code(language: Language, argument: &Argument) -> Option<Problem> {
    unquoted(language, &argument.pieces)
}

/// The first hole that can change what the code does.
pub fn unquoted(language: Language, pieces: &[Piece]) -> Option<Problem> {
    search(language, pieces, &mut None).map(|hole| Problem::Unquoted(language, hole))
}

/// Goes through the pieces; `open` is the quote that is open.
fn search(language: Language, pieces: &[Piece], open: &mut Option<char>) -> Option<Hole> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Literal(text) => {
            quotes(language, text, open);
            None
        }
        Piece::Choice(all) => {
            let before = *open;
            all.iter().find_map(|pieces| {
                *open = before;
                search(language, pieces, open)
            })
        }
        Piece::Hole(hole) => {
            let quoted = match language {
                // In double quotes a shell still reads `$` and backquotes.
                Language::Shell => *open == Some('\'') && hole.escapes.contains(&'\''),
                Language::Sql => open.is_some_and(|quote| hole.escapes.contains(&quote)),
                Language::Code => false,
            };
            (hole.origin == Origin::Outside && !quoted).then(|| hole.clone())
        }
    })
}

/// The quote that is open behind a text.
fn quotes(language: Language, text: &str, open: &mut Option<char>) {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, *open) {
            ('\\', None | Some('"')) if language == Language::Shell => drop(characters.next()),
            ('\'' | '"', None) => *open = Some(character),
            (_, Some(quote)) if quote == character => *open = None,
            _ => {}
        }
    }
}
