//! Programs that nobody writes: the check neither panics nor loses itself in them.

use std::fmt::Write;

use quell_compiler::{
    check::Checked,
    source::{FileId, SourceFile},
    world::World,
};

use crate::support::{check_files, check_text, line, quell_files, world};

/// Checks a program that must have no errors.
fn fine(text: &str) -> Checked {
    let (world, checked) = check_text(text);
    let lines: Vec<String> = checked.diagnostics.iter().take(5).map(|found| line(&world, found)).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    checked
}

/// Checks a program that has errors, with places that lie in its text.
fn broken(text: &str) -> Checked {
    let (world, checked) = check_text(text);
    for found in &checked.diagnostics {
        for label in &found.labels {
            let range = label.span.start as usize..label.span.end as usize;
            assert!(world.source(label.span.file).text.get(range).is_some(), "{}", line(&world, found));
        }
    }
    checked
}

const READ: &str = "action read(number: Int) -> Int reads\n";

#[test]
fn five_thousand_steps_in_a_chain() {
    let mut text = format!("{READ}task chain() -> Int {{\n  step s0 = read(0)\n");
    for step in 1..5_000 {
        writeln!(text, "  step s{step} = read(s{})", step - 1).unwrap();
    }
    text.push_str("  return s4999\n}\n");
    fine(&text);
}

#[test]
fn five_thousand_steps_in_a_chain_from_behind() {
    let mut text = format!("{READ}task chain() -> Int {{\n");
    for step in 0..5_000 {
        writeln!(text, "  step s{step} = read(s{})", step + 1).unwrap();
    }
    text.push_str("  step s5000 = read(0)\n  return s0\n}\n");
    fine(&text);
}

#[test]
fn a_step_that_names_two_thousand_others() {
    let mut text = format!("{READ}task wide() -> Int {{\n");
    let mut names = Vec::new();
    for step in 0..2_000 {
        writeln!(text, "  step s{step} = read({step})").unwrap();
        names.push(format!("s{step}"));
    }
    writeln!(text, "  let all = [{}]\n  return all.sum()\n}}", names.join(", ")).unwrap();
    fine(&text);
}

#[test]
fn a_match_with_five_thousand_arms() {
    let mut text = "fn name(number: Int) -> Text = match number {\n".to_owned();
    for arm in 0..5_000 {
        writeln!(text, "  {} to {} => \"{arm}\",", arm * 10, arm * 10 + 9).unwrap();
    }
    text.push_str("  < 0 => \"less\",\n  >= 50000 => \"more\",\n}\n");
    fine(&text);
    let gap = text.replace("  30000 to 30009 => \"3000\",\n", "");
    let (_, checked) = check_text(&gap);
    assert_eq!(checked.diagnostics.len(), 1);
    assert_eq!(checked.diagnostics[0].message, "this `match` doesn't cover `30000`");
}

#[test]
fn an_enum_with_five_thousand_variants() {
    let names: Vec<String> = (0..5_000).map(|variant| format!("v{variant}")).collect();
    let arms: Vec<String> = names.iter().map(|name| format!("  {name} => 1,\n")).collect();
    let text = format!(
        "enum Many {{ {} }}\nfn number(many: Many) -> Int = match many {{\n{}}}\n",
        names.join(", "),
        arms.concat()
    );
    fine(&text);
}

#[test]
fn expressions_as_deep_as_the_syntax_lets_them_be() {
    for depth in [50, 90, 300, 20_000] {
        broken(&format!("fn f(x: Int) -> Int = {}x{}\n", "(".repeat(depth), ")".repeat(depth)));
        broken(&format!("fn f(x: Int) -> Int = {}x\n", "x + ".repeat(depth)));
        broken(&format!("fn f(x: Bool) -> Bool = {}x\n", "x and ".repeat(depth)));
        broken(&format!(
            "fn f(x: Int) -> Int = {}x{}\n",
            "if true then ".repeat(depth),
            " else x".repeat(depth)
        ));
        broken(&format!("fn f(x: Json) -> Json = x{}\n", ".a".repeat(depth)));
        broken(&format!("fn f(x: Text) -> Text = x{}\n", ".trim()".repeat(depth)));
        broken(&format!("fn f() -> Json = {}{}\n", "[".repeat(depth), "]".repeat(depth)));
        broken(&format!("fn f(x: {}Int{}) -> Int = 1\n", "List<".repeat(depth), ">".repeat(depth)));
        broken(&format!("fn f(x: Int{}) -> Int = 1\n", "?".repeat(depth)));
        let lambdas = "xs.any(x => ".repeat(depth);
        broken(&format!("fn f(xs: List<Int>) -> Bool = {lambdas}true{}\n", ")".repeat(depth)));
        let matches = "match x { else => ".repeat(depth);
        broken(&format!("fn f(x: Int) -> Int = {matches}x{}\n", " }".repeat(depth)));
        let groups = "if true {\n".repeat(depth);
        broken(&format!("{READ}task t() {{\n{groups}step s = read(1)\n{}}}\n", "}\n".repeat(depth)));
    }
}

#[test]
fn types_that_grow_with_each_declaration() {
    let mut text = "type T0 = Int\n".to_owned();
    for alias in 1..2_000 {
        writeln!(text, "type T{alias} = List<T{}>", alias - 1).unwrap();
    }
    broken(&text);
    let mut text = "type T2000 = Int\n".to_owned();
    for alias in (0..2_000).rev() {
        text.insert_str(0, &format!("type T{alias} = List<T{}>\n", alias + 1));
    }
    broken(&text);
    let mut text = format!("{READ}task t() {{\n  let l0 = [1]\n");
    for name in 1..2_000 {
        writeln!(text, "  let l{name} = [l{}]", name - 1).unwrap();
    }
    text.push_str("}\n");
    broken(&text);
    let mut text = "record R0 { a: Int }\n".to_owned();
    for record in 1..3_000 {
        writeln!(text, "record R{record} {{ a: R{}, b: R{} }}", record - 1, record - 1).unwrap();
    }
    writeln!(text, "fn shown(r: R2999) -> Text = \"${{r}}\"").unwrap();
    fine(&text);
}

#[test]
fn two_thousand_unknown_names() {
    let mut text = format!("{READ}task t() {{\n");
    for step in 0..2_000 {
        writeln!(text, "  step s{step} = read(unknown_{step})").unwrap();
    }
    text.push_str("}\n");
    let checked = broken(&text);
    assert_eq!(checked.diagnostics.len(), 2_000);
    assert!(checked.diagnostics.iter().all(|found| found.code == "unknown-name"));
}

#[test]
fn a_hundred_modules_in_a_circle() {
    let mut world = world();
    let mut files = Vec::new();
    for module in 0..100 {
        let next = (module + 1) % 100;
        let text =
            format!("use m{next}\nfn own(x: Int) -> Int = x\nfn other(x: Int) -> Int = m{next}.own(x) + 1\n");
        files.push(world.add(&format!("m{module}"), SourceFile::new(format!("m{module}.quell"), text)));
    }
    let checked = check_files(&world, &files);
    let lines: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
    assert_eq!(checked.diagnostics.len(), 1, "{}", lines.join("\n"));
    assert_eq!(checked.diagnostics[0].code, "cyclic-use");
    assert!(checked.diagnostics[0].notes[0].contains("`m98` → `m99` → `m0`"), "{}", lines[0]);
}

#[test]
fn a_thousand_modules_in_a_chain() {
    let mut world = world();
    let mut last = FileId(0);
    for module in 0..1_000 {
        let text = match module {
            0 => "fn own(x: Int) -> Int = x\n".to_owned(),
            _ => format!("use m{0}\nfn own(x: Int) -> Int = m{0}.own(x)\n", module - 1),
        };
        last = world.add(&format!("m{module}"), SourceFile::new(format!("m{module}.quell"), text));
    }
    let checked = check_files(&world, &[last]);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics.first());
}

/// All sources of the repository, cut in places of all kinds.
#[test]
fn sources_cut_anywhere_are_checked_to_their_end() {
    let files: Vec<_> =
        ["stdlib/std", "examples", "compiler/tests/fixtures"].into_iter().flat_map(quell_files).collect();
    assert!(files.len() > 50);
    for (number, path) in files.iter().enumerate() {
        let text = std::fs::read_to_string(path).unwrap();
        // Places that differ from file to file, and are the same each time.
        let part = number % 2;
        let mut at = (text.len() * part / 2 + number * 37 + part * 11) % text.len().max(1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        broken(&text[..at]);
        let (before, behind) = text.split_at(at);
        let behind: String = behind.chars().skip(1 + number % 7).collect();
        broken(&format!("{before}{behind}"));
    }
}
