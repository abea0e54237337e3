//! A text with its possible line breaks, in the manner of Wadler and Oppen.
//!
//! A document is a flat list of elements; groups and indents are brackets in it. Nothing in here
//! recurses, and each step looks at most one line ahead, so that neither a long list nor a deep one
//! costs more than its length. See ARCHITECTURE.md on why this isn't the `pretty` crate.

/// The widest line.
pub(super) const WIDTH: usize = 100;

/// How far a level is indented.
pub(super) const INDENT: usize = 2;

/// A piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element<'t> {
    /// Text without line ends.
    Text(&'t str),
    /// Text that is kept as it is and may have line ends.
    Raw(&'t str),
    /// A line end where the group is broken, else the text.
    Line(&'static str),
    /// The same, but with a blank line if it breaks.
    SpacedLine(&'static str),
    /// A comma where the group is broken.
    BreakComma,
    /// A line end. The groups around it break.
    HardLine,
    /// A line end and a blank line. The groups around it break.
    BlankLine,
    /// A line end, the next line indented by one more level. The groups around it break.
    HangingLine,
    /// A comment that goes to the end of its line, whatever comes before that.
    Behind(&'t str),
    /// What ends at this offset of the source has been written.
    Mark(u32),
    /// The beginning of a group.
    Start(GroupId),
    /// The end of the group that was begun last.
    End,
    /// Lines are indented by one level from here...
    Indent,
    /// ... to here.
    Dedent,
}

/// A group's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GroupId(u32);

/// How a group can be laid out if it doesn't fit on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// All of its lines break.
    Plain,
    /// It is a value behind a sign (`= value`): a line, indented, then the value. The value goes to
    /// the next line.
    Below,
    /// Like `Below`, but the value ends with brackets that can break: it stays behind the sign.
    Behind,
    /// Like `Below` if the value then fits on that line, else like `Behind`.
    BelowIfWhole,
}

/// What is known about a group.
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

    /// Begins a group.
    pub fn start(&mut self, kind: GroupKind) {
        let group = GroupId(self.groups.len() as u32);
        self.groups.push(Group { kind, broken: false, end: 0, width: 0 });
        self.open.push(group);
        self.elements.push(Element::Start(group));
    }

    /// Ends the group begun last.
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

    /// Whether the next text begins a line if all groups around it are broken.
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

    /// Finds the groups that must break, and the width of each.
    pub fn measure(&mut self) {
        let mut open: Vec<(GroupId, usize)> = Vec::new();
        let mut width = 0;
        // A comment runs to the end of its line, so there must be one. The next place where one may be
        // becomes one; only groups that hold the comment count: those behind it could as well hold
        // it at their end. This is how many of the open groups do.
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
                Element::Line(text) | Element::SpacedLine(text) => {
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

/// How many columns a text takes.
pub(super) fn text_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}
