//! Tree to meaning: literals, texts, docs, and what is said twice.

use quell_compiler::{
    diagnostic::Diagnostic,
    hir::{ExprKind, ItemKind, Literal, Module, PartBody, PatternKind, StatementKind, TextPart, lower},
    source::FileId,
    syntax::parse,
};

const WHOLE: &str = include_str!("fixtures/syntax/whole_language.quell");

fn lowered(text: &str) -> (Module, Vec<Diagnostic>) {
    let parsed = parse(text);
    assert!(parsed.is_good(), "{text}\n{:?}", parsed.diagnostics(FileId(0)));
    lower(FileId(0), &parsed)
}

/// The value of `let x = SOURCE`.
fn value(source: &str) -> ExprKind {
    let (module, diagnostics) = lowered(&format!("let x = {source}"));
    assert_eq!(diagnostics, [], "{source}");
    let ItemKind::Let(item) = &module.items[0].kind else { panic!("{source}") };
    module.exprs[item.value].kind.clone()
}

fn text(source: &str) -> String {
    match value(source) {
        ExprKind::Literal(Literal::Text(text)) => text,
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn the_whole_language_lowers_without_a_finding_or_a_hole() {
    let (module, diagnostics) = lowered(WHOLE);
    assert_eq!(diagnostics, []);
    assert_eq!(
        module.docs,
        "Every form of the language at least once. It parses; it isn't meant to run.\nTwo lines of file docs."
    );
    assert!(module.exprs.iter().all(|(_, expr)| !matches!(expr.kind, ExprKind::Missing)));
    assert_eq!(module.uses.len(), 4);
    assert_eq!(&*module.uses[3].path.text, "ops.databases");
    let playbook = module.items.iter().find_map(|item| match &item.kind {
        ItemKind::Playbook(playbook) => Some((item, playbook)),
        _ => None,
    });
    let (item, playbook) = playbook.unwrap();
    assert_eq!((&*item.name.text, item.docs.as_str()), ("everything", "Everything at once."));
    assert_eq!((playbook.triggers.len(), playbook.inputs.len(), playbook.parts.len()), (2, 2, 4));
    assert_eq!(playbook.inputs[0].docs, "Which one.");
    let PartBody::Block(remediate) = &playbook.parts[3].body else { panic!() };
    let StatementKind::If(choice) = &remediate.statements[0].kind else { panic!() };
    let StatementKind::Step(moved) = choice.branches[0].1.statements[0].kind else { panic!() };
    let moved = &module.steps[moved];
    let approve = &moved.clauses.approve.as_ref().unwrap().value;
    assert_eq!(approve.groups.len(), 2);
    assert!(approve.when.is_some() && approve.within.is_some() && approve.else_skip.is_some());
    assert!(moved.clauses.when.is_none() && moved.clauses.irreversible.is_some());
}

#[test]
fn each_local_knows_its_item() {
    let (module, _) = lowered(WHOLE);
    for (_, local) in module.locals.iter() {
        let item = &module.items[local.item as usize];
        assert!(
            item.span.start <= local.name.span.start && local.name.span.end <= item.span.end,
            "{local:?}"
        );
    }
}

#[test]
fn numbers_have_their_values() {
    let literal = |source| match value(source) {
        ExprKind::Literal(literal) => literal,
        other => panic!("{other:?}"),
    };
    assert_eq!(literal("1_000"), Literal::Int(1000));
    assert_eq!(literal("-9223372036854775808"), Literal::Int(i64::MIN));
    assert_eq!(literal("2.50"), Literal::Float(2.5));
    assert_eq!(literal("0.5%"), Literal::Percent(0.5));
    assert_eq!(literal("1h30m"), Literal::Duration(5_400_000_000_000));
    assert_eq!(literal("512MiB"), Literal::Size(512 << 20));
    assert_eq!(literal("none"), Literal::None);
}

#[test]
fn numbers_without_a_value_are_reported() {
    for (source, code) in [
        ("9223372036854775808", "number-out-of-range"),
        ("300000d", "number-out-of-range"),
        ("0.5B", "number-out-of-range"),
        ("30m1h", "malformed-number"),
    ] {
        let (_, diagnostics) = lowered(&format!("let x = {source}"));
        let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [code], "{source}");
        let span = diagnostics[0].span();
        assert_eq!((span.start, span.end), (8, 8 + source.len() as u32));
    }
}

#[test]
fn escapes_are_resolved() {
    assert_eq!(text(r#""a\n\t\r\"\\\$\u{1F525}""#), "a\n\t\r\"\\$\u{1F525}");
    assert_eq!(text("\"\""), "");
    let (_, diagnostics) = lowered(r#"let x = "\u{D800}""#);
    assert_eq!(diagnostics[0].code, "unknown-escape");
}

#[test]
fn text_blocks_lose_their_indentation() {
    let cases = [
        ("\"\"\"\n    a\n      b\n    \"\"\"", "a\n  b"),
        ("\"\"\"\n      a\n    b\n      \"\"\"", "  a\nb"),
        ("\"\"\"\n    a\n  \"\"\"", "  a"),
        ("\"\"\"\n    a\n\n    b\"\"\"", "a\n\nb"),
        ("\"\"\"one line\"\"\"", "one line"),
        ("\"\"\"  first\n    second\n    \"\"\"", "  first\nsecond"),
        ("\"\"\"\n\ta\r\n\t\tb\r\n\t\"\"\"", "a\n\tb"),
        ("\"\"\"\"\"\"", ""),
        ("\"\"\"\n\"\"\"", ""),
        ("\"\"\"\n  a\n\n  \"\"\"", "a\n"),
        ("\"\"\"\n  say \"hi\" \\\"\"\" \\\\\n  \"\"\"", "say \"hi\" \"\"\" \\"),
        ("\"\"\"\n  a \n     \n  b\n  \"\"\"", "a \n\nb"),
    ];
    for (source, expected) in cases {
        assert_eq!(text(source), expected, "{source}");
    }
}

#[test]
fn interpolations_part_a_text() {
    let ExprKind::Text(parts) = value("\"\"\"\n  a ${b}\n    ${c}\n  \"\"\"") else { panic!() };
    let shown: Vec<_> = parts
        .iter()
        .map(|part| match part {
            TextPart::Literal(text) => text.as_str(),
            TextPart::Value(_) => "$",
        })
        .collect();
    assert_eq!(shown, ["a ", "$", "\n  ", "$"]);
}

#[test]
fn negative_patterns_and_ranges() {
    let (module, _) = lowered("fn f(a: Int) -> Int = match a { -2 to -1 => 1, < 0 => 2, x => 3, else => 4 }");
    let ItemKind::Function(function) = &module.items[0].kind else { panic!() };
    let ExprKind::Match { arms, .. } = &module.exprs[function.body].kind else { panic!() };
    let PatternKind::Range(Literal::Int(-2), Literal::Int(-1)) = arms[0].patterns[0].kind else { panic!() };
    let PatternKind::Name { binding: Some(_), .. } = arms[2].patterns[0].kind else { panic!() };
}

#[test]
fn not_in_is_not_of_in() {
    assert!(matches!(value("a not in b"), ExprKind::Unary(..)));
}

#[test]
fn a_clause_said_twice_is_reported_at_the_second() {
    let source = "playbook a {\n  enrich {\n    step b = c()\n      timeout 1s\n      timeout 2s\n  }\n}\n";
    let (_, diagnostics) = lowered(source);
    assert_eq!(diagnostics.len(), 1);
    let span = diagnostics[0].span();
    assert_eq!(&source[span.start as usize..span.end as usize], "timeout 2s");
    let (module, _) = lower(FileId(0), &parse(source));
    let timeout = module.steps.iter().next().unwrap().1.clauses.timeout.as_ref().unwrap();
    assert!(matches!(module.exprs[timeout.value].kind, ExprKind::Literal(Literal::Duration(1_000_000_000))));
}

#[test]
fn a_minus_belongs_to_its_literal() {
    assert!(matches!(value("-5m"), ExprKind::Literal(Literal::Duration(-300_000_000_000))));
    assert!(matches!(value("-a"), ExprKind::Unary(..)));
}

#[test]
fn a_broken_interpolation_is_a_hole() {
    let (module, _) = lower(FileId(0), &parse("let x = \"a ${1 2} b\"\n"));
    assert!(module.exprs.iter().any(|(_, expr)| matches!(expr.kind, ExprKind::Missing)));
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
