#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;

fn one(text: &str) -> Node {
    let yaml = parse(text);
    assert_eq!(yaml.mistake, None, "{text}");
    yaml.documents.into_iter().next().unwrap()
}

fn shown<'t>(text: &'t str, node: &Node) -> &'t str {
    &text[node.span.start as usize..node.span.end as usize]
}

#[test]
fn values_know_where_they_stand() {
    let text = "a: größe\nb:\n  - 'x'\n  - {c: \"d\"}\n\nlast: |\n  two\n  lines\n\n# end\n";
    let node = one(text);
    assert_eq!(shown(text, node.get("a").unwrap()), "größe");
    let list = node.get("b").unwrap();
    assert_eq!(shown(text, &list.elements()[0]), "'x'");
    assert_eq!(list.elements()[0].text(), Some("x"));
    assert_eq!(shown(text, &list.elements()[1]), "{c: \"d\"}");
    assert_eq!(shown(text, list), "- 'x'\n  - {c: \"d\"}");
    assert_eq!(node.get("last").unwrap().text(), Some("two\nlines\n"));
    assert!(node.get("nothing").is_none());
}

#[test]
fn a_comment_behind_a_text_is_no_part_of_it() {
    for quoted in ["'it''s # here'", "\"a \\\" # b\"", "'x'"] {
        let text = format!("a: {quoted} # beside\n# below\nb: 1\n");
        assert_eq!(shown(&text, one(&text).get("a").unwrap()), quoted);
        let text = format!("a: {quoted} # at the end\n");
        assert_eq!(shown(&text, one(&text).get("a").unwrap()), quoted);
    }
}

#[test]
fn documents_stand_behind_each_other() {
    let yaml = parse("a: 1\n---\n- b\n---\n");
    let words: Vec<&str> = yaml.documents.iter().map(Node::word).collect();
    assert_eq!(words, ["a mapping", "a list", "nothing"]);
    assert_eq!(parse(""), Yaml::default());
}

#[test]
fn aliases_mean_what_they_name() {
    let text = "a: &x [1, 2]\nb: *x\n";
    let node = one(text);
    assert_eq!(node.get("b").unwrap().elements().len(), 2);
    assert_eq!(shown(text, node.get("b").unwrap()), "*x");
}

#[test]
fn what_stands_before_a_mistake_is_kept() {
    let text = "a: 1\nb: [2, 3\nc: }\n";
    let yaml = parse(text);
    let mistake = yaml.mistake.unwrap();
    assert!(mistake.at >= 8, "{mistake:?}");
    assert_eq!(yaml.documents[0].get("a").unwrap().text(), Some("1"));
}

#[test]
fn hostile_files_cost_little() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='j').zip('a'..) {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{of}"); 9].join(", "));
    }
    assert!(parse(&bomb).mistake.unwrap().message.contains("values"));
    for deep in ["[".repeat(100_000), "- ".repeat(50_000), "{a: ".repeat(50_000)] {
        assert!(parse(&deep).mistake.is_some());
    }
    assert!(parse("a: &a [*a]\n").mistake.is_some());
}

#[test]
fn any_text_can_be_read() {
    let text = "a: &x größe # c\nb:\n  - *x\n  - \"\\u00e9\"\n? [k]\n: >-\n  folded\n...\n--- !t\n{x: [1]}\n";
    for (at, _) in text.char_indices() {
        for cut in [&text[..at], &text[at..]] {
            for document in parse(cut).documents {
                let _ = shown(cut, &document);
            }
        }
    }
}
