//! The colours.
//!
//! A style is written into a text as a mark, and becomes an escape sequence where the text is shown. The
//! mark holds a number that was drawn when the process started: no source, alert or file name can hold
//! it, so whatever those say, no escape sequence of theirs gets through.

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::{BuildHasher, Hasher},
    sync::LazyLock,
};

use anstyle::AnsiColor;
use quell_compiler::{diagnostic::Level, simulate::timeline::Tone, visible::visible};

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style(anstyle::Style);

/// Back to plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reset;

/// Back to plain text.
pub const RESET: Reset = Reset;
/// What matters most on a line.
pub const STRONG: Style = Style(anstyle::Style::new().bold());
/// What stands around the rest: line numbers, frames.
pub const FRAME: Style = Style(AnsiColor::BrightBlue.on_default());
/// What is taken away.
pub const REMOVED: Style = Style(AnsiColor::Red.on_default());
/// What is added.
pub const ADDED: Style = Style(AnsiColor::Green.on_default());
/// What is only said by the way.
pub const QUIET: Style = Style(anstyle::Style::new().dimmed());

impl Style {
    /// Plain text.
    pub const fn new() -> Self {
        Self(anstyle::Style::new())
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self(self.0.bold())
    }
}

/// `{style}` begins it, `{style:#}` ends it.
impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { mark(f, &format!("{:#}", self.0)) } else { mark(f, &self.0.to_string()) }
    }
}

impl fmt::Display for Reset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        mark(f, &anstyle::Reset.to_string())
    }
}

/// The colour of a level.
pub fn level(level: Level) -> Style {
    Style(match level {
        Level::Error => AnsiColor::BrightRed.on_default().bold(),
        Level::Warning => AnsiColor::BrightYellow.on_default().bold(),
        Level::Info => AnsiColor::BrightCyan.on_default().bold(),
    })
}

/// The colour of a line in a timeline.
pub fn tone(tone: Tone) -> Style {
    Style(match tone {
        Tone::Look | Tone::Plain => anstyle::Style::new(),
        Tone::Judgement => AnsiColor::Magenta.on_default(),
        Tone::People => AnsiColor::Cyan.on_default(),
        Tone::Tell => AnsiColor::Blue.on_default(),
        Tone::Change => AnsiColor::Yellow.on_default(),
        Tone::Destroy => AnsiColor::Red.on_default().bold(),
        Tone::Undo => AnsiColor::Yellow.on_default().dimmed(),
        Tone::Skip => QUIET.0,
        Tone::Failure => AnsiColor::Red.on_default(),
        Tone::Success => AnsiColor::Green.on_default().bold(),
    })
}

/// What marks begin with: the number behind it is 64 bits of chance.
static MARK: LazyLock<String> =
    LazyLock::new(|| format!("\u{FDD0}{:016x}", RandomState::new().build_hasher().finish()));
/// What they end with.
const END: char = '\u{FDD1}';
const ESCAPE: char = '\u{1B}';

fn mark(f: &mut fmt::Formatter<'_>, sequence: &str) -> fmt::Result {
    if sequence.is_empty() { Ok(()) } else { write!(f, "{}{}{END}", *MARK, sequence.replace(ESCAPE, "")) }
}

/// A text by one of our libraries, with its escape sequences as marks. What it was made of must have been
/// [visible](quell_compiler::visible).
pub fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(ESCAPE) {
        out.push_str(before);
        let end = behind.find('m').map_or(behind.len(), |end| end + 1);
        out.push_str(&format!("{}{}{END}", *MARK, &behind[..end]));
        rest = &behind[end..];
    }
    out + rest
}

/// The text as a terminal takes it: all that can't be seen as symbols, and the styles as colours.
pub fn shown(text: &str, coloured: bool) -> String {
    let mut pieces = text.split(MARK.as_str());
    let mut out = pieces.next().map(visible).unwrap_or_default().into_owned();
    for piece in pieces {
        let (sequence, rest) = piece.split_once(END).unwrap_or(("", piece));
        if coloured {
            out.push_str(&sequence.replace('[', "\u{1B}["));
        }
        out.push_str(&visible(rest));
    }
    out
}

/// The text without styles.
#[cfg(test)]
pub fn plain(text: &[u8]) -> String {
    shown(&String::from_utf8_lossy(text), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_styles_become_escape_sequences() {
        let text = format!("{STRONG}a\u{1b}[31mb{RESET}\u{fdd0}0000000000000000[1m\u{fdd1}");
        assert_eq!(shown(&text, true), "\u{1b}[1ma␛[31mb\u{1b}[0m<U+FDD0>0000000000000000[1m<U+FDD1>");
        assert_eq!(shown(&text, false), "a␛[31mb<U+FDD0>0000000000000000[1m<U+FDD1>");
        let bold = level(Level::Error);
        assert_eq!(shown(&format!("{bold}x{bold:#}{}", Style::new()), true), "\u{1b}[1m\u{1b}[91mx\u{1b}[0m");
        assert_eq!(shown(&marked("\u{1b}[31;1mred\u{1b}[0m."), true), "\u{1b}[31;1mred\u{1b}[0m.");
    }
}
