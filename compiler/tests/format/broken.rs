//! Broken texts: what can be read is laid out, the rest stays byte for byte.

use quell_compiler::{format::format, syntax::parse};

use crate::{corpus, sound};

/// Items cut at a line: its head, its tail, and without the line.
#[test]
fn items_cut_at_lines() {
    let stride = corpus::stride(23);
    for (number, item) in corpus::items().iter().enumerate() {
        let mut start = 0;
        for (line_number, line) in item.text.split_inclusive('\n').enumerate() {
            let end = start + line.len();
            if (number + line_number) % stride == 0 {
                sound(&item.text[..start]);
                sound(&item.text[start..]);
                sound(&[&item.text[..start], &item.text[end..]].concat());
            }
            start = end;
        }
    }
}

/// Whole files, cut at some of their lines.
#[test]
fn files_cut() {
    for (number, text) in corpus::files().values().enumerate() {
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        for at in ends.iter().skip(number % 7).step_by(ends.len() / 3 + 1) {
            sound(&text[..*at]);
            sound(&text[*at..]);
        }
    }
}

#[test]
fn a_broken_line_hurts_no_other() {
    let text = "record  A  { a:Text }\nplaybook p {\nenrich {\n  step   a=f( )\n  step b =  =  g()\n  step   c=h( )\n}\n}\n\
                record B  {  b  :  }\nlet   x=1\n";
    let formatted = format(&parse(text));
    assert_eq!(
        formatted.text,
        "record A {\n  a: Text,\n}\n\nplaybook p {\n  enrich {\n    step a = f()\n    step b =  =  g()\n    \
         step c = h()\n  }\n}\nrecord B  {  b  :  }\nlet x = 1\n"
    );
    let skipped: Vec<&str> =
        formatted.skipped.iter().map(|range| &text[range.start as usize..range.end as usize]).collect();
    assert_eq!(skipped, ["step b =  =  g()", "record B  {  b  :  }"]);
}

#[test]
fn foreign_line_ends_stay_in_what_is_broken() {
    assert_eq!(sound("let a = (\r\n  1\r\nlet  b=2\r\n"), "let a = (\r\n  1\nlet b = 2\n");
}

#[test]
fn what_is_not_quell_stays_as_it_is() {
    for text in ["}}}}", "\"\"\"\nno end\n\n", "%PDF-1.4 \0\u{1}", "<html>\n  <body>\n"] {
        let kept = sound(text);
        assert_eq!(kept.trim_end(), text.trim_end());
    }
}
