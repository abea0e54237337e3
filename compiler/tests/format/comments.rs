//! Comments at every place between two tokens: none is lost, none changes what is said.

use quell_compiler::{format::format, syntax::parse};

use crate::{corpus, sound};

/// Puts a comment into every gap of every item, one at a time.
fn inject(comment: &str) {
    let (mut good, mut broken) = (0, 0);
    // Not the same gaps for each comment.
    let (stride, first) = (corpus::stride(5), comment.len());
    for (number, item) in corpus::items().into_iter().enumerate() {
        for at in item.gaps.into_iter().skip((number + first) % stride).step_by(stride) {
            let text = [&item.text[..at], comment, &item.text[at..]].concat();
            let is_good = parse(&text).is_good();
            *if is_good { &mut good } else { &mut broken } += 1;
            let after = sound(&text);
            let count = |text: &str| text.matches(comment.trim()).count();
            assert_eq!(count(&text), count(&after), "{text}\n----\n{after}");
        }
    }
    assert!(good > 60 && broken > 40, "{good} good, {broken} broken");
}

#[test]
fn behind_each_token() {
    inject(" // ä comment\n");
}

#[test]
fn above_each_token() {
    inject("\n// ä comment\n");
}

#[test]
fn loose_docs_above_each_token() {
    inject("\n\n/// loose\n\n");
}

/// All gaps of an item at once that can have a comment.
#[test]
fn everywhere_at_once() {
    let stride = corpus::stride(5);
    for (number, comment) in [" // c\n", "\n// c\n", "\n\n// c\n\n"].into_iter().enumerate() {
        let mut count = 0;
        for item in corpus::items().into_iter().skip(number).step_by(stride) {
            let mut text = item.text;
            for at in item.gaps.into_iter().rev() {
                let longer = [&text[..at], comment, &text[at..]].concat();
                if parse(&longer).is_good() {
                    text = longer;
                    count += 1;
                }
            }
            sound(&text);
        }
        assert!(count > 100, "{count}");
    }
}

/// A comment above or behind a line stays with the line when lines change places.
#[test]
fn they_go_where_their_lines_go() {
    let text = "use b // of b\n// of a\nuse a\n\nplaybook p {\n  // of owner\n  owner o // the owner\n  on t\n\
                \n  enrich {\n    step s = f()\n      // of retry\n      retry 2 times // twice\n      \
                when x // if x\n  }\n}\n";
    let expected = "// of a\nuse a\nuse b // of b\n\nplaybook p {\n  on t\n  // of owner\n  owner o // the owner\n\
                    \n  enrich {\n    step s = f()\n      when x // if x\n      // of retry\n      \
                    retry 2 times // twice\n  }\n}\n";
    assert_eq!(format(&parse(text)).text, expected);
}
