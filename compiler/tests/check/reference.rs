//! The reference's tables say what the compiler's tables say.

use std::{collections::BTreeSet, fs};

use quell_compiler::types::{METHODS, OPERATIONS, Receiver};

use crate::support::root;

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs/language").join(name)).unwrap()
}

/// The words in backticks.
fn words(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_page_on_units_has_all_operations_and_no_other() {
    const QUANTITIES: [&str; 6] = ["Int", "Float", "Percent", "Duration", "Size", "Time"];
    let page = page("units.md");
    let mut written = BTreeSet::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [left, operators, right, result] = cells.as_slice() else { continue };
        for left in words(left).into_iter().filter(|left| QUANTITIES.contains(left)) {
            for right in words(right) {
                for operator in words(operators) {
                    let result = match words(result).first() {
                        Some(result) => *result,
                        None if result.contains("left") => left,
                        None => right,
                    };
                    assert!(
                        written.insert(format!("{left} {operator} {right} = {result}")),
                        "`{left} {operator} {right}` stands there twice"
                    );
                }
            }
        }
    }
    let known: BTreeSet<String> = OPERATIONS
        .iter()
        .map(|operation| {
            let (left, right) = (operation.left, operation.right);
            format!("{left:?} {} {right:?} = {:?}", operation.operator.symbol(), operation.result)
        })
        .collect();
    assert_eq!(written, known);
}

#[test]
fn the_page_on_values_has_all_methods_and_no_other() {
    let page = page("values.md");
    let (_, methods) = page.split_once("### Lists").unwrap();
    let sections = format!("### Lists{methods}");
    for (heading, receivers) in [
        ("### Lists", &[Receiver::List][..]),
        ("### Texts", &[Receiver::Text]),
        ("### Maps", &[Receiver::Map]),
    ] {
        let (_, behind) = sections.split_once(heading).unwrap();
        let section = behind.split("\n#").next().unwrap_or_default();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let written: BTreeSet<&str> = rows
            .flat_map(|row| words(row.trim_matches('|').split('|').next().unwrap_or_default()))
            .map(|call| call.split('(').next().unwrap_or_default())
            .collect();
        let known: BTreeSet<&str> = METHODS
            .iter()
            .filter(|method| receivers.contains(&method.receiver) && method.name != "to_text")
            .map(|method| method.name)
            .collect();
        let written: BTreeSet<&str> = written.into_iter().filter(|name| *name != "to_text").collect();
        assert_eq!(written, known, "{heading}");
    }
}
