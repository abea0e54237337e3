//! From places in the converted text back to the YAML, so that what the compiler finds points to where it
//! comes from.

use std::{collections::BTreeMap, ops::Range};

use super::{book::Book, container::Containers, plan::Planned, write::Header};
use crate::{
    diagnostic::{Diagnostic, Label},
    source::{Span, part},
};

/// Where names come from.
#[derive(Debug, Clone)]
pub struct Origins {
    /// Steps, inputs, actions, tasks and the playbook by their names.
    places: BTreeMap<String, Span>,
    /// The expressions of steps, and where each comes from.
    values: BTreeMap<String, Vec<(String, Span)>>,
    /// The place of everything else.
    whole: Span,
}

impl Origins {
    pub(super) fn new(
        book: &Book<'_>,
        planned: &Planned,
        containers: &Containers,
        headers: &[Header],
        name: &str,
    ) -> Self {
        let mut places = BTreeMap::new();
        let mut values = BTreeMap::new();
        let tasks = planned.tasks.iter().flat_map(|task| &task.items);
        for item in planned.items.iter().chain(tasks) {
            places.insert(item.name.clone(), item.span);
            let squeezed = item.values.iter().map(|(code, span)| (squeezed(code), *span));
            values.insert(item.name.clone(), squeezed.collect());
        }
        for container in &containers.list {
            places.insert(container.name.clone(), container.span);
        }
        for look in &containers.looks {
            places.insert(look.name.clone(), look.span);
        }
        for header in headers {
            if let Some(parameter) = book.parameter(&header.original) {
                places.insert(header.name.clone(), parameter.name.span);
            }
        }
        let whole = book.playbook.place;
        places.insert(name.to_owned(), whole);
        Self { places, values, whole }
    }

    /// Where a piece of the converted text comes from: the one value that has it, else all that stands
    /// around it.
    pub fn of(&self, text: &str, piece: Range<u32>) -> Span {
        let end = text.len().min(piece.start as usize);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let head = text[..line_end].lines().rev().find_map(|line| {
            let mut words = line.split_whitespace().filter(|word| *word != "private");
            let keyword = words.next()?;
            let kinds = ["step", "input", "action", "task", "let", "playbook", "trigger", "fn"];
            let name = words.next().filter(|_| kinds.contains(&keyword))?;
            name.split(['(', ':']).next()
        });
        let said = squeezed(part(text, end, piece.end as usize));
        let has = |(code, span): &(String, Span)| (!said.is_empty() && code.contains(&said)).then_some(*span);
        let mut values = head.and_then(|name| self.values.get(name)).into_iter().flatten().filter_map(has);
        if let Some(first) = values.next()
            && values.all(|span| span == first)
        {
            return first;
        }
        head.and_then(|name| self.places.get(name)).copied().unwrap_or(self.whole)
    }
}

/// Without blanks, which the formatter puts elsewhere.
fn squeezed(code: &str) -> String {
    code.split_whitespace().collect()
}

/// Whether a finding of the compiler is about what the original says, and not about its style.
pub fn ours(finding: &Diagnostic) -> bool {
    finding.level > crate::diagnostic::Level::Info
}

/// The same finding at its place in the YAML. `text` is the converted text.
pub fn translated(finding: &Diagnostic, text: &str, origins: &Origins) -> Diagnostic {
    let mut labels: Vec<Label> = Vec::new();
    for label in &finding.labels {
        let span = if label.span.file == finding.span().file {
            origins.of(text, label.span.start..label.span.end)
        } else {
            label.span
        };
        if !labels.iter().any(|known| known.span == span) {
            labels.push(Label { span, message: label.message.clone() });
        }
    }
    Diagnostic { labels, fixes: Vec::new(), ..finding.clone() }
}
