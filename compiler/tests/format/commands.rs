//! The words of a command fill lines; a flag and its value stay together.

use quell_compiler::{format::format, syntax::parse};

use crate::sound;

/// The lines of a command with these words, as they are formatted.
fn lines(words: &[&str]) -> Vec<String> {
    let text = format!("action a() changes {{\n  command [{}]\n}}\n", words.join(", "));
    let formatted = sound(&text);
    assert_eq!(format(&parse(&formatted)).text, formatted, "twice is once");
    let lines = formatted.lines().skip(1).take_while(|line| *line != "}");
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn what_fits_is_one_line() {
    assert_eq!(lines(&["\"kubectl\"", "\"get\"", "\"pods\""]), ["command [\"kubectl\", \"get\", \"pods\"]"]);
}

#[test]
fn words_fill_lines_and_pairs_stay_together() {
    let words = [
        "\"kubectl\"",
        "\"rollout\"",
        "\"undo\"",
        "\"deployment/${workload.name}\"",
        "\"--to-revision=41\"",
        "\"--namespace\"",
        "\"a_namespace_with_a_long_name\"",
        "\"--timeout=30s\"",
    ];
    assert_eq!(
        lines(&words),
        [
            "command [",
            "\"kubectl\", \"rollout\", \"undo\", \"deployment/${workload.name}\", \"--to-revision=41\",",
            "\"--namespace\", \"a_namespace_with_a_long_name\", \"--timeout=30s\",",
            "]",
        ]
    );
}

#[test]
fn two_dashes_are_no_flag_with_a_value() {
    let word = format!("\"{}\"", "x".repeat(85));
    assert_eq!(lines(&[&word, "\"--\"", "\"long_word\""])[1], format!("{word}, \"--\","));
}

#[test]
fn no_line_is_too_long_and_all_are_as_full_as_they_can_be() {
    for width in 1..90 {
        let word = format!("\"{}\"", "x".repeat(width));
        let lines = lines(&[&*word; 12]);
        let [open, inner @ .., close] = lines.as_slice() else { continue };
        if inner.is_empty() {
            continue;
        }
        assert_eq!((&**open, &**close), ("command [", "]"));
        let most = (100 - 4 + 1) / (word.len() + 2);
        for (at, line) in inner.iter().enumerate() {
            assert!(line.len() + 4 <= 100, "{line}");
            let count = line.matches("\"x").count();
            assert!(at + 1 == inner.len() || count == most.max(1), "{count} of {most}: {line}");
        }
    }
}

#[test]
fn a_pair_that_fits_on_no_line_is_split() {
    let (flag, value) = (format!("\"--{}\"", "f".repeat(60)), format!("\"{}\"", "v".repeat(60)));
    let expected = ["command [", "\"run\",", &format!("{flag},"), &format!("{value},"), "]"];
    assert_eq!(lines(&["\"run\"", &flag, &value]), expected);
}

#[test]
fn long_texts_and_comments_have_their_own_lines() {
    let text = "action a() reads {\n  command [\n    \"psql\", \"--quiet\", // no banner\n    \"--command\", \"\"\"\n    select 1\n    \"\"\",\n    // last\n    \"x\", \"y\",\n  ]\n}\n";
    let formatted = sound(text);
    let expected = "action a() reads {\n  command [\n    \"psql\", \"--quiet\", // no banner\n    \"--command\",\n    \"\"\"\n    select 1\n    \"\"\",\n    // last\n    \"x\", \"y\",\n  ]\n}\n";
    assert_eq!(formatted, expected);
}
