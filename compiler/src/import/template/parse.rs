//! From the text of a template to its nodes.

use super::{
    Go, Node,
    lex::{Token, tokens},
};

/// Deeper than anything that people write, and far from the end of any stack.
const DEPTH: usize = 50;

/// Why a template can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Go refuses it as well.
    Refused(String),
    /// Go knows what it means.
    Unsupported(String),
}

impl Broken {
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }

    /// In words.
    pub fn why(&self) -> &str {
        match self {
            Self::Refused(why) | Self::Unsupported(why) => why,
        }
    }
}

/// The nodes of a template.
pub fn parse(text: &str) -> Result<Vec<Node>, Broken> {
    let mut reader = Reader { pieces: pieces(text)?.into_iter().peekable(), depth: 0 };
    let nodes = reader.nodes()?;
    match reader.pieces.next() {
        None => Ok(nodes),
        Some(_) => Err(Broken::refused("there is an `end` or `else` without its `if`")),
    }
}

/// An expression that stands alone, without braces: `get_pods.items`.
pub fn expression(text: &str) -> Result<Go, Broken> {
    pipeline(&tokens(text)?)
}

enum Piece {
    Text(String),
    Action(Vec<Token>),
}

/// Texts and actions in turn, white space taken away where `{{-` and `-}}` say so.
fn pieces(text: &str) -> Result<Vec<Piece>, Broken> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut trim = false;
    while let Some(start) = rest.find("{{") {
        let mut before = if trim { rest[..start].trim_start() } else { &rest[..start] };
        let inside = &rest[start + 2..];
        let end = action_end(inside).ok_or_else(|| Broken::refused("`{{` has no `}}`"))?;
        let mut action = &inside[..end];
        if let Some(shorter) = action.strip_prefix("- ") {
            (action, before) = (shorter, before.trim_end());
        }
        trim = action.ends_with(" -");
        action = action.strip_suffix(" -").unwrap_or(action);
        pieces.push(Piece::Text(before.to_owned()));
        if !action.trim_start().starts_with("/*") {
            pieces.push(Piece::Action(tokens(action)?));
        }
        rest = &inside[end + 2..];
    }
    pieces.push(Piece::Text(if trim { rest.trim_start() } else { rest }.to_owned()));
    Ok(pieces)
}

/// Where the action ends: at the first `}}` outside of its texts.
fn action_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '`' => quote = Some(c),
            None if text[at..].starts_with("}}") => return Some(at),
            None => {}
        }
    }
    None
}

struct Reader {
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    depth: usize,
}

impl Reader {
    /// Up to an `end` or `else`, which stays.
    fn nodes(&mut self) -> Result<Vec<Node>, Broken> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Broken::Unsupported(format!("this is nested more than {DEPTH} levels deep")));
        }
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next_if(|piece| !ends(piece)) {
            match piece {
                Piece::Text(text) if text.is_empty() => {}
                Piece::Text(text) => nodes.push(Node::Text(text)),
                Piece::Action(tokens) => nodes.push(self.action(&tokens)?),
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    fn action(&mut self, tokens: &[Token]) -> Result<Node, Broken> {
        match tokens {
            [Token::Word(word), condition @ ..] if word == "if" => self.branches(condition),
            [Token::Word(word), list @ ..] if word == "range" => {
                let list = pipeline(list)?;
                let (body, otherwise) = self.two("range")?;
                Ok(Node::Range(list, body, otherwise))
            }
            [Token::Word(word), value @ ..] if word == "with" => {
                let value = pipeline(value)?;
                let (body, otherwise) = self.two("with")?;
                Ok(Node::With(value, body, otherwise))
            }
            [Token::Word(word), ..]
                if matches!(word.as_str(), "define" | "template" | "block" | "break" | "continue") =>
            {
                Err(Broken::Unsupported(format!("`{word}` is not supported")))
            }
            tokens => Ok(Node::Value(pipeline(tokens)?)),
        }
    }

    fn branches(&mut self, condition: &[Token]) -> Result<Node, Broken> {
        let mut arms = vec![(pipeline(condition)?, self.nodes()?)];
        loop {
            let Some(Piece::Action(tokens)) = self.pieces.next() else {
                return Err(Broken::refused("`if` has no `end`"));
            };
            match tokens.as_slice() {
                [Token::Word(_), Token::Word(second), condition @ ..] if second == "if" => {
                    arms.push((pipeline(condition)?, self.nodes()?));
                }
                [Token::Word(word)] if word == "else" => {
                    let otherwise = self.nodes()?;
                    self.end()?;
                    return Ok(Node::If(arms, otherwise));
                }
                [Token::Word(word)] if word == "end" => return Ok(Node::If(arms, Vec::new())),
                _ => return Err(Broken::refused("`else` is followed by something other than `if`")),
            }
        }
    }

    /// A body, and what stands behind its `else`.
    fn two(&mut self, word: &str) -> Result<(Vec<Node>, Vec<Node>), Broken> {
        let body = self.nodes()?;
        match self.pieces.next() {
            Some(Piece::Action(tokens)) if tokens == [Token::Word("end".to_owned())] => {
                Ok((body, Vec::new()))
            }
            Some(Piece::Action(tokens)) if tokens == [Token::Word("else".to_owned())] => {
                let otherwise = self.nodes()?;
                self.end()?;
                Ok((body, otherwise))
            }
            Some(_) => Err(Broken::refused(format!("the `else` of `{word}` is followed by something else"))),
            None => Err(Broken::refused(format!("`{word}` has no `end`"))),
        }
    }

    fn end(&mut self) -> Result<(), Broken> {
        match self.pieces.next() {
            Some(Piece::Action(tokens)) if tokens == [Token::Word("end".to_owned())] => Ok(()),
            _ => Err(Broken::refused("an `end` is missing")),
        }
    }
}

fn ends(piece: &Piece) -> bool {
    matches!(piece, Piece::Action(tokens)
        if matches!(tokens.first(), Some(Token::Word(word)) if word == "end" || word == "else"))
}

/// `a b c | f x` is `f x (a b c)`.
fn pipeline(tokens: &[Token]) -> Result<Go, Broken> {
    let mut parser = Operands { tokens, at: 0, depth: 0 };
    let go = parser.pipeline()?;
    if parser.at < tokens.len() {
        return Err(Broken::refused("there is a `)` without its `(`"));
    }
    Ok(go)
}

struct Operands<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

impl Operands<'_> {
    fn pipeline(&mut self) -> Result<Go, Broken> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Broken::Unsupported(format!("this is nested more than {DEPTH} levels deep")));
        }
        let mut value = self.command(None)?;
        while self.tokens.get(self.at) == Some(&Token::Pipe) {
            self.at += 1;
            value = self.command(Some(value))?;
        }
        self.depth -= 1;
        Ok(value)
    }

    fn command(&mut self, piped: Option<Go>) -> Result<Go, Broken> {
        let function = match self.tokens.get(self.at) {
            Some(Token::Word(word)) if !matches!(word.as_str(), "true" | "false" | "nil") => {
                self.at += 1;
                Some(word.clone())
            }
            _ => None,
        };
        let mut operands = Vec::new();
        while let Some(operand) = self.operand()? {
            operands.push(operand);
        }
        operands.extend(piped);
        match (function, operands.len()) {
            (Some(name), count) => match arguments(&name) {
                Some(wanted) if !wanted.contains(&count) => {
                    let (fewest, most) = (*wanted.start(), *wanted.end());
                    let wanted = match fewest {
                        _ if fewest == most => fewest.to_string(),
                        _ if most == usize::MAX => format!("at least {fewest}"),
                        _ => format!("{fewest} to {most}"),
                    };
                    Err(Broken::refused(format!("`{name}` takes {wanted} arguments, not {count}")))
                }
                _ => Ok(Go::Call(name, operands)),
            },
            (None, 1) => Ok(operands.remove(0)),
            (None, 0) => Err(Broken::refused("the braces are empty")),
            (None, _) => Err(Broken::refused("a value is followed by another one")),
        }
    }

    fn operand(&mut self) -> Result<Option<Go>, Broken> {
        let Some(token) = self.tokens.get(self.at) else { return Ok(None) };
        self.at += 1;
        Ok(Some(match token {
            Token::Path(path) => Go::Path(path.clone()),
            Token::Text(text) => Go::Text(text.clone()),
            Token::Number(number) => Go::Number(number.clone()),
            Token::Word(word) => match word.as_str() {
                "true" => Go::Bool(true),
                "false" => Go::Bool(false),
                "nil" => Go::Nil,
                other if arguments(other).is_some_and(|wanted| !wanted.contains(&0)) => {
                    return Err(Broken::refused(format!("`{other}` takes no arguments here")));
                }
                other => Go::Call(other.to_owned(), Vec::new()),
            },
            Token::Open => {
                let inner = self.pipeline()?;
                if self.tokens.get(self.at) != Some(&Token::Close) {
                    return Err(Broken::refused("`(` has no `)`"));
                }
                self.at += 1;
                inner
            }
            Token::Close | Token::Pipe => {
                self.at -= 1;
                return Ok(None);
            }
        }))
    }
}

/// How many arguments a function takes, where Go refuses any other number:
/// <https://pkg.go.dev/text/template#hdr-Functions>, <https://masterminds.github.io/sprig/>.
fn arguments(function: &str) -> Option<std::ops::RangeInclusive<usize>> {
    Some(match function {
        "and" | "or" | "index" | "printf" | "call" => 1..=usize::MAX,
        "slice" => 1..=4,
        "eq" | "ieq" => 2..=usize::MAX,
        "ne" | "ine" | "lt" | "le" | "gt" | "ge" => 2..=2,
        "not" | "len" | "empty" | "secret" | "get" => 1..=1,
        "toJson" | "toPrettyJson" | "toRawJson" | "toString" | "fromJson" => 1..=1,
        "lower" | "upper" | "trim" | "nospace" | "kebabcase" | "snakecase" | "int" | "int64" | "atoi" => {
            1..=1
        }
        "first" | "rest" | "last" | "uniq" | "sortAlpha" | "reverse" => 1..=1,
        "contains" | "hasPrefix" | "hasSuffix" | "splitList" | "split" | "has" | "join" | "trunc" | "sub" => {
            2..=2
        }
        "ternary" | "replace" => 3..=3,
        "default" => 1..=2,
        _ => return None,
    })
}
