//! `// quell: allow(rule, ...) reason`.
//!
//! At the end of a line it applies to that line; on a line of its own, to what starts on the next one: a
//! whole item, statement or clause. Errors of the compiler can't be allowed.

use std::{cell::Cell, collections::BTreeMap};

use super::codes::resolve;
use crate::{
    check::CheckedModule,
    hir::{Block, PartBody, Statement, StatementKind},
    source::{FileId, SourceFile, Span},
    syntax::{self, SyntaxKind},
};

/// A suppression.
#[derive(Debug)]
pub(super) struct Suppression {
    /// The comment.
    pub comment: Span,
    /// The comment with the space before it, or with its whole line.
    pub removal: Span,
    /// What it applies to.
    pub covers: Span,
    /// The rules, each with its place, and whether it kept something quiet.
    pub rules: Vec<Allowed>,
    /// Whether a reason follows them.
    pub has_reason: bool,
}

impl Suppression {
    /// The rules, or the comment if it names none.
    pub fn place(&self) -> Span {
        match (self.rules.first(), self.rules.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.comment,
        }
    }
}

/// A rule in a suppression.
#[derive(Debug)]
pub(super) struct Allowed {
    /// The code as it is written.
    pub written: String,
    /// The code as it is named now.
    pub code: String,
    pub span: Span,
    pub used: Cell<bool>,
}

/// The suppressions of a file, in source order.
pub(super) fn read(file: FileId, source: &SourceFile, module: &CheckedModule) -> Vec<Suppression> {
    let text = &*source.text;
    if !text.contains("quell:") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let parsed = syntax::parse(text);
    let mut widest = None;
    for token in parsed.syntax().descendants_with_tokens().filter_map(|element| element.into_token()) {
        if token.kind() != SyntaxKind::Comment {
            continue;
        }
        let start: u32 = token.text_range().start().into();
        let Some((list, reason)) = parse(token.text()) else { continue };
        let list_start = start + (list.as_ptr() as usize - token.text().as_ptr() as usize) as u32;
        let comment = Span::new(file, start, start + token.text().trim_end().len() as u32);
        let mut rules = Vec::new();
        let mut at = list_start;
        for part in list.split(',') {
            let code = part.trim();
            let begin = at + (part.len() - part.trim_start().len()) as u32;
            let span = Span::new(file, begin, begin + code.len() as u32);
            if !code.is_empty() {
                let current = resolve(code).map_or(code, |named| named.code());
                let (written, code) = (code.to_owned(), current.to_owned());
                rules.push(Allowed { written, code, span, used: Cell::new(false) });
            }
            at += part.len() as u32 + 1;
        }
        let widest = widest.get_or_insert_with(|| widest_of_lines(source, module));
        let covers = covered(file, source, widest, start);
        let removal = removal(source, comment);
        found.push(Suppression { comment, removal, covers, rules, has_reason: !reason.trim().is_empty() });
    }
    found
}

/// The comments of a file that are addressed to Quell but aren't understood.
pub(super) fn misspelt(file: FileId, source: &SourceFile) -> Vec<Span> {
    let text = &*source.text;
    if !text.contains("quell:") {
        return Vec::new();
    }
    let parsed = syntax::parse(text);
    let tokens = parsed.syntax().descendants_with_tokens().filter_map(|element| element.into_token());
    let comments = tokens.filter(|token| token.kind() == SyntaxKind::Comment);
    let misspelt = comments.filter(|token| match addressed(token.text()) {
        Some(_) => parse(token.text()).is_none_or(|(list, _)| list.trim().is_empty()),
        None => false,
    });
    let span = |range: syntax::TextRange| Span::new(file, range.start().into(), range.end().into());
    misspelt.map(|token| span(token.text_range())).collect()
}

/// Whether a part of a file holds comments that are meant for people.
pub(super) fn has_remarks(source: &SourceFile, span: Span) -> bool {
    if !source.part(span).contains("//") {
        return false;
    }
    let parsed = syntax::parse(&source.text);
    let tokens = parsed.syntax().descendants_with_tokens().filter_map(|element| element.into_token());
    let mut comments = tokens.filter(|token| token.kind().is_trivia() && token.text().starts_with("//"));
    comments.any(|token| {
        let (start, end): (u32, u32) = (token.text_range().start().into(), token.text_range().end().into());
        span.start < end && start < span.end && addressed(token.text()).is_none()
    })
}

/// What a comment tells Quell.
fn addressed(comment: &str) -> Option<&str> {
    comment.strip_prefix("//")?.trim_start().strip_prefix("quell:")
}

/// The list and the reason of a comment.
fn parse(comment: &str) -> Option<(&str, &str)> {
    let rest = addressed(comment)?.trim_start().strip_prefix("allow")?.trim_start().strip_prefix('(')?;
    rest.split_once(')')
}

/// By line: the longest item, statement or clause that starts on it.
fn widest_of_lines(source: &SourceFile, module: &CheckedModule) -> BTreeMap<u32, Span> {
    let mut widest: BTreeMap<u32, Span> = BTreeMap::new();
    for span in spans(module) {
        let known = widest.entry(source.lines().line(span.start)).or_insert(span);
        if span.end - span.start >= known.end - known.start {
            *known = span;
        }
    }
    widest
}

/// What a comment at `start` applies to.
fn covered(file: FileId, source: &SourceFile, widest: &BTreeMap<u32, Span>, start: u32) -> Span {
    let lines = source.lines();
    let line = lines.line(start);
    let own = source.line(line);
    if !own.trim_start().starts_with("//") {
        return Span::new(file, lines.start(line), lines.start(line) + own.len() as u32);
    }
    let next = (line + 1..lines.count()).find(|next| {
        let text = source.line(*next).trim();
        !text.is_empty() && !text.starts_with("//")
    });
    let Some(next) = next else { return Span::new(file, start, start) };
    let line = Span::new(file, lines.start(next), lines.start(next) + source.line(next).len() as u32);
    widest.get(&next).map_or(line, |widest| line.to(*widest))
}

/// What is removed with a comment: its line, or the end of it.
fn removal(source: &SourceFile, comment: Span) -> Span {
    let line = source.lines().line(comment.start);
    let start = source.lines().start(line);
    let before = source.part(Span { start, end: comment.start, ..comment });
    match before.trim_end() {
        "" => Span { start, end: source.lines().start(line + 1).max(comment.end), ..comment },
        code => Span { start: start + code.len() as u32, ..comment },
    }
}

/// All that a suppression may apply to as a whole: items, statements, clauses.
fn spans(module: &CheckedModule) -> Vec<Span> {
    let mut spans = Vec::new();
    for item in &module.hir.items {
        // A `private` comes before the item.
        spans.push(item.private.map_or(item.span, |private| private.to(item.span)));
        match &item.kind {
            crate::hir::ItemKind::Playbook(playbook) => {
                for part in &playbook.parts {
                    if let PartBody::Block(block) = &part.body {
                        spans.push(part.keyword.to(block.span));
                        statements(&block.statements, &mut spans);
                    }
                }
            }
            crate::hir::ItemKind::Task(task) => statements(&task.body.statements, &mut spans),
            crate::hir::ItemKind::Scenario(scenario) => {
                spans.extend(scenario.givens.iter().map(|given| given.span));
                spans.extend(scenario.expects.iter().map(|expect| expect.span));
            }
            _ => {}
        }
    }
    for (_, step) in module.hir.steps.iter() {
        spans.push(step.span);
    }
    spans
}

fn statements(list: &[Statement], spans: &mut Vec<Span>) {
    for statement in list {
        spans.push(statement.span);
        let blocks: Vec<&Block> = match &statement.kind {
            StatementKind::If(group) => {
                group.branches.iter().map(|(_, block)| block).chain(&group.otherwise).collect()
            }
            StatementKind::Cause(cause) => vec![&cause.body],
            _ => Vec::new(),
        };
        for block in blocks {
            statements(&block.statements, spans);
        }
    }
}
