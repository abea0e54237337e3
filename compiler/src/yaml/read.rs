//! Builds values from the parser's events.

use std::{collections::BTreeMap, ops::Range};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};

use super::{Kind, Mistake, Node, Scalar, Style, Yaml};

/// Deeper than any real file, and far from a stack overflow.
const DEPTH: usize = 100;
/// A few aliases of aliases can mean billions of values.
const VALUES: usize = 1_000_000;

pub(super) fn read(text: &str) -> Yaml {
    let mut reader = Reader {
        offsets: Offsets::new(text),
        open: Vec::new(),
        anchors: BTreeMap::new(),
        values: 0,
        yaml: Yaml::default(),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let read = match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => reader.event(event, span),
            Err(error) => Err(reader.broken(&error)),
        };
        if let Err(mistake) = read {
            reader.yaml.mistake = Some(mistake);
            break;
        }
    }
    reader.finish()
}

struct Reader {
    offsets: Offsets,
    /// The open collections, from the outside in.
    open: Vec<Open>,
    /// The anchors, with the number of values in each.
    anchors: BTreeMap<usize, (Node, usize)>,
    values: usize,
    yaml: Yaml,
}

/// A collection that isn't complete yet.
struct Open {
    anchor: usize,
    /// The number of values before it.
    before: usize,
    start: u32,
    kind: Kind,
    /// The key whose value is next.
    key: Option<Node>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Mistake> {
        let range = self.offsets.range(span);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.count(1, range.start)?;
                let span = match style {
                    Style::Quoted => range.start..self.offsets.closing_quote(&range).unwrap_or(range.end),
                    Style::Plain | Style::Block => range,
                };
                let kind = Kind::Scalar(Scalar { text: text.into_owned(), style });
                self.add(Node { span, kind }, anchor, 1);
            }
            Event::SequenceStart(anchor, _) => self.start(Kind::List(Vec::new()), anchor, range.start)?,
            Event::MappingStart(anchor, _) => self.start(Kind::Map(Vec::new()), anchor, range.start)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Alias(anchor) => {
                let Some((node, values)) = self.anchors.get(&anchor) else {
                    let message = "an alias refers to a value that contains it".to_owned();
                    return Err(Mistake { at: range.start, message });
                };
                let (node, values) = (Node { span: range.clone(), kind: node.kind.clone() }, *values);
                self.count(values, range.start)?;
                self.add(node, 0, values);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn start(&mut self, kind: Kind, anchor: usize, start: u32) -> Result<(), Mistake> {
        if self.open.len() == DEPTH {
            let message = format!("this is nested more than {DEPTH} levels deep");
            return Err(Mistake { at: start, message });
        }
        self.count(1, start)?;
        self.open.push(Open { anchor, before: self.values - 1, start, kind, key: None });
        Ok(())
    }

    fn end(&mut self, end: u32) {
        let Some(open) = self.open.pop() else { return };
        let values = self.values - open.before;
        // A block ends where the next line begins; it should end where its last value does.
        let last = match &open.kind {
            Kind::List(elements) => elements.last().map(|last| last.span.end),
            Kind::Map(entries) => entries.last().map(|(_, value)| value.span.end),
            Kind::Scalar(_) => None,
        };
        let end = if self.offsets.ends_flow(end) { end } else { last.unwrap_or(end) };
        self.add(Node { span: open.start..end.max(open.start), kind: open.kind }, open.anchor, values);
    }

    fn add(&mut self, node: Node, anchor: usize, values: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), values));
        }
        let Some(around) = self.open.last_mut() else { return self.yaml.documents.push(node) };
        match &mut around.kind {
            Kind::List(elements) => elements.push(node),
            Kind::Map(entries) => match around.key.take() {
                Some(key) => entries.push((key, node)),
                None => around.key = Some(node),
            },
            Kind::Scalar(_) => {}
        }
    }

    fn count(&mut self, values: usize, at: u32) -> Result<(), Mistake> {
        self.values = self.values.saturating_add(values);
        if self.values > VALUES {
            return Err(Mistake { at, message: format!("this expands to more than {VALUES} values") });
        }
        Ok(())
    }

    fn broken(&self, error: &ScanError) -> Mistake {
        Mistake { at: self.offsets.byte(*error.marker()), message: error.info().to_owned() }
    }

    /// Values parsed so far are kept, even if the rest can't be parsed.
    fn finish(mut self) -> Yaml {
        let end = self.yaml.mistake.as_ref().map_or(0, |mistake| mistake.at);
        while !self.open.is_empty() {
            self.end(end);
        }
        self.yaml
    }
}

/// The parser counts characters, everything else counts bytes.
struct Offsets {
    /// The byte of each character, where there are others than ASCII.
    bytes: Option<Vec<u32>>,
    text: Vec<u8>,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let bytes = || text.char_indices().map(|(byte, _)| byte as u32).collect();
        Self { bytes: (!text.is_ascii()).then(bytes), text: text.as_bytes().to_vec() }
    }

    fn byte(&self, marker: Marker) -> u32 {
        let end = self.text.len() as u32;
        match &self.bytes {
            Some(bytes) => bytes.get(marker.index()).copied().unwrap_or(end),
            None => (marker.index() as u32).min(end),
        }
    }

    /// Trailing blanks aren't part of a value.
    fn range(&self, span: Span) -> Range<u32> {
        let (start, mut end) = (self.byte(span.start), self.byte(span.end));
        while end > start && self.text[end as usize - 1].is_ascii_whitespace() {
            end -= 1;
        }
        start..end
    }

    /// The end of a quoted text. The parser's end is after the comment that follows, if there is one.
    fn closing_quote(&self, range: &Range<u32>) -> Option<u32> {
        let text = self.text.get(range.start as usize..range.end as usize)?;
        let quote = *text.first().filter(|first| matches!(first, b'\'' | b'"'))?;
        let mut at = 1;
        while let Some(byte) = text.get(at) {
            match (*byte, text.get(at + 1)) {
                (b'\\', _) if quote == b'"' => at += 2,
                (b'\'', Some(b'\'')) if quote == b'\'' => at += 2,
                (byte, _) if byte == quote => return Some(range.start + at as u32 + 1),
                _ => at += 1,
            }
        }
        None
    }

    fn ends_flow(&self, end: u32) -> bool {
        end > 0 && matches!(self.text[end as usize - 1], b']' | b'}')
    }
}
