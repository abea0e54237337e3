//! Lowering: texts, numbers, clauses, and that whole files keep what they say.

use quell_compiler::{
    diagnostic::Diagnostic,
    hir::{BinaryOp, ExprKind, ItemKind, Literal, Module, PartBody, StatementKind, TextPart, lower},
    source::FileId,
    syntax::parse,
};

fn module(text: &str) -> (Module, Vec<Diagnostic>) {
    lower(FileId(0), &parse(text))
}

/// The value of the first `let` of a module.
fn value(text: &str) -> ExprKind {
    let (module, _) = module(&format!("let x: Text = {text}\n"));
    let ItemKind::Let(item) = &module.items[0].kind else { panic!("not a let: {text}") };
    module.exprs[item.value].kind.clone()
}

fn text(source: &str) -> String {
    match value(source) {
        ExprKind::Literal(Literal::Text(text)) => text,
        other => panic!("not a plain text: {other:?}"),
    }
}

#[test]
fn escapes_stand_for_their_characters() {
    assert_eq!(text(r#""a\"\\\$\n\t\u{e9}""#), "a\"\\$\n\té");
    assert_eq!(text(r#""""#), "");
}

#[test]
fn a_text_block_loses_its_own_lines_and_indentation() {
    assert_eq!(text("\"\"\"\n  a\n    b\n\n  c\n  \"\"\""), "a\n  b\n\nc");
    // The closing quotes set the margin if they stand further out.
    assert_eq!(text("\"\"\"\n    a\n  \"\"\""), "  a");
    assert_eq!(text("\"\"\"one \"line\" \"\"\""), "one \"line\" ");
    assert_eq!(text("\"\"\"\n  a\r\n  b\r\n  \"\"\""), "a\nb");
    assert_eq!(text("\"\"\"\n\"\"\""), "");
    assert_eq!(text("\"\"\"\n  a\n\n  \"\"\""), "a\n");
}

#[test]
fn interpolations_split_a_text() {
    let ExprKind::Text(parts) = value("\"\"\"\n  a ${b}\n  ${c} d\n  \"\"\"") else { panic!("not a text") };
    let parts: Vec<_> = parts
        .iter()
        .map(|part| match part {
            TextPart::Literal(text) => text.as_str(),
            TextPart::Value(_) => "${}",
        })
        .collect();
    assert_eq!(parts, ["a ", "${}", "\n", "${}", " d"]);
}

#[test]
fn a_minus_belongs_to_its_literal_and_not_in_is_a_negation() {
    assert!(matches!(value("-5m"), ExprKind::Literal(Literal::Duration(-300_000_000_000))));
    let (module, _) = module("let x: Bool = 1 not in [2]\n");
    assert!(module.exprs.iter().any(|(_, expr)| matches!(expr.kind, ExprKind::Binary(BinaryOp::In, ..))));
    assert!(module.exprs.iter().any(|(_, expr)| matches!(expr.kind, ExprKind::Unary(..))));
}

#[test]
fn a_number_that_does_not_fit_is_said_once() {
    let (_, findings) = module("let x: Int = 99999999999999999999\n");
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["number-out-of-range"]);
}

#[test]
fn the_first_of_two_clauses_holds() {
    let text = "playbook p {\n  enrich {\n    step a = b()\n      timeout 5s\n      timeout 6s\n  }\n}\n";
    let (module, findings) = module(text);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["duplicate-clause"]);
    let ItemKind::Playbook(playbook) = &module.items[0].kind else { panic!("not a playbook") };
    let PartBody::Block(block) = &playbook.parts[0].body else { panic!("not a block") };
    let StatementKind::Step(step) = block.statements[0].kind else { panic!("not a step") };
    let timeout = module.steps[step].clauses.timeout.as_ref().expect("a timeout");
    assert!(matches!(module.exprs[timeout.value].kind, ExprKind::Literal(Literal::Duration(5_000_000_000))));
}

#[test]
fn the_library_lowers_without_a_hole() {
    for (path, text) in quell_stdlib::modules() {
        let parsed = parse(text);
        assert!(parsed.is_good(), "{path}: {:#?}", parsed.diagnostics(FileId(0)));
        let (module, findings) = lower(FileId(0), &parsed);
        assert!(findings.is_empty(), "{path}: {findings:#?}");
        let hole = module.exprs.iter().find(|(_, expr)| matches!(expr.kind, ExprKind::Missing));
        assert!(hole.is_none(), "{path}: {hole:?}");
    }
}
