//! The layout depends on what is said, not on how its author broke the lines.

use quell_compiler::{
    format::{check_soundness, format},
    syntax::{SyntaxKind, parse},
};

use crate::{corpus, sound};

#[test]
fn whole_files_are_sound() {
    for (path, text) in corpus::files() {
        println!("{path}");
        sound(&text);
    }
}

#[test]
fn no_line_is_too_long_that_could_break() {
    for text in corpus::files().values() {
        let mut in_text = false;
        for line in sound(text).lines() {
            // What remains is a comment, or a text that nobody may cut.
            let may_be_long = in_text || line.contains("//") || line.contains('"');
            in_text ^= line.matches("\"\"\"").count() % 2 == 1;
            assert!(may_be_long || line.chars().count() <= 100, "{line}");
        }
    }
}

/// A line break where it means nothing changes nothing.
#[test]
fn broken_lines_are_joined() {
    let mut count = 0;
    for item in corpus::items() {
        let parsed = parse(&item.text);
        let expected = format(&parsed).text;
        for at in item.gaps {
            let on_line_end = item.text[..at].trim_end_matches(' ').ends_with('\n')
                || item.text[at..].trim_start_matches(' ').starts_with(['\n', '/']);
            let text = [&item.text[..at], "\n", &item.text[at..]].concat();
            let broken = parse(&text);
            if on_line_end || !broken.is_good() || check_soundness(&parsed, &broken).is_err() {
                continue;
            }
            count += 1;
            assert_eq!(format(&broken).text, expected, "{text}");
        }
    }
    assert!(count > 250, "{count}");
}

/// Blanks, tabs, foreign line ends and a byte order mark change nothing.
#[test]
fn blanks_are_made_equal() {
    for (path, text) in corpus::files() {
        let expected = format(&parse(&text)).text;
        if !parse(&text).is_good() {
            continue;
        }
        let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        assert_eq!(format(&parse(&windows)).text, expected, "{path}");
        let mut wide = String::new();
        for token in parse(&text).syntax().descendants_with_tokens().filter_map(|it| it.into_token()) {
            let in_text = token
                .parent_ancestors()
                .any(|node| matches!(node.kind(), SyntaxKind::StringExpr | SyntaxKind::TextBlock));
            let blanks = token.kind() == SyntaxKind::Whitespace && !token.text().contains('\n') && !in_text;
            wide.push_str(if blanks { " \t  " } else { token.text() });
        }
        assert_eq!(format(&parse(&wide)).text, expected, "{path}");
    }
}

#[test]
fn an_empty_file_stays_empty() {
    for text in ["", "\n", " \n\t\n", "\u{FEFF}", "\r\n"] {
        assert_eq!(sound(text), "");
    }
}

#[test]
fn a_file_of_comments_keeps_them() {
    assert_eq!(sound("\n\n// a   \n\n\n// b"), "// a\n\n// b\n");
    assert_eq!(sound("//! a\n// b"), "//! a\n\n// b\n");
}
