//! What a dry run is given in place of documents: one with the members that the playbook names.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    access::is_word,
    book::NUMBER,
    names::{quoted, snake},
    template::Part,
};

/// A document.
#[derive(Debug, Default)]
enum Sample {
    #[default]
    Text,
    Number,
    Object(IndexMap<String, Sample>),
    List(Box<Sample>),
}

/// A document that has all these members, as an expression.
pub fn sample(ways: &BTreeSet<Vec<Part>>, name: &str) -> String {
    let mut root = Sample::Object(IndexMap::new());
    for way in ways {
        match way.strip_suffix(NUMBER) {
            Some(way) => insert(&mut root, way, Sample::Number),
            None => insert(&mut root, way, Sample::Text),
        }
    }
    let mut code = String::new();
    write(&root, name, &mut code);
    code
}

fn insert(at: &mut Sample, way: &[Part], leaf: Sample) {
    let Some((first, rest)) = way.split_first() else {
        if matches!(at, Sample::Text) {
            *at = leaf;
        }
        return;
    };
    match first {
        Part::Member(name) => {
            if matches!(at, Sample::Text | Sample::Number) {
                *at = Sample::Object(IndexMap::new());
            }
            match at {
                Sample::Object(members) => insert(members.entry(name.clone()).or_default(), rest, leaf),
                // Members of a list are those of its elements.
                Sample::List(element) => insert(element, way, leaf),
                Sample::Text | Sample::Number => {}
            }
        }
        Part::Element(_) | Part::All => {
            match at {
                Sample::List(_) => {}
                Sample::Object(members) if members.is_empty() => *at = Sample::List(Box::default()),
                Sample::Object(_) => return,
                Sample::Text | Sample::Number => *at = Sample::List(Box::default()),
            }
            if let Sample::List(element) = at {
                insert(element, rest, leaf);
            }
        }
    }
}

fn write(sample: &Sample, name: &str, code: &mut String) {
    match sample {
        Sample::Text => code.push_str(&quoted(&snake(name).replace('_', " "))),
        Sample::Number => code.push('1'),
        Sample::List(element) => {
            code.push('[');
            write(element, name, code);
            code.push(']');
        }
        Sample::Object(members) if members.is_empty() => code.push_str("{}"),
        Sample::Object(members) => {
            code.push_str("{ ");
            for (at, (key, value)) in members.iter().enumerate() {
                code.push_str(if at > 0 { ", " } else { "" });
                code.push_str(&if is_word(key) { key.clone() } else { quoted(key) });
                code.push_str(": ");
                write(value, key, code);
            }
            code.push_str(" }");
        }
    }
}
