//! A finding for people: the source lines with their labels, the reasons, the advice, the repairs.

use std::io::{self, Write};

use codespan_reporting::{
    diagnostic::{Diagnostic as Report, Label, LabelStyle, Severity},
    term::{self, Config, DisplayStyle, WriteStyle},
};
use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    source::FileId,
    visible::visible_line,
};

use super::{
    fix,
    sources::{Sources, line_range},
    style,
};

/// Notes are wrapped at this column.
const WIDTH: usize = 100;
/// A longer line isn't shown: it would fill the screen.
pub const LONGEST_LINE: usize = 1_000;

/// Writes a finding.
pub fn finding(sources: &Sources<'_>, finding: &Diagnostic, output: &mut dyn Write) -> io::Result<()> {
    let world = sources.world;
    let lines = finding.labels.iter().map(|label| {
        let file = world.source(label.span.file);
        line_range(file, file.lines().line(label.span.start)).len()
    });
    let display_style =
        if lines.max() > Some(LONGEST_LINE) { DisplayStyle::Medium } else { DisplayStyle::Rich };
    let config = Config { display_style, ..Config::default() };
    let mut text = Colours(Vec::new());
    term::emit_to_write_style(&mut text, &config, sources, &report(sources, finding))
        .map_err(io::Error::other)?;
    let mut text = String::from_utf8_lossy(&text.0).into_owned();
    if finding.level == Level::Info {
        // codespan-reporting has no such level: it calls its lowest "note".
        text = text.replacen("note[", "info[", 1);
    }
    // An empty line ends the report; repairs belong in front of it.
    output.write_all(text.strip_suffix('\n').unwrap_or(&text).as_bytes())?;
    for repair in &finding.fixes {
        fix::write(world, repair, output)?;
    }
    writeln!(output)
}

fn report(sources: &Sources<'_>, finding: &Diagnostic) -> Report<FileId> {
    let severity = match finding.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Info => Severity::Note,
    };
    let labels = finding.labels.iter().enumerate().map(|(index, label)| {
        let style = if index == 0 { LabelStyle::Primary } else { LabelStyle::Secondary };
        Label::new(style, label.span.file, sources.range(label.span))
            .with_message(visible_line(&label.message))
    });
    let notes = finding.notes.iter().map(|note| wrap("note", note));
    let help = finding.help.iter().map(|help| wrap("help", help));
    Report::new(severity)
        .with_code(finding.code)
        .with_message(visible_line(&finding.message))
        .with_labels(labels.collect())
        .with_notes(notes.chain(help).collect())
}

/// `word: text`, broken between words; what follows a line break stands under the text.
fn wrap(word: &str, text: &str) -> String {
    let indent = " ".repeat(word.len() + 2);
    let mut wrapped = format!("{word}: ");
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            wrapped.push('\n');
            wrapped.push_str(&indent);
        }
        let mut column = indent.len();
        for (index, part) in line.split(' ').enumerate() {
            let width = part.chars().count();
            if index > 0 && column + 1 + width > WIDTH {
                wrapped.push('\n');
                wrapped.push_str(&indent);
                column = indent.len();
            } else if index > 0 {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(part);
            column += width;
        }
    }
    wrapped
}

/// Takes codespan-reporting's text in our colours.
struct Colours(Vec<u8>);

impl Write for Colours {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Bug | Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note | Severity::Help => Level::Info,
    }
}

impl WriteStyle for Colours {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        write!(self.0, "{}", style::level(level(severity)))
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        write!(self.0, "{}", style::STRONG)
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        write!(self.0, "{}", style::FRAME)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        write!(self.0, "{}", style::FRAME)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        write!(self.0, "{}", style::FRAME)
    }

    fn set_label(&mut self, severity: Severity, label_style: LabelStyle) -> io::Result<()> {
        let style = match label_style {
            LabelStyle::Primary => style::level(level(severity)),
            LabelStyle::Secondary => style::FRAME,
        };
        write!(self.0, "{style}")
    }

    fn reset(&mut self) -> io::Result<()> {
        write!(self.0, "{}", style::RESET)
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn notes_are_broken_between_words() {
        let wrapped = wrap("note", &"word ".repeat(30));
        assert!(wrapped.lines().all(|line| line.len() <= 101), "{wrapped}");
        assert_eq!(wrap("help", "a\n  b"), "help: a\n        b");
    }
}
