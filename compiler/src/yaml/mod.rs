//! YAML that others wrote: Prometheus' rule files, playbooks of other tools.
//!
//! saphyr-parser reads it; this room keeps the byte offsets of each value, so that findings can point
//! into the file, and sets bounds on what hostile files can cost. <https://yaml.org/spec/1.2.2/>

mod read;

use std::ops::Range;

/// What a file says, up to its first mistake.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Yaml {
    /// The documents, in their order.
    pub documents: Vec<Node>,
    /// What ended the reading early.
    pub mistake: Option<Mistake>,
}

/// Why a file can't be read further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes.
    pub at: u32,
    /// What is wrong, in lower case and without a final dot.
    pub message: String,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From its first byte to behind its last. An alias has the place of the alias.
    pub span: Range<u32>,
    /// The value.
    pub kind: Kind,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A single value. What is written without quotes may mean a number, a truth value or nothing.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping: in the order of the file, with keys that may repeat.
    Map(Vec<(Node, Node)>),
}

/// A single value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// With escapes and folds resolved.
    pub text: String,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// A block behind `|` or `>`.
    Block,
}

/// Reads a file. At most 100 levels and a million values are read, aliases resolved.
pub fn parse(text: &str) -> Yaml {
    read::read(text)
}

impl Node {
    /// The value behind a key of a mapping: the first, where the key repeats.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// The entries of a mapping; none of anything else.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a sequence; none of anything else.
    pub fn elements(&self) -> &[Node] {
        match &self.kind {
            Kind::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// Whether it says nothing: no text, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(Scalar { text, style: Style::Plain })
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// What it is, in words for a message.
    pub fn word(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar(_) if self.is_null() => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping",
        }
    }
}

#[cfg(test)]
mod tests;
