//! Parts of files: only what a selection touches changes.

use quell_compiler::{
    format::{format, format_range},
    syntax::parse,
};

use crate::corpus;

/// The text with the range between the two marks `‹` and `›` laid out.
fn ranged(marked: &str) -> String {
    let start = marked.find('‹').unwrap();
    let text = marked.replacen('‹', "", 1);
    let end = text.find('›').unwrap();
    apply(&text.replacen('›', "", 1), start as u32, end as u32)
}

fn apply(text: &str, start: u32, end: u32) -> String {
    let mut after = text.to_owned();
    for replacement in format_range(&parse(text), start..end).iter().rev() {
        after.replace_range(
            replacement.range.start as usize..replacement.range.end as usize,
            &replacement.text,
        );
    }
    after
}

#[test]
fn only_the_line_is_laid_out() {
    let text = "playbook p {\n enrich {\n  step   a=f( )\n  st‹›ep   b=f( )\n  step   c=f( )\n }\n}\n";
    let expected = "playbook p {\n enrich {\n  step   a=f( )\n    step b = f()\n  step   c=f( )\n }\n}\n";
    assert_eq!(ranged(text), expected);
}

#[test]
fn lines_that_are_touched_are_laid_out_whole() {
    let text = "playbook p {\n enrich {\n  step   a=f( )\n  step   b=f( )\n   tim‹eout  1m\n  step   c›=f( )\n }\n}\n";
    let expected = "playbook p {\n enrich {\n  step   a=f( )\n    step b = f()\n      timeout 1m\n    step c = f()\n }\n}\n";
    assert_eq!(ranged(text), expected);
}

#[test]
fn comments_and_blank_lines_above_belong_to_the_line() {
    let text = "let   a=1\n\n\n\n  // ‹of b›\nlet   b=2 // two\nlet   c=3\n";
    assert_eq!(ranged(text), "let   a=1\n\n// of b\nlet b = 2 // two\nlet   c=3\n");
}

#[test]
fn imports_are_sorted_together() {
    let text = "use   c\nuse   b‹›\nuse   a\nlet   x=1\n";
    assert_eq!(ranged(text), "use a\nuse b\nuse c\nlet   x=1\n");
}

#[test]
fn between_lines_there_is_nothing_to_do() {
    assert_eq!(ranged("let   a=1\n\n‹›\n\nlet   b=1\n"), "let   a=1\n\n\n\nlet   b=1\n");
}

#[test]
fn a_line_that_cannot_be_read_stays() {
    let text = "playbook p {\n enrich {\n  step ‹b = =  f›( )\n }\n}\n";
    let expected = "playbook p {\n enrich {\n    step b = =  f( )\n }\n}\n";
    assert_eq!(ranged(text), expected);
}

/// A range over a whole file gives its layout; any other keeps what is said, and what is already laid
/// out stays as it is.
#[test]
fn ranges_agree_with_the_whole() {
    for (path, text) in corpus::files() {
        let whole = format(&parse(&text));
        if !whole.skipped.is_empty() {
            continue;
        }
        assert_eq!(apply(&text, 0, text.len() as u32).trim_end(), whole.text.trim_end(), "{path}");
        let neat = parse(&whole.text);
        let stride = if corpus::thorough() { 97 } else { 997 };
        for start in (0..whole.text.len() as u32).step_by(stride) {
            assert_eq!(format_range(&neat, start..start + 40), [], "{path} {start}");
        }
    }
}

#[test]
fn no_range_loses_anything() {
    for item in corpus::items() {
        let squeezed = item.text.replace("  ", " ");
        let parsed = parse(&squeezed);
        for at in item.gaps.iter().map(|gap| *gap as u32).filter(|gap| *gap < squeezed.len() as u32) {
            let after = parse(&apply(&squeezed, at, at + 30));
            assert_eq!(quell_compiler::format::check_soundness(&parsed, &after), Ok(()), "{squeezed}");
        }
    }
}
