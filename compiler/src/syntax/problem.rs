//! What is wrong with a text, in words.

use super::tree::Problem;
use crate::{
    diagnostic::Diagnostic,
    source::{FileId, Span},
};

/// The findings of a chunk; their places are offsets in it.
pub(crate) fn diagnose(_text: &str, problems: &[Problem]) -> Vec<Diagnostic> {
    problems
        .iter()
        .map(|problem| {
            let span = Span::new(FileId(0), problem.start as u32, problem.end as u32);
            Diagnostic::error("unexpected-text", span, format!("unexpected text: {:?}", problem.kind))
        })
        .collect()
}
