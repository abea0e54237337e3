//! Renders a document as text: each group on one line if it fits, otherwise broken.

use std::collections::BTreeMap;

use super::document::{Document, Element, Group, GroupKind, INDENT, WIDTH, text_width};

/// How a group is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// On one line.
    Flat,
    /// With line breaks.
    Broken,
    /// A value that stays after its sign: its own line doesn't break, and it isn't indented.
    Attached,
}

/// A rendered document.
pub(super) struct Printed {
    pub text: String,
    /// For each marked offset of the source, the corresponding offset of the text.
    pub marks: BTreeMap<u32, usize>,
}

/// Renders a measured document.
pub(super) fn print(document: &Document) -> Printed {
    let mut printer = Printer {
        document,
        modes: Vec::new(),
        indents: Vec::new(),
        behind: Vec::new(),
        text: String::new(),
        column: 0,
        fresh: true,
        kept: 0,
        marks: BTreeMap::new(),
    };
    for at in 0..document.elements.len() {
        printer.element(at);
    }
    printer.flush_behind();
    Printed { text: printer.text, marks: printer.marks }
}

struct Printer<'d, 't> {
    document: &'d Document<'t>,
    modes: Vec<Mode>,
    indents: Vec<usize>,
    /// Comments waiting for the end of the line, with the indentation of their positions.
    behind: Vec<(&'t str, usize)>,
    text: String,
    column: usize,
    /// Whether nothing has been written on this line, not even its indent.
    fresh: bool,
    /// The end of the last verbatim text.
    kept: usize,
    marks: BTreeMap<u32, usize>,
}

impl<'t> Printer<'_, 't> {
    fn element(&mut self, at: usize) {
        match self.document.elements[at] {
            Element::Text(text) => self.write(text),
            Element::Raw(text) => self.raw(text),
            Element::Line(text) => match self.mode() {
                Mode::Flat | Mode::Attached => self.write(text),
                Mode::Broken => self.new_line(0),
            },
            Element::SpacedLine(text) => match self.mode() {
                Mode::Flat | Mode::Attached => self.write(text),
                Mode::Broken => self.blank_line(),
            },
            Element::Fill(text) | Element::FillPair(text) => {
                let joins = self.mode() != Mode::Broken
                    || self.behind.is_empty() && self.column + text.len() + self.word_width(at) <= WIDTH;
                if joins { self.write(text) } else { self.new_line(0) }
            }
            Element::BreakComma if self.mode() == Mode::Broken => self.write(","),
            Element::BreakComma => {}
            Element::HardLine => self.new_line(0),
            Element::BlankLine => self.blank_line(),
            Element::HangingLine => self.new_line(INDENT),
            Element::Behind(comment) => self.behind.push((comment, self.indent())),
            Element::Mark(offset) => drop(self.marks.insert(offset, self.text.len())),
            Element::Start(group) => {
                let mode = self.choose(self.document.group(group), at + 1);
                self.modes.push(mode);
            }
            Element::End => {
                self.modes.pop();
            }
            Element::Indent => {
                let more = if self.mode() == Mode::Attached { 0 } else { INDENT };
                self.indents.push(self.indent() + more);
            }
            Element::Dedent => {
                self.indents.pop();
            }
        }
    }

    fn mode(&self) -> Mode {
        self.modes.last().copied().unwrap_or(Mode::Broken)
    }

    fn indent(&self) -> usize {
        self.indents.last().copied().unwrap_or(0)
    }

    fn write(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.fresh {
            self.text.extend(std::iter::repeat_n(' ', self.column));
            self.fresh = false;
        }
        self.text.push_str(text);
        self.column += text_width(text);
    }

    fn raw(&mut self, text: &str) {
        self.write(text);
        self.kept = self.text.len();
        if let Some((_, last)) = text.rsplit_once('\n') {
            self.column = text_width(last);
        }
    }

    fn new_line(&mut self, more: usize) {
        self.flush_behind();
        // Verbatim text may end with blanks of its own; only remove ours.
        let end = self.text.trim_end_matches(' ').len().max(self.kept);
        self.text.truncate(end);
        // A text that breaks off has the line end already.
        if self.kept != end || !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.column = self.indent() + more;
        self.fresh = true;
    }

    fn blank_line(&mut self) {
        self.new_line(0);
        self.text.push('\n');
    }

    /// Writes the comments at the end of the line; a second one gets a line of its own.
    fn flush_behind(&mut self) {
        for (number, (comment, indent)) in std::mem::take(&mut self.behind).into_iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
                self.column = indent;
                self.fresh = true;
            } else if !self.fresh && !self.text.ends_with(' ') {
                self.write(" ");
            }
            self.write(comment);
        }
    }

    /// The mode of a group whose elements begin at `start`.
    fn choose(&self, group: Group, start: usize) -> Mode {
        if self.mode() == Mode::Flat {
            return Mode::Flat;
        }
        let tail = || self.tail_width(group.end + 1);
        if !group.broken && self.column + group.width + tail() <= WIDTH {
            return Mode::Flat;
        }
        let attached = || {
            let fits = self.column + self.width_to_break(start, vec![GroupKind::Behind]) <= WIDTH;
            if fits { Mode::Attached } else { Mode::Broken }
        };
        match group.kind {
            GroupKind::Plain | GroupKind::Below => Mode::Broken,
            GroupKind::Behind => attached(),
            GroupKind::BelowIfWhole => {
                let below = self.indent() + INDENT + group.width - 1;
                if !group.broken && below + tail() <= WIDTH { Mode::Broken } else { attached() }
            }
        }
    }

    /// The width, on one line, of what follows a fill up to the next one; of a pair as a whole. More than a
    /// line where it breaks in any case.
    fn word_width(&self, fill: usize) -> usize {
        let splits_pairs = matches!(self.document.elements[fill], Element::FillPair(_));
        let mut width = 0;
        let mut depth = 0;
        for element in &self.document.elements[fill + 1..] {
            match element {
                Element::Text(text) => width += text_width(text),
                Element::Raw(text) if !text.contains('\n') => width += text_width(text),
                Element::Fill(_) if depth == 0 => return width,
                Element::FillPair(_) if depth == 0 && splits_pairs => return width,
                Element::Line(_) | Element::SpacedLine(_) if depth == 0 => return width,
                Element::HardLine | Element::BlankLine | Element::HangingLine if depth == 0 => return width,
                Element::Line(text)
                | Element::SpacedLine(text)
                | Element::Fill(text)
                | Element::FillPair(text) => width += text.len(),
                Element::Raw(_) | Element::HardLine | Element::BlankLine | Element::HangingLine => {
                    return WIDTH + 1;
                }
                Element::BreakComma => width += usize::from(depth == 0),
                Element::Start(_) => depth += 1,
                Element::End if depth == 0 => return width,
                Element::End => depth -= 1,
                Element::Behind(_) | Element::Mark(_) | Element::Indent | Element::Dedent => {}
            }
            if width > WIDTH {
                return width;
            }
        }
        width
    }

    /// The width of what follows a group, up to the next possible line end.
    fn tail_width(&self, from: usize) -> usize {
        self.width_to_break(from, Vec::new())
    }

    /// The width up to the next possible line end. `begun` are the groups around `from` whose mode hasn't been
    /// chosen yet.
    fn width_to_break(&self, from: usize, mut begun: Vec<GroupKind>) -> usize {
        // The modes of the open groups, followed by those of groups that start in the tail.
        let mut open = self.modes.len();
        let mut width = 0;
        for element in &self.document.elements[from.min(self.document.elements.len())..] {
            match element {
                Element::Text(text) => width += text_width(text),
                Element::Raw(text) => {
                    let line = text.split('\n').next().unwrap_or_default();
                    width += text_width(line);
                    if line.len() < text.len() {
                        return width;
                    }
                }
                Element::Line(text)
                | Element::SpacedLine(text)
                | Element::Fill(text)
                | Element::FillPair(text) => {
                    let stays = match begun.last() {
                        Some(kind) => *kind == GroupKind::Behind,
                        None => open
                            .checked_sub(1)
                            .and_then(|last| self.modes.get(last))
                            .is_some_and(|mode| *mode != Mode::Broken),
                    };
                    if !stays {
                        return width;
                    }
                    width += text.len();
                }
                Element::HardLine | Element::BlankLine | Element::HangingLine => return width,
                Element::Start(group) => begun.push(self.document.group(*group).kind),
                Element::End => {
                    if begun.pop().is_none() {
                        open = open.saturating_sub(1);
                    }
                }
                Element::BreakComma => {
                    let broken = match begun.last() {
                        Some(_) => false,
                        None => {
                            let last = open.checked_sub(1).and_then(|last| self.modes.get(last));
                            last.is_none_or(|mode| *mode == Mode::Broken)
                        }
                    };
                    width += usize::from(broken);
                }
                Element::Behind(_) | Element::Mark(_) | Element::Indent | Element::Dedent => {}
            }
            if width > WIDTH {
                return width;
            }
        }
        width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `head` and, in a group of `kind`, a value in brackets with two long elements.
    fn value(kind: GroupKind, head: &'static str, element: &'static str) -> String {
        let mut document = Document::default();
        document.text(head);
        document.start(kind);
        document.push(Element::Indent);
        document.push(Element::Line(" "));
        document.text("f(");
        document.start(GroupKind::Plain);
        document.push(Element::Indent);
        document.push(Element::Line(""));
        document.text(element);
        document.text(",");
        document.push(Element::Line(" "));
        document.text(element);
        document.push(Element::BreakComma);
        document.push(Element::Dedent);
        document.push(Element::Line(""));
        document.end();
        document.text(")");
        document.push(Element::Dedent);
        document.end();
        document.measure();
        print(&document).text
    }

    const FORTY: &str = "aaaaaaaaabbbbbbbbbbccccccccccdddddddddd0";

    #[test]
    fn what_fits_stands_on_a_line() {
        assert_eq!(value(GroupKind::Below, "x =", "1"), "x = f(1, 1)");
        let fits = value(GroupKind::Behind, "fourteen_char=", FORTY);
        assert_eq!((fits.lines().count(), fits.len()), (1, WIDTH));
        assert_eq!(value(GroupKind::Behind, "fifteen_charac=", FORTY).lines().count(), 4);
    }

    #[test]
    fn values_go_below_or_break_inside() {
        let whole = format!("f({FORTY}, {FORTY})");
        assert_eq!(
            value(GroupKind::Below, "a head of some text =", FORTY),
            format!("a head of some text =\n  {whole}")
        );
        assert_eq!(
            value(GroupKind::BelowIfWhole, "a head of some text =", FORTY),
            format!("a head of some text =\n  {whole}")
        );
        let broken = format!("f(\n  {FORTY},\n  {FORTY},\n)");
        assert_eq!(
            value(GroupKind::Behind, "a head of some text =", FORTY),
            format!("a head of some text = {broken}")
        );
    }

    #[test]
    fn brackets_that_would_open_beyond_the_width_go_below() {
        let head = "x".repeat(WIDTH - 3) + " =";
        let broken = format!("{head}\n  f(\n    {FORTY}{FORTY},\n    {FORTY}{FORTY},\n  )");
        for kind in [GroupKind::Behind, GroupKind::BelowIfWhole] {
            assert_eq!(value(kind, head.clone().leak(), (FORTY.to_owned() + FORTY).leak()), broken);
        }
    }

    /// `(` a line `a` ..., with a comment after `a`, then `b` after another line, and `c` in a group
    /// of its own.
    fn commented(comments: &[&'static str]) -> String {
        let mut document = Document::default();
        document.text("(");
        document.start(GroupKind::Plain);
        document.push(Element::Line(""));
        document.text("a");
        comments.iter().for_each(|comment| document.push(Element::Behind(comment)));
        document.text(",");
        document.push(Element::Line(" "));
        document.start(GroupKind::Plain);
        document.text("b");
        document.push(Element::Line(" "));
        document.text("c");
        document.end();
        document.push(Element::Line(""));
        document.end();
        document.text(")");
        document.measure();
        print(&document).text
    }

    #[test]
    fn comments_go_to_the_end_of_the_line_and_break_the_group_around_them() {
        assert_eq!(commented(&[]), "(a, b c)");
        assert_eq!(commented(&["// 1"]), "(\na, // 1\nb c\n)");
        assert_eq!(commented(&["// 1", "// 2"]), "(\na, // 1\n// 2\nb c\n)");
    }
}
