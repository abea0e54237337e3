//! A repair: the lines that it changes, as they are and as they would be.

use std::io::{self, Write};

use quell_compiler::{
    diagnostic::{Edit, Fix, Safety, edited},
    source::{FileId, SourceFile, part},
    world::World,
};

use super::{human::LONGEST_LINE, sources::line_range, style};

/// The changed lines of one stretch.
struct Change<'s> {
    /// The number of the first line, counted from 1.
    line: u32,
    before: &'s str,
    after: String,
}

/// Writes a repair.
pub fn write(world: &dyn World, fix: &Fix, output: &mut dyn Write) -> io::Result<()> {
    let word = match fix.safety {
        Safety::Safe => "fix",
        Safety::Unsafe => "fix (review before applying)",
        Safety::Suggestion => "suggestion",
    };
    let (strong, frame, reset) = (style::STRONG, style::FRAME, style::RESET);
    writeln!(output, "  {frame}={reset} {strong}{word}{reset}: {}", fix.title)?;
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.sort();
    files.dedup();
    for file in &files {
        let source = world.source(*file);
        if files.len() > 1 {
            writeln!(output, "    {frame}in {}{reset}", source.name)?;
        }
        let mut edits: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.span.file == *file).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        for change in changes(source, &edits) {
            lines(output, change.line, change.before, '-')?;
            lines(output, change.line, &change.after, '+')?;
        }
    }
    Ok(())
}

fn lines(output: &mut dyn Write, first: u32, text: &str, sign: char) -> io::Result<()> {
    let (frame, reset) = (style::FRAME, style::RESET);
    let colour = if sign == '-' { style::REMOVED } else { style::ADDED };
    for (number, line) in (first..).zip(text.lines()) {
        let line = if line.len() > LONGEST_LINE { "(a line too long to be shown)" } else { line };
        writeln!(output, "{frame}{number:>6} │{reset} {colour}{sign} {line}{reset}")?;
    }
    Ok(())
}

/// The stretches of whole lines that the edits, sorted, touch.
fn changes<'s>(source: &'s SourceFile, edits: &[&Edit]) -> Vec<Change<'s>> {
    let line = |offset: u32| source.lines().line(offset);
    let mut changes = Vec::new();
    let mut rest = edits;
    while let Some(first) = rest.first() {
        let mut last = line(first.span.end);
        let more = rest.iter().take_while(|edit| {
            let joins = line(edit.span.start) <= last;
            if joins {
                last = last.max(line(edit.span.end));
            }
            joins
        });
        let (group, others) = rest.split_at(more.count());
        let start = line_range(source, line(first.span.start)).start;
        let end = line_range(source, last).end;
        rest = others;
        let before = part(&source.text, start, end);
        // What can't be made can't be shown either.
        let Ok(whole) = edited(&source.text, group.iter().copied()) else { continue };
        let after = part(&whole, start, whole.len() - (source.text.len() - end)).to_owned();
        changes.push(trimmed(Change { line: line(first.span.start) + 1, before, after }));
    }
    changes
}

/// Without the lines at both ends that stay as they are: where a line comes in, the one behind it is no news.
fn trimmed(change: Change<'_>) -> Change<'_> {
    let (before, after) = (pieces(change.before), pieces(&change.after));
    let same = |pair: &(&&str, &&str)| pair.0.trim_end_matches('\n') == pair.1.trim_end_matches('\n');
    let first = before.iter().zip(&after).take_while(same).count();
    let (before, after) = (&before[first..], &after[first..]);
    let last = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
    let length = |pieces: &[&str]| pieces.iter().map(|piece| piece.len()).sum::<usize>();
    let left = change.before.len() - length(before);
    let kept = length(&before[..before.len() - last]);
    Change {
        line: change.line + first as u32,
        before: &change.before[left..left + kept],
        after: after[..after.len() - last].concat(),
    }
}

fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use quell_compiler::source::Span;

    use super::*;

    fn edit(start: u32, end: u32, replacement: &str) -> Edit {
        Edit { span: Span::new(FileId(0), start, end), replacement: replacement.to_owned() }
    }

    #[test]
    fn edits_of_one_line_are_one_change() {
        let source = SourceFile::new("a", "one two\nthree\nfour\n");
        let edits = [edit(0, 3, "1"), edit(4, 7, "2"), edit(14, 18, "4")];
        let changes = changes(&source, &edits.iter().collect::<Vec<_>>());
        let shown: Vec<_> =
            changes.iter().map(|change| (change.line, change.before, change.after.as_str())).collect();
        assert_eq!(shown, [(1, "one two\n", "1 2\n"), (3, "four\n", "4\n")]);
    }

    #[test]
    fn an_insertion_at_the_end_is_shown() {
        let source = SourceFile::new("a", "one");
        let edits = [edit(3, 3, "\n}")];
        let changes = changes(&source, &edits.iter().collect::<Vec<_>>());
        assert_eq!((changes[0].line, changes[0].before, changes[0].after.as_str()), (2, "", "}"));
    }

    #[test]
    fn lines_that_stay_are_not_shown() {
        let source = SourceFile::new("a", "one\ntwo\nthree\n");
        let of = |edit: Edit| {
            let mut found = changes(&source, &[&edit]);
            let change = found.remove(0);
            (change.line, change.before.to_owned(), change.after)
        };
        assert_eq!(of(edit(4, 4, "more\n")), (2, String::new(), "more\n".to_owned()));
        assert_eq!(of(edit(4, 8, "")), (2, "two\n".to_owned(), String::new()));
        assert_eq!(of(edit(0, 13, "one\n2\nthree")), (2, "two\n".to_owned(), "2\n".to_owned()));
        assert_eq!(of(edit(3, 3, "\nmore")), (2, String::new(), "more\n".to_owned()));
    }
}
