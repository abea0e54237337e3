//! Comments of YAML. The parser passes them over; they are what its values leave out.

use std::ops::Range;

use crate::yaml::{Kind, Node};

/// The comments of a file, each to be taken once.
pub struct Comments {
    /// Where it begins, and what it says.
    left: Vec<(u32, String)>,
}

impl Comments {
    /// The comments of `text`, whose values are `documents`.
    pub fn of(text: &str, documents: &[Node]) -> Self {
        let mut scalars = Vec::new();
        documents.iter().for_each(|node| collect(node, &mut scalars));
        scalars.sort_by_key(|range| range.start);
        let mut left = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let hashes = line.match_indices('#').map(|(at, _)| at);
            let free = hashes.filter(|at| line[..*at].ends_with([' ', '\t']) || *at == 0);
            let outside = |at: &usize| !inside(&scalars, (start + at) as u32);
            if let Some(at) = free.into_iter().find(outside) {
                let words = line[at..].trim_start_matches('#').trim();
                if !words.is_empty() {
                    left.push(((start + at) as u32, words.to_owned()));
                }
            }
            start += line.len();
        }
        Self { left }
    }

    /// Those that begin before `end` and were not taken.
    pub fn take(&mut self, end: u32) -> Vec<String> {
        let count = self.left.iter().take_while(|(at, _)| *at < end).count();
        self.left.drain(..count).map(|(_, words)| words).collect()
    }
}

fn collect(node: &Node, scalars: &mut Vec<Range<u32>>) {
    match &node.kind {
        Kind::Scalar(_) => scalars.push(node.span.clone()),
        Kind::List(elements) => elements.iter().for_each(|element| collect(element, scalars)),
        Kind::Map(entries) => entries.iter().for_each(|(key, value)| {
            collect(key, scalars);
            collect(value, scalars);
        }),
    }
}

/// Whether a value holds the byte. Aliases stand apart, so the ranges don't overlap.
fn inside(scalars: &[Range<u32>], at: u32) -> bool {
    let before = scalars.partition_point(|range| range.start <= at);
    before > 0 && scalars[before - 1].end > at
}
