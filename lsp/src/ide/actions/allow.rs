//! `// quell: allow(rule) `: what a rule says is known here, and why it is fine.

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    lint,
    source::Span,
    syntax::SyntaxKind,
};

use super::{Action, Place};
use crate::ide::Edit;

/// A comment that allows what the finding says; the author adds the reason.
pub fn actions(place: &Place<'_>, finding: &Diagnostic, all: &mut Vec<Action>) {
    if finding.level == Level::Error && lint::find(finding.code).is_none() {
        return;
    }
    let code = finding.code;
    let edit = edit(place, finding.span(), code);
    all.push(Action::repair(format!("Allow `{code}` here, with a reason"), vec![edit], finding));
}

fn edit(place: &Place<'_>, span: Span, code: &str) -> Edit {
    let source = place.snapshot.source(span.file);
    let parse = place.snapshot.parse(span.file);
    let lines = source.lines();
    // A comment can't begin within a text of several lines.
    let in_text = |line: u32| {
        let start = lines.start(line);
        let tokens = parse.tokens_at(start);
        let token = tokens.left_biased().filter(|token| u32::from(token.text_range().end()) > start);
        token.is_some_and(|token| token.kind() != SyntaxKind::Whitespace)
    };
    let mut line = lines.line(span.start);
    while line > 0 && (in_text(line) || source.line(line - 1).trim_start().starts_with("///")) {
        line -= 1;
    }
    if line > 0
        && let Some(list) = source.line(line - 1).trim_start().strip_prefix("// quell: allow(")
        && let Some(close) = list.find(')')
    {
        let above = source.line(line - 1);
        let at = lines.start(line - 1) + (above.len() - list.len() + close) as u32;
        return Edit { span: Span { start: at, end: at, ..span }, replacement: format!(", {code}") };
    }
    let own = source.line(line);
    let indent = &own[..own.len() - own.trim_start().len()];
    let at = lines.start(line);
    let replacement = format!("{indent}// quell: allow({code}) \n");
    Edit { span: Span { start: at, end: at, ..span }, replacement }
}
