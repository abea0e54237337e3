//! The log in the form that `expect snapshot` stores: a line for each line, nothing wrapped or aligned,
//! so that a change of one step changes the lines of that step and no others.

use super::{Timeline, clock, letter};
use crate::visible::visible_line;

/// The lines.
pub fn record(timeline: &Timeline) -> Vec<String> {
    let lines = timeline.lines.iter().map(|line| {
        let mut words = vec![clock(line.at)];
        words.extend(line.part.map(|part| letter(Some(part)).to_string()));
        if !line.about.is_empty() {
            words.push(format!("{}:", line.about));
        }
        words.extend(line.text.split_whitespace().map(str::to_owned));
        // What is kept in a file is read by people.
        visible_line(&words.join(" ")).into_owned()
    });
    lines.collect()
}
