//! The log laid out in rows: plain text, or pieces that the command line gives colours.

use super::{Line, Timeline, Tone, summary::Fate};
use crate::{
    graph::Nanoseconds,
    hir::{Effect, PartKind, RunOutcome},
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

/// A piece of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// What it is for the eye.
    pub role: Role,
}

/// What a piece of a row is for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// When.
    Time,
    /// A part of the playbook.
    Part,
    /// What a line is about.
    Name,
    /// What happened.
    Text(Tone),
    /// A heading.
    Heading,
    /// Blanks, legends.
    Quiet,
}

/// A row of the log.
pub type Row = Vec<Piece>;

/// The log as text, in 80 columns.
pub fn plain(timeline: &Timeline) -> String {
    let mut out = String::new();
    for row in rows(timeline, WIDTH) {
        let text: String = row.iter().map(|piece| piece.text.as_str()).collect();
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

/// The whole log in rows of at most `width` characters.
pub fn rows(timeline: &Timeline, width: usize) -> Vec<Row> {
    let mut rows = heading(timeline);
    rows.extend(log(timeline, |_| true, width));
    rows.push(Row::new());
    rows.extend(summary(timeline, width));
    rows
}

fn piece(text: impl Into<String>, role: Role) -> Piece {
    Piece { text: text.into(), role }
}

fn heading(timeline: &Timeline) -> Vec<Row> {
    let mut title = vec![piece(&*timeline.playbook, Role::Heading)];
    if let Some(scenario) = &timeline.scenario {
        title.push(piece(format!(": {scenario}"), Role::Heading));
    }
    let legend = PartKind::ALL.map(|part| format!("{} {}", letter(Some(part)), part.word()));
    let begins = format!("begins at {}; {}", text(&Value::Time(timeline.start)), legend.join(", "));
    vec![title, vec![piece(begins, Role::Quiet)], Row::new()]
}

/// Those lines of the log that are wanted, in rows of at most `width` characters.
pub fn log(timeline: &Timeline, wanted: impl Fn(&Line) -> bool, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let lines: Vec<&Line> = timeline.lines.iter().filter(|line| wanted(line)).collect();
    let names = lines.iter().map(|line| line.about.chars().count()).max().unwrap_or(0).min(NAMES);
    for line in lines {
        let mut head = vec![
            piece(format!("{:>8}  ", clock(line.at)), Role::Time),
            piece(format!("{}  ", letter(line.part)), Role::Part),
        ];
        let about = line.about.chars().count();
        let indent = if about == 0 { 13 } else { 15 + names };
        if about > names {
            head.push(piece(&*line.about, Role::Name));
            rows.push(std::mem::replace(&mut head, vec![piece(" ".repeat(indent), Role::Quiet)]));
        } else if about > 0 {
            head.push(piece(format!("{:<names$}  ", line.about), Role::Name));
        }
        for text in wrapped(&line.text, width.saturating_sub(indent)) {
            head.push(piece(text, Role::Text(line.tone)));
            rows.push(std::mem::replace(&mut head, vec![piece(" ".repeat(indent), Role::Quiet)]));
        }
    }
    rows
}

fn summary(timeline: &Timeline, width: usize) -> Vec<Row> {
    let summary = &timeline.summary;
    let mut rows = Vec::new();
    if let Some(ending) = &summary.ending {
        let at = duration_for_people(ending.decided);
        let severity = summary.severity.as_ref().map(|value| format!(", severity {}", text(value)));
        let (said, tone) = match ending.outcome {
            RunOutcome::Resolved => (format!("Resolved after {at}"), Tone::Success),
            RunOutcome::Failed => (format!("Failed after {at}"), Tone::Failure),
            RunOutcome::Completed => (format!("Completed after {at}"), Tone::Success),
        };
        let overdue = ending.broken_promise();
        let undo = if ending.undo_incomplete { ", not all of it put back" } else { "" };
        let said = format!("{said}{}{overdue}{undo}.", severity.unwrap_or_default());
        rows.push(vec![piece(said, Role::Text(tone))]);
    }
    let changes =
        if summary.changes.is_empty() { "Nothing would have changed." } else { "Would have changed:" };
    rows.push(vec![piece(changes, Role::Heading)]);
    for change in &summary.changes {
        let fate = match change.fate {
            Fate::Done => "",
            Fate::Unsure => " (failed, but may have acted)",
            Fate::Undone => " (put back later)",
            Fate::Undoes => " (puts it back)",
        };
        let tone = match change.fate {
            Fate::Undoes => Tone::Undo,
            _ => super::lines::tone_of(change.effect),
        };
        let mut head = piece(format!("{:>8}  ", clock(change.at)), Role::Time);
        for text in wrapped(&format!("{}{fate}", change.call), width.saturating_sub(10)) {
            let before = std::mem::replace(&mut head, piece(" ".repeat(10), Role::Quiet));
            rows.push(vec![before, piece(text, Role::Text(tone))]);
        }
    }
    let mut sentence = |text: String| {
        rows.extend(wrapped(&text, width).into_iter().map(|row| vec![piece(row, Role::Text(Tone::Plain))]));
    };
    if !summary.people.is_empty() {
        let people = summary.people.iter().map(|somebody| {
            let by: Vec<String> = somebody.by.iter().map(|(by, times)| format!("{by} {times}")).collect();
            format!("{} ({})", somebody.name, by.join(", "))
        });
        sentence(format!("Asked or told: {}.", people.collect::<Vec<_>>().join(", ")));
    }
    for (label, from, to) in [
        ("Not done", Effect::Changes, Effect::Destroys),
        ("Not told", Effect::Notifies, Effect::Notifies),
        ("Not asked", Effect::Asks, Effect::Asks),
    ] {
        let missed = summary.missed.iter().filter(|missed| (from..=to).contains(&missed.effect));
        let missed: Vec<String> = missed.map(|missed| format!("{} ({})", missed.step, missed.why)).collect();
        if !missed.is_empty() {
            sentence(format!("{label}: {}.", missed.join(", ")));
        }
    }
    if !summary.assumed.is_empty() {
        sentence(format!("Assumed: {}.", summary.assumed.join(", ")));
    }
    rows
}

/// Rows of at most `width` characters, broken at blanks; a longer word is broken anywhere.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut rows: Vec<String> = Vec::new();
    let mut row = String::new();
    let mut length = 0;
    for word in text.split([' ', '\n']) {
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
