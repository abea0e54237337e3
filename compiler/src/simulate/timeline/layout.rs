//! The log laid out in rows: plain text, or pieces that the command line gives colours.

use super::{Line, Timeline, Tone, summary::Fate};
use crate::{
    graph::Nanoseconds,
    hir::{Effect, PartKind, RunOutcome},
    simulate::value::{Value, duration_for_people, literal, text},
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
    /// Its text.
    pub text: String,
    /// How it is styled.
    pub role: Role,
}

/// How a piece of a row is styled.
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
    let mut rows = heading(timeline, width);
    rows.extend(log(timeline, |_| true, width));
    rows.push(Row::new());
    rows.extend(summary(timeline, width));
    rows
}

fn piece(text: impl Into<String>, role: Role) -> Piece {
    Piece { text: text.into(), role }
}

fn heading(timeline: &Timeline, width: usize) -> Vec<Row> {
    let mut title = vec![piece(&*timeline.playbook, Role::Heading)];
    if let Some(scenario) = &timeline.scenario {
        title.push(piece(format!(": {scenario}"), Role::Heading));
    }
    let legend = PartKind::ALL.map(|part| format!("{} {}", letter(Some(part)), part.word()));
    let starts = format!("starts at {}; {}", text(&Value::Time(timeline.start)), legend.join(", "));
    let mut rows = vec![title, vec![piece(starts, Role::Quiet)]];
    rows.extend(samples(timeline, width).into_iter().map(|row| vec![piece(row, Role::Quiet)]));
    rows.push(Row::new());
    rows
}

/// What of the event nobody gave, and where it comes from.
fn samples(timeline: &Timeline, width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    for of_event in timeline.samples.chunk_by(|one, other| one.event == other.event) {
        let parts = of_event.iter().map(|sample| {
            // A label is known by its name alone.
            let name = match (&*sample.field, &sample.key) {
                ("labels", Some(key)) => key.to_string(),
                (field, Some(key)) => format!("{field}.{key}"),
                (field, None) => field.to_owned(),
            };
            let from = if sample.is_made_up { "made up for a label in" } else { "from" };
            format!("{name} = {} ({from} {})", literal(&Value::Text(sample.value.clone())), sample.from)
        });
        let text = format!("Sample {}: {}", of_event[0].event, parts.collect::<Vec<_>>().join(", "));
        rows.extend(wrapped(&text, width));
    }
    rows
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
        let title = line.title.iter().flat_map(|title| wrapped(title, width.saturating_sub(indent)));
        for text in title {
            head.push(piece(text, Role::Quiet));
            rows.push(std::mem::replace(&mut head, vec![piece(" ".repeat(indent), Role::Quiet)]));
        }
        for text in wrapped(&line.text, width.saturating_sub(indent)) {
            head.push(piece(text, Role::Text(line.tone)));
            rows.push(std::mem::replace(&mut head, vec![piece(" ".repeat(indent), Role::Quiet)]));
        }
        let invocation = line.invocation.iter();
        for text in invocation.flat_map(|text| wrapped(text, width.saturating_sub(indent))) {
            rows.push(vec![piece(" ".repeat(indent), Role::Quiet), piece(text, Role::Quiet)]);
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
        let undo = if ending.undo_incomplete { ", some changes couldn't be undone" } else { "" };
        let said = format!("{said}{}{overdue}{undo}.", severity.unwrap_or_default());
        rows.push(vec![piece(said, Role::Text(tone))]);
    }
    let changes =
        if summary.changes.is_empty() { "Nothing would have changed." } else { "Would have changed:" };
    rows.push(vec![piece(changes, Role::Heading)]);
    for change in &summary.changes {
        let fate = match change.fate {
            Fate::Done => "",
            Fate::Unsure => " (failed, but may have taken effect)",
            Fate::Undone => " (undone later)",
            Fate::Undoes => " (undo)",
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
        let people = summary.people.iter().map(|person| {
            let by: Vec<String> = person.by.iter().map(|(by, times)| format!("{by} {times}")).collect();
            format!("{} ({})", person.name, by.join(", "))
        });
        sentence(format!("Contacted: {}.", people.collect::<Vec<_>>().join(", ")));
    }
    for (label, from, to) in [
        ("Not done", Effect::Changes, Effect::Destroys),
        ("Not notified", Effect::Notifies, Effect::Notifies),
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

/// Rows of at most `width` characters. Line breaks and runs of blanks stay, since they may be a table or
/// code; a word that is longer than a row is broken after punctuation where there is some, else anywhere.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    text.split('\n').flat_map(|line| wrapped_line(line.trim_end(), width)).collect()
}

fn wrapped_line(line: &str, width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut row = String::new();
    let (mut length, mut blanks) = (0, 0);
    for word in line.split(' ') {
        let mut rest: Vec<char> = word.chars().collect();
        if rest.is_empty() {
            blanks += 1;
            continue;
        }
        // Blanks at the start of a line are its indentation; where a row is broken they go.
        if length > 0 && length + blanks + rest.len() > width {
            rows.push(std::mem::take(&mut row));
            length = 0;
        } else {
            let indent = blanks.min(width - 1);
            row.push_str(&" ".repeat(indent));
            length += indent;
        }
        while length + rest.len() > width {
            let room = width - length;
            let kept = break_in(&rest[..room]);
            let after = rest.split_off(kept);
            row.extend(rest);
            rows.push(std::mem::take(&mut row));
            (rest, length) = (after, 0);
        }
        length += rest.len();
        row.extend(rest);
        blanks = 1;
    }
    rows.push(row);
    rows
}

/// How much of a part of a long word stays in its row: up to its last punctuation, unless that leaves
/// more than half of the row empty.
fn break_in(part: &[char]) -> usize {
    let mark = part
        .iter()
        .rposition(|c| matches!(c, '/' | ',' | ';' | ':' | '=' | '&' | '?' | '-' | '_' | '.' | '('));
    mark.map(|mark| mark + 1).filter(|kept| kept * 2 > part.len()).unwrap_or(part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_break_at_blanks_and_long_words_after_punctuation() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("a bcdefgh i", 4), ["a", "bcde", "fgh", "i"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("checkout/service-ab", 12), ["checkout/", "service-ab"]);
    }

    #[test]
    fn tables_and_code_keep_their_lines_and_blanks() {
        assert_eq!(
            wrapped("NAME   READY\n  a     1/1\n\nend", 20),
            ["NAME   READY", "  a     1/1", "", "end"]
        );
        assert_eq!(wrapped("one   two", 6), ["one", "two"]);
    }

    #[test]
    fn rows_hold_all_that_is_not_blank_and_are_never_too_wide() {
        let texts = ["a  bb   ccc dddd", "  in/dented.path:with=marks", "\u{e4}\u{f6}\u{fc} \n\n x", "    "];
        for text in texts {
            for width in 1..12 {
                let rows = wrapped(text, width);
                assert!(rows.iter().all(|row| row.chars().count() <= width), "{text:?} at {width}: {rows:?}");
                let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                assert_eq!(solid(&rows.concat()), solid(text), "at {width}");
            }
        }
    }

    #[test]
    fn the_clock_shows_hours_only_when_there_are_some() {
        assert_eq!(clock(256_310_000_000), "4:16");
        assert_eq!(clock(3_857_510_000_000), "1:04:17");
        assert_eq!(clock(0), "0:00");
    }
}
