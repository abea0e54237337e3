//! A text with its possible line breaks, following Wadler and Oppen.
//!
//! A document is a flat list of elements; groups and indents are brackets in it. Nothing in here is
//! recursive, and each step looks ahead at most one line, so the cost of a long or deeply nested list is
//! linear. ARCHITECTURE.md explains why this isn't the `pretty` crate.

/// The widest line.
pub(super) const WIDTH: usize = 100;

/// The indentation of one level.
pub(super) const INDENT: usize = 2;

/// An element of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element<'t> {
    /// Text without line ends.
    Text(&'t str),
    /// Verbatim text, which may contain line ends.
    Raw(&'t str),
    /// A line end if the group is broken, otherwise the text.
    Line(&'static str),
    /// The same, but with a blank line if it breaks.
    SpacedLine(&'static str),
    /// A line end where the group is broken and what follows, up to the next one, doesn't fit on the line;
    /// else the text.
    Fill(&'static str),
    /// The same between two words that belong together: they move to the next line together if they can.
    FillPair(&'static str),
    /// A comma if the group is broken.
    BreakComma,
    /// A line end. It breaks the groups around it.
    HardLine,
    /// A line end and a blank line. It breaks the groups around it.
    BlankLine,
    /// A line end, with the next line indented by one more level. It breaks the groups around it.
    HangingLine,
    /// A comment that moves to the end of its line.
    Behind(&'t str),
    /// Marks that the output has reached this offset of the source.
    Mark(u32),
    /// The start of a group.
    Start(GroupId),
    /// The end of the innermost open group.
    End,
    /// Start of lines indented by one more level.
    Indent,
    /// End of those lines.
    Dedent,
}

/// A group's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GroupId(u32);

/// How a group is broken if it doesn't fit on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// All its lines break.
    Plain,
    /// A value after a sign (`= value`): an indented line with the value. The value moves to the next
    /// line.
    Below,
    /// Like `Below`, but the value ends with brackets that can break, so it stays after the sign.
    Behind,
    /// Like `Below` if the value then fits on that line, otherwise like `Behind`.
    BelowIfWhole,
}

/// Facts about a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub kind: GroupKind,
    /// Whether it can't be on one line.
    pub broken: bool,
    /// The index of its end.
    pub end: usize,
    /// Its width on one line.
    pub width: usize,
}

/// A document under construction, then complete.
#[derive(Debug, Default)]
pub(super) struct Document<'t> {
    pub elements: Vec<Element<'t>>,
    groups: Vec<Group>,
    open: Vec<GroupId>,
}

impl<'t> Document<'t> {
    /// Adds an element.
    pub fn push(&mut self, element: Element<'t>) {
        self.elements.push(element);
    }

    /// Adds text without line ends.
    pub fn text(&mut self, text: &'t str) {
        self.elements.push(Element::Text(text));
    }

    /// Starts a group.
    pub fn start(&mut self, kind: GroupKind) {
        let group = GroupId(self.groups.len() as u32);
        self.groups.push(Group { kind, broken: false, end: 0, width: 0 });
        self.open.push(group);
        self.elements.push(Element::Start(group));
    }

    /// Ends the innermost open group.
    pub fn end(&mut self) {
        if let Some(group) = self.open.pop() {
            self.groups[group.0 as usize].end = self.elements.len();
            self.elements.push(Element::End);
        }
    }

    /// The group's facts, right after [`measure`](Self::measure).
    pub fn group(&self, group: GroupId) -> Group {
        self.groups[group.0 as usize]
    }

    /// Whether the next text starts a line if all groups around it are broken.
    pub fn at_line_start(&self) -> bool {
        let mut before = self.elements.iter().rev();
        let last = before.find(|element| {
            !matches!(element, Element::Start(_) | Element::End | Element::Indent | Element::Dedent)
        });
        matches!(
            last,
            None | Some(
                Element::Line(_)
                    | Element::SpacedLine(_)
                    | Element::HardLine
                    | Element::BlankLine
                    | Element::HangingLine
            )
        )
    }

    /// Determines which groups must break, and the width of each.
    pub fn measure(&mut self) {
        let mut open: Vec<(GroupId, usize)> = Vec::new();
        let mut width = 0;
        // A comment extends to the end of its line, so a line has to end after it. The next possible line end
        // becomes one. Only groups that contain the comment count, because later ones could just as well have
        // it at their end. This is the number of open groups that contain it.
        let mut comment: Option<usize> = None;
        for element in &self.elements {
            match element {
                Element::Text(text) => width += text_width(text),
                Element::Raw(text) => {
                    width += text_width(text);
                    if text.contains('\n') {
                        break_innermost(&mut self.groups, &open);
                    }
                }
                Element::Line(text)
                | Element::SpacedLine(text)
                | Element::Fill(text)
                | Element::FillPair(text) => {
                    width += text.len();
                    if comment == Some(open.len()) {
                        let plain = open
                            .last()
                            .is_some_and(|(group, _)| self.groups[group.0 as usize].kind == GroupKind::Plain);
                        if plain {
                            break_innermost(&mut self.groups, &open);
                            comment = None;
                        }
                    }
                }
                Element::HardLine | Element::BlankLine | Element::HangingLine => {
                    break_innermost(&mut self.groups, &open);
                    comment = None;
                }
                Element::Behind(_) => comment = Some(open.len()),
                Element::Start(group) => open.push((*group, width)),
                Element::End => {
                    if let Some((group, start)) = open.pop() {
                        let group = &mut self.groups[group.0 as usize];
                        group.width = width - start;
                        if group.broken {
                            break_innermost(&mut self.groups, &open);
                        }
                    }
                    comment = comment.map(|holding| holding.min(open.len()));
                }
                Element::BreakComma | Element::Mark(_) | Element::Indent | Element::Dedent => {}
            }
        }
    }
}

fn break_innermost(groups: &mut [Group], open: &[(GroupId, usize)]) {
    if let Some((group, _)) = open.last() {
        groups[group.0 as usize].broken = true;
    }
}

/// The width of a text in columns.
pub(super) fn text_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}
