//! The colours.

use anstyle::{AnsiColor, Reset, Style};
use quell_compiler::{diagnostic::Level, simulate::timeline::Tone};

/// Back to plain text.
pub const RESET: Reset = Reset;
/// What matters most on a line.
pub const STRONG: Style = Style::new().bold();
/// What stands around the rest: line numbers, frames.
pub const FRAME: Style = AnsiColor::BrightBlue.on_default();
/// What is taken away.
pub const REMOVED: Style = AnsiColor::Red.on_default();
/// What is added.
pub const ADDED: Style = AnsiColor::Green.on_default();
/// What is only said by the way.
pub const QUIET: Style = Style::new().dimmed();

/// The colour of a level.
pub fn level(level: Level) -> Style {
    match level {
        Level::Error => AnsiColor::BrightRed.on_default().bold(),
        Level::Warning => AnsiColor::BrightYellow.on_default().bold(),
        Level::Info => AnsiColor::BrightCyan.on_default().bold(),
    }
}

/// The colour of a line in a timeline.
pub fn tone(tone: Tone) -> Style {
    match tone {
        Tone::Look | Tone::Plain => Style::new(),
        Tone::Judgement => AnsiColor::Magenta.on_default(),
        Tone::People => AnsiColor::Cyan.on_default(),
        Tone::Tell => AnsiColor::Blue.on_default(),
        Tone::Change => AnsiColor::Yellow.on_default(),
        Tone::Destroy => AnsiColor::Red.on_default().bold(),
        Tone::Undo => AnsiColor::Yellow.on_default().dimmed(),
        Tone::Skip => QUIET,
        Tone::Failure => AnsiColor::Red.on_default(),
        Tone::Success => AnsiColor::Green.on_default().bold(),
    }
}
