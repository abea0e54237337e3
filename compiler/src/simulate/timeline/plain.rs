//! The log as plain text, in 80 columns.

use std::fmt::Write;

use super::{Line, Timeline, Tone, summary::Fate};
use crate::{
    graph::Nanoseconds,
    hir::{PartKind, RunOutcome},
    simulate::value::{Value, duration_for_people, text},
};

const WIDTH: usize = 80;
/// The widest column of names.
const NAMES: usize = 18;

/// Hours, minutes and seconds since the start: `4:16`, `1:04:16`.
pub fn clock(at: Nanoseconds) -> String {
    let seconds = at / 1_000_000_000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The letter of a part, in the margin.
pub fn letter(part: Option<PartKind>) -> char {
    match part {
        Some(PartKind::Enrich) => 'E',
        Some(PartKind::Triage) => 'T',
        Some(PartKind::Communicate) => 'C',
        Some(PartKind::Remediate) => 'R',
        None => ' ',
    }
}

/// A row of the log as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What the line is for the eye; none for what stands around the lines.
    pub tone: Option<Tone>,
    /// At most 80 columns.
    pub text: String,
}

/// The log as text.
pub fn plain(timeline: &Timeline) -> String {
    rows(timeline).iter().map(|row| format!("{}\n", row.text)).collect()
}

/// The log as rows of text: the head, the lines, and what is left of it all.
pub fn rows(timeline: &Timeline) -> Vec<Row> {
    let around = |text: String| Row { tone: None, text };
    let mut rows = head(timeline).into_iter().map(around).collect::<Vec<_>>();
    let widest = timeline.lines.iter().map(|line| line.about.chars().count()).max().unwrap_or(0);
    let names = widest.min(NAMES);
    for line in &timeline.lines {
        rows.extend(line_rows(line, names).into_iter().map(|text| Row { tone: Some(line.tone), text }));
    }
    rows.push(around(String::new()));
    rows.extend(summary(timeline).lines().map(|line| around(line.to_owned())));
    rows
}

fn head(timeline: &Timeline) -> Vec<String> {
    let title = match &timeline.scenario {
        Some(title) => format!("{}: {title}", timeline.playbook),
        None => timeline.playbook.to_string(),
    };
    let legend = PartKind::ALL.map(|part| format!("{} {}", letter(Some(part)), part.word()));
    vec![title, format!("begins at {}", text(&Value::Time(timeline.start))), legend.join(", "), String::new()]
}

fn line_rows(line: &Line, names: usize) -> Vec<String> {
    let about = line.about.chars().count();
    let mut rows = Vec::new();
    let mut head = format!("{:>8}  {}  {:<names$}  ", clock(line.at), letter(line.part), line.about);
    let indent = if line.about.is_empty() { 13 } else { 15 + names };
    if line.about.is_empty() {
        head.truncate(indent);
    } else if about > names {
        rows.push(head.trim_end().to_owned());
        head = " ".repeat(indent);
    }
    for text in wrapped(&line.text, WIDTH - indent) {
        rows.push(format!("{head}{text}"));
        head = " ".repeat(indent);
    }
    rows
}

fn summary(timeline: &Timeline) -> String {
    let summary = &timeline.summary;
    let mut out = String::new();
    if let Some(ending) = &summary.ending {
        let at = duration_for_people(ending.decided);
        let severity = summary.severity.as_ref().map(|value| format!(", severity {}", text(value)));
        let said = match ending.outcome {
            RunOutcome::Resolved => format!("Resolved after {at}"),
            RunOutcome::Failed => format!("Failed after {at}"),
            RunOutcome::Completed => format!("Completed after {at}"),
        };
        let overdue = if ending.overdue { ", later than promised" } else { "" };
        let undo = if ending.undo_incomplete { ", not all of it put back" } else { "" };
        let _ = writeln!(out, "{said}{}{overdue}{undo}.", severity.unwrap_or_default());
    }
    if summary.changes.is_empty() {
        out.push_str("Nothing would have changed.\n");
    } else {
        out.push_str("Would have changed:\n");
        for change in &summary.changes {
            let fate = match change.fate {
                Fate::Done => "",
                Fate::Unsure => " (failed, but may have acted)",
                Fate::Undone => " (put back later)",
                Fate::Undoes => " (puts it back)",
            };
            let mut rows = wrapped(&format!("{}{fate}", change.call), WIDTH - 10).into_iter();
            let _ = writeln!(out, "{:>8}  {}", clock(change.at), rows.next().unwrap_or_default());
            for row in rows {
                let _ = writeln!(out, "          {row}");
            }
        }
    }
    if !summary.people.is_empty() {
        let people: Vec<String> = summary
            .people
            .iter()
            .map(|somebody| {
                let by: Vec<String> = somebody.by.iter().map(|(by, times)| format!("{by} {times}")).collect();
                format!("{} ({})", somebody.name, by.join(", "))
            })
            .collect();
        for row in wrapped(&format!("Asked or told: {}.", people.join(", ")), WIDTH) {
            let _ = writeln!(out, "{row}");
        }
    }
    if !summary.assumed.is_empty() {
        for row in wrapped(&format!("Assumed: {}.", summary.assumed.join(", ")), WIDTH) {
            let _ = writeln!(out, "{row}");
        }
    }
    out
}

/// Rows of at most `width` characters, broken at blanks; a longer word is broken anywhere.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut rows: Vec<String> = Vec::new();
    let mut row = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let mut rest: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + rest.len() > width {
            rows.push(std::mem::take(&mut row));
            length = 0;
        }
        if length > 0 {
            row.push(' ');
            length += 1;
        }
        while length + rest.len() > width {
            let behind = rest.split_off(width - length);
            row.extend(rest);
            rows.push(std::mem::take(&mut row));
            (rest, length) = (behind, 0);
        }
        length += rest.len();
        row.extend(rest);
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("a bcdefgh i", 4), ["a", "bcde", "fgh", "i"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn the_clock_shows_hours_only_when_there_are_some() {
        assert_eq!(clock(256_310_000_000), "4:16");
        assert_eq!(clock(3_857_510_000_000), "1:04:17");
        assert_eq!(clock(0), "0:00");
    }
}
