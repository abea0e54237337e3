//! Data from outside that becomes a part of code: a line for a shell, a statement, an address.
//!
//! A command is a list of arguments, which keeps data apart from code. A few programs read an argument as
//! code all the same; there, and in addresses, a text has to be quoted. Texts are followed through `let`s,
//! functions and methods; a function counts as quoting if it replaces the character that would end the
//! text.

mod address;
mod commands;
mod method;
mod programs;
mod value;

use crate::{
    diagnostic::Diagnostic,
    findings::effects::unquoted_text::{self, Into},
    graph::{Meaning, ModuleMeaning},
    hir::{
        Action, Binding, BindingEntry, BindingKind, ExprId, ExprKind, ItemKind, LocalId, StatementKind,
        descendants,
    },
    source::{FileId, Span},
    types::{Callee, Type},
};
use address::Part;
use commands::Problem;
use programs::Language;
use value::{Piece, Reader, Value};

/// The findings of a module.
pub(super) fn check(meaning: &Meaning<'_>, file: FileId) -> Vec<Diagnostic> {
    let Some(module) = meaning.module(file) else { return Vec::new() };
    let mut found = Vec::new();
    for item in &module.hir.items {
        match &item.kind {
            ItemKind::Action(action) => {
                for binding in &action.bindings {
                    of_binding(meaning, module, binding, &mut found);
                }
                of_calls(meaning, module, calls_of(action), &[], &mut found);
            }
            ItemKind::Task(task) => {
                let lets = lets_of(&task.body.statements);
                let calls = of_statements(module, &task.body.statements);
                of_calls(meaning, module, calls, &lets, &mut found);
            }
            ItemKind::Playbook(playbook) => {
                let blocks = playbook.parts.iter().filter_map(|part| match &part.body {
                    crate::hir::PartBody::Block(block) => Some(block),
                    crate::hir::PartBody::None { .. } => None,
                });
                let blocks: Vec<_> = blocks.collect();
                let lets: Vec<_> = blocks.iter().flat_map(|block| lets_of(&block.statements)).collect();
                for block in blocks {
                    let calls = of_statements(module, &block.statements);
                    of_calls(meaning, module, calls, &lets, &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

/// The calls of an action's own head and contract.
fn calls_of(action: &Action) -> Vec<ExprId> {
    action.narrows.into_iter().chain(action.contract.undo.as_ref().map(|undo| undo.call)).collect()
}

/// The calls of steps.
fn of_statements(module: ModuleMeaning<'_>, statements: &[crate::hir::Statement]) -> Vec<ExprId> {
    let mut calls = Vec::new();
    walk(statements, &mut |kind| {
        if let StatementKind::Step(step) = kind {
            let step = &module.hir.steps[*step];
            calls.push(step.call);
            calls.extend(step.clauses.undo.as_ref().map(|undo| undo.value.call));
            if let Some(crate::hir::OnFailure::Run(call)) =
                step.clauses.on_failure.as_ref().map(|clause| clause.value)
            {
                calls.push(call);
            }
        }
    });
    calls
}

fn lets_of(statements: &[crate::hir::Statement]) -> Vec<(LocalId, ExprId)> {
    let mut lets = Vec::new();
    walk(statements, &mut |kind| {
        if let StatementKind::Let(statement) = kind {
            lets.push((statement.local, statement.value));
        }
    });
    lets
}

fn walk(statements: &[crate::hir::Statement], visit: &mut dyn FnMut(&StatementKind)) {
    for statement in statements {
        visit(&statement.kind);
        match &statement.kind {
            StatementKind::If(statement) => {
                let blocks = statement.branches.iter().map(|(_, block)| block).chain(&statement.otherwise);
                blocks.for_each(|block| walk(&block.statements, visit));
            }
            StatementKind::Cause(cause) => walk(&cause.body.statements, visit),
            _ => {}
        }
    }
}

/// Lists of arguments that calls pass on: what they are is known, whoever carries them out.
fn of_calls(
    meaning: &Meaning<'_>,
    module: ModuleMeaning<'_>,
    calls: Vec<ExprId>,
    lets: &[(LocalId, ExprId)],
    found: &mut Vec<Diagnostic>,
) {
    let file = module.hir.file;
    for call in calls {
        let Some(meant) = module.call(call) else { continue };
        if !matches!(meant.callee, Callee::Action(_) | Callee::Task(_)) {
            continue;
        }
        for value in (0..meant.arguments.len()).filter_map(|index| meant.given(index)) {
            let texts = matches!(module.types.of(value), Type::List(element) if is_text(element));
            if !texts {
                continue;
            }
            let reader = Reader::new(meaning, lets.to_vec());
            if let Value::List(elements) = reader.read(file, value)
                && let Some(problem) = commands::check(elements, None)
            {
                found.push(report(problem, module.span(value)));
            }
        }
    }
}

fn of_binding(
    meaning: &Meaning<'_>,
    module: ModuleMeaning<'_>,
    binding: &Binding,
    found: &mut Vec<Diagnostic>,
) {
    let file = module.hir.file;
    let lets: Vec<(LocalId, ExprId)> = binding
        .entries
        .iter()
        .filter_map(|entry| match entry {
            BindingEntry::Let(local, value) => Some((*local, *value)),
            _ => None,
        })
        .collect();
    let read = |expr: ExprId| Reader::new(meaning, lets.clone()).read(file, expr);
    let data = |wanted: &str| {
        binding.entries.iter().find_map(|entry| match entry {
            BindingEntry::Data { kind, value } if &*kind.text == wanted => Some(*value),
            _ => None,
        })
    };
    let arguments = match &binding.kind {
        BindingKind::Http { url, .. } => {
            if let Some((part, hole)) = address::unencoded(&read(*url).pieces()) {
                let into = if part == Part::Query { Into::Query } else { Into::Path };
                found.push(unquoted_text::report(
                    into,
                    hole.name.as_deref(),
                    within(hole.span, module.span(*url)),
                ));
            }
            if let Some(body) = data("body") {
                statement(&read(body).pieces(), module.span(body), found);
            }
            None
        }
        BindingKind::Command { arguments } => Some(*arguments),
        BindingKind::Container { .. } => data("args"),
    };
    if let Some(arguments) = arguments {
        let stdin = data("stdin").map(|stdin| read(stdin).pieces());
        let problem = match read(arguments) {
            Value::List(elements) => commands::check(elements, stdin),
            _ => None,
        };
        let input = data("stdin").map_or(module.span(arguments), |stdin| module.span(stdin));
        found.extend(problem.map(|problem| {
            let whole = module.span(arguments);
            let place = problem.span();
            report(problem, if within(place, input) == place { input } else { whole })
        }));
    }
    let sent = binding.entries.iter().filter_map(|entry| match entry {
        BindingEntry::Data { value, .. } => Some(*value),
        _ => None,
    });
    for value in sent.chain(arguments) {
        documents(module, value, &read, found);
    }
}

/// Statements and lines for a shell inside of documents, recognised by their keys.
fn documents(
    module: ModuleMeaning<'_>,
    value: ExprId,
    read: &dyn Fn(ExprId) -> Value,
    found: &mut Vec<Diagnostic>,
) {
    for expr in descendants(&module.hir.exprs, value) {
        let ExprKind::Map(entries) = &module.hir.exprs[expr].kind else { continue };
        for (key, value) in entries {
            let pieces: Vec<Vec<Piece>> = match read(*value) {
                Value::List(elements) => elements.into_iter().map(|one| one.value.pieces()).collect(),
                value => vec![value.pieces()],
            };
            for pieces in pieces {
                match &*key.text {
                    "command" | "commands" | "cmd" | "script" | "scripts" | "user_data" | "UserData"
                        if is_line(&pieces) =>
                    {
                        let problem = commands::unquoted(Language::Shell, &pieces);
                        found.extend(problem.map(|problem| report(problem, module.span(*value))));
                    }
                    _ => statement(&pieces, module.span(*value), found),
                }
            }
        }
    }
}

/// Whether it is more than one word.
fn is_line(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Literal(text) if text.contains(' ')))
}

/// A text that begins like a statement of SQL.
fn statement(pieces: &[Piece], whole: Span, found: &mut Vec<Diagnostic>) {
    const BEGINS: [&str; 14] = [
        "select ",
        "insert into ",
        "update ",
        "delete from ",
        "drop ",
        "alter ",
        "truncate ",
        "create ",
        "grant ",
        "merge into ",
        "with ",
        "call ",
        "replace into ",
        "explain ",
    ];
    const GOES_ON: [&str; 8] = ["from ", "into ", "set ", "table ", "where ", "values", "'", "database "];
    let Some(Piece::Literal(first)) = pieces.first() else { return };
    let begin = first.trim_start().to_ascii_lowercase();
    let all: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => text.to_ascii_lowercase(),
            _ => String::new(),
        })
        .collect();
    let is_statement =
        BEGINS.iter().any(|word| begin.starts_with(word)) && GOES_ON.iter().any(|word| all.contains(word));
    if is_statement && let Some(problem) = commands::unquoted(Language::Sql, pieces) {
        found.push(report(problem, whole));
    }
}

fn report(problem: Problem, whole: Span) -> Diagnostic {
    let (into, hole) = match problem {
        Problem::Split(hole) => (Into::Arguments, hole),
        Problem::Unquoted(Language::Shell, hole) => (Into::Shell, hole),
        Problem::Unquoted(Language::Sql, hole) => (Into::Sql, hole),
        Problem::Unquoted(Language::Code, hole) => (Into::Code, hole),
    };
    unquoted_text::report(into, hole.name.as_deref(), within(hole.span, whole))
}

/// The place of a hole, or of the whole where the hole lies elsewhere.
fn within(hole: Span, whole: Span) -> Span {
    let inside = hole.file == whole.file && whole.start <= hole.start && hole.end <= whole.end;
    if inside { hole } else { whole }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Public)
}
