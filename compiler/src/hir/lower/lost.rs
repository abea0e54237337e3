//! Where the text is broken, and the names that it seems to declare there.
//!
//! Later stages stay silent about what only follows from it: the broken text is the mistake.

use super::Lowering;
use crate::{
    hir::{Broken, BrokenExtent},
    source::Span,
    syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken, TextRange},
};

impl Lowering {
    /// Collects the broken places of the whole file and the names in them, but for the items that are left
    /// out; these in their order.
    pub(super) fn broken_text(&mut self, root: &SyntaxNode, left_out: &[TextRange]) {
        let mut left_out = left_out.iter().peekable();
        for element in root.children_with_tokens() {
            match element {
                SyntaxElement::Node(node) if left_out.peek() == Some(&&node.text_range()) => {
                    left_out.next();
                }
                SyntaxElement::Node(node) => self.broken_elements(node.descendants_with_tokens()),
                token => self.broken_elements([token]),
            }
        }
    }

    fn broken_elements(&mut self, elements: impl IntoIterator<Item = SyntaxElement>) {
        for element in elements {
            let kind = element.kind();
            let stray = matches!(kind, SyntaxKind::StrayStmt | SyntaxKind::StrayClause);
            if !kind.is_error() && !kind.is_missing() && !stray {
                continue;
            }
            let range = element.text_range();
            let span = Span::new(self.file(), range.start().into(), range.end().into());
            let extent = match kind {
                SyntaxKind::MissingRbrace | SyntaxKind::MissingLbrace => BrokenExtent::Structure,
                SyntaxKind::BadItem | SyntaxKind::StrayStmt => BrokenExtent::Structure,
                _ => BrokenExtent::Place,
            };
            self.module.broken.push(Broken { span, extent });
            let SyntaxElement::Node(node) = element else { continue };
            let tokens = node.descendants_with_tokens().filter_map(SyntaxElement::into_token);
            let tokens: Vec<_> = tokens.filter(|token| !token.kind().is_trivia()).collect();
            for (index, token) in tokens.iter().enumerate() {
                let before = index.checked_sub(1).and_then(|index| tokens.get(index));
                if declares(before, token, tokens.get(index + 1)) {
                    let name = self.name(token);
                    self.module.lost.push(name);
                }
            }
        }
    }
}

/// Whether a name reads like a declaration: `word NAME =`, `word NAME {`, `word NAME (`, `word NAME: `,
/// `word NAME "sentence"`, `word NAME in`, or `NAME =` at the beginning of a line.
fn declares(before: Option<&SyntaxToken>, name: &SyntaxToken, behind: Option<&SyntaxToken>) -> bool {
    use SyntaxKind::*;
    if name.kind() != Name {
        return false;
    }
    let Some(behind) = behind else { return false };
    let is_text = behind.text().starts_with('"');
    let is_variable = behind.text() == "in";
    if !is_text && !is_variable && !matches!(behind.kind(), Equals | LeftBrace | LeftParen | Colon) {
        return false;
    }
    match before {
        Some(word) if same_line(word, name) => word.kind() == Name || word.kind().is_keyword(),
        _ => behind.kind() == Equals,
    }
}

/// Whether only blanks lie between two tokens of a file.
fn same_line(first: &SyntaxToken, second: &SyntaxToken) -> bool {
    let mut between = std::iter::successors(first.next_token(), SyntaxToken::next_token);
    !between.by_ref().take_while(|token| token != second).any(|token| token.text().contains('\n'))
}

#[cfg(test)]
mod tests {
    use crate::{hir::lower, source::FileId, syntax::parse};

    fn lost(text: &str) -> Vec<String> {
        let (module, _) = lower(FileId(0), &parse(text));
        module.lost.iter().map(|name| name.text.to_string()).collect()
    }

    #[test]
    fn broken_declarations_keep_their_names() {
        let statements =
            "playbook p {\n  enrich {\n    stp a = f(x)\n    b = f(y)\n    cuse c \"x\" {\n    }\n  }\n}\n";
        assert_eq!(lost(statements), ["a", "b", "c"]);
        assert_eq!(lost("playbok q {\n  enrich {\n    step d = f()\n  }\n}\n"), ["q", "d"]);
        assert_eq!(lost("playbook p {\n  let e = 5\n}\n"), ["e"]);
        assert_eq!(lost("playbook p {\n  enrich {\n    step s = f(x)\n      ech x in y\n  }\n}\n"), ["x"]);
        assert_eq!(lost("let x: Int = 5\n"), [""; 0]);
    }

    #[test]
    fn what_is_only_used_is_not_lost() {
        assert_eq!(lost("playbook p {\n  enrich {\n    whn a > b\n  }\n}\n"), [""; 0]);
    }
}
