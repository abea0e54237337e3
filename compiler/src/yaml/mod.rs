//! YAML written by others: Prometheus rule files, playbooks of other tools.
//!
//! saphyr-parser does the parsing; this room keeps the byte offset of each value, so that findings can point
//! into the file, and limits the cost of hostile files. <https://yaml.org/spec/1.2.2/>

mod read;

use std::ops::Range;

/// The contents of a file, up to its first error.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Yaml {
    /// The documents, in their order.
    pub documents: Vec<Node>,
    /// The error that ended the parsing early.
    pub mistake: Option<Mistake>,
}

/// Why a file can't be parsed further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes.
    pub at: u32,
    /// The error message, in lower case and without a final period.
    pub message: String,
}

/// A value and its position.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From its first byte to after its last. An alias has the position of the alias.
    pub span: Range<u32>,
    /// The value.
    pub kind: Kind,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A scalar. Without quotes it may mean a number, a Boolean or null.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping: in the order of the file, with keys that may repeat.
    Map(Vec<(Node, Node)>),
}

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// With escapes and folds resolved.
    pub text: String,
    /// Its style.
    pub style: Style,
}

/// The style of a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// A block scalar after `|` or `>`.
    Block,
}

/// Parses a file. Reads at most 100 levels and a million values, with aliases resolved.
pub fn parse(text: &str) -> Yaml {
    read::read(text)
}

impl Node {
    /// The value of a key in a mapping; the first one, if the key repeats.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a sequence; empty for anything else.
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

    /// Whether it is null: no text, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(Scalar { text, style: Style::Plain })
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Its kind, in words for a message.
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
