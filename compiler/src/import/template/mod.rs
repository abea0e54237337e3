//! Go templates, as StackPulse's playbooks contain them between `{{` and `}}`.
//!
//! Beside Go's own language (<https://pkg.go.dev/text/template>) they have quoted members
//! (`$.'redis-info'.info`), indexes (`items[0]`) and all elements of a list (`Tags[:].Name`, `Tags.*`).

mod lex;
mod parse;

pub use parse::{Broken, expression, parse};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// What stands for itself.
    Text(String),
    /// A value.
    Value(Go),
    /// `{{ if }}`, each condition with its nodes, and what stands behind `{{ else }}`.
    If(Vec<(Go, Vec<Node>)>, Vec<Node>),
    /// `{{ range }}`, and what stands behind its `{{ else }}`.
    Range(Go, Vec<Node>, Vec<Node>),
    /// `{{ with }}`, and what stands behind its `{{ else }}`.
    With(Go, Vec<Node>, Vec<Node>),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Go {
    /// `.params.host`, `$.params.host`, `.` and `$`.
    Path(Path),
    /// A text.
    Text(String),
    /// A number, as written.
    Number(String),
    /// A truth value.
    Bool(bool),
    /// `nil`.
    Nil,
    /// A function and its arguments.
    Call(String, Vec<Go>),
}

/// Where a value is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Whether it begins with `$`, and so at the top also within `{{ range }}`.
    pub from_top: bool,
    /// The way.
    pub steps: Vec<Part>,
}

/// A step of a way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A member.
    Member(String),
    /// An element.
    Element(u32),
    /// All elements.
    All,
}

impl Path {
    /// The members that it begins with.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map_while(|part| match part {
            Part::Member(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Calls `visit` for each expression of a template, the outer before the inner.
pub fn walk<'n>(nodes: &'n [Node], visit: &mut dyn FnMut(&'n Go)) {
    for node in nodes {
        match node {
            Node::Text(_) => {}
            Node::Value(go) => walk_go(go, visit),
            Node::If(arms, otherwise) => {
                for (condition, then) in arms {
                    walk_go(condition, visit);
                    walk(then, visit);
                }
                walk(otherwise, visit);
            }
            Node::Range(value, body, otherwise) | Node::With(value, body, otherwise) => {
                walk_go(value, visit);
                walk(body, visit);
                walk(otherwise, visit);
            }
        }
    }
}

fn walk_go<'n>(go: &'n Go, visit: &mut dyn FnMut(&'n Go)) {
    visit(go);
    if let Go::Call(_, arguments) = go {
        arguments.iter().for_each(|argument| walk_go(argument, visit));
    }
}

#[cfg(test)]
mod tests;
