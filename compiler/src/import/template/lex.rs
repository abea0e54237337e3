//! The words of an action, which is what stands between `{{` and `}}`.

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A keyword or the name of a function.
    Word(String),
    /// A way: `.a.b`, `$.a`, `.`.
    Path(Path),
    /// A text.
    Text(String),
    /// A number.
    Number(String),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `|`.
    Pipe,
}

use super::{Broken, Part, Path};

/// The tokens of an action; the error says what can't be read.
pub fn tokens(text: &str) -> Result<Vec<Token>, Broken> {
    let mut lexer = Lexer { rest: text };
    let mut tokens = Vec::new();
    while let Some(first) = lexer.peek() {
        match first {
            c if c.is_whitespace() => lexer.skip(),
            '(' => lexer.sign(&mut tokens, Token::Open),
            ')' => lexer.sign(&mut tokens, Token::Close),
            '|' => lexer.sign(&mut tokens, Token::Pipe),
            '"' | '`' => tokens.push(Token::Text(lexer.text(first)?)),
            '.' | '$' => tokens.push(Token::Path(lexer.path()?)),
            c if c.is_ascii_digit() || c == '-' => tokens.push(Token::Number(lexer.number())),
            c if c.is_alphanumeric() || c == '_' => tokens.push(Token::Word(lexer.word())),
            other => return Err(Broken::refused(format!("`{other}` is unexpected here"))),
        }
    }
    Ok(tokens)
}

struct Lexer<'t> {
    rest: &'t str,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn skip(&mut self) {
        let length = self.peek().map_or(0, char::len_utf8);
        self.rest = &self.rest[length..];
    }

    fn sign(&mut self, tokens: &mut Vec<Token>, token: Token) {
        self.skip();
        tokens.push(token);
    }

    fn take(&mut self, keep: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let taken = self.rest[..end].to_owned();
        self.rest = &self.rest[end..];
        taken
    }

    fn word(&mut self) -> String {
        self.take(|c| c.is_alphanumeric() || c == '_')
    }

    /// With a minus as its first sign, or none.
    fn number(&mut self) -> String {
        let minus = if self.peek() == Some('-') { "-" } else { "" };
        self.rest = &self.rest[minus.len()..];
        format!("{minus}{}", self.take(|c| c.is_ascii_digit() || c == '.' || c == '_'))
    }

    fn text(&mut self, quote: char) -> Result<String, Broken> {
        self.skip();
        let mut text = String::new();
        while let Some(next) = self.peek() {
            self.skip();
            match next {
                _ if next == quote => return Ok(text),
                '\\' if quote == '"' => {
                    let escaped = self.peek().unwrap_or('\\');
                    self.skip();
                    text.push(match escaped {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        other => other,
                    });
                }
                _ => text.push(next),
            }
        }
        Err(Broken::refused("a text has no end"))
    }

    fn path(&mut self) -> Result<Path, Broken> {
        let mut path = Path { from_top: self.peek() == Some('$'), steps: Vec::new() };
        if path.from_top {
            self.skip();
            if self.peek().is_some_and(|c| c.is_alphabetic() || c == '_') {
                return Err(Broken::Unsupported(format!(
                    "the variable `${}` can't be written as an expression",
                    self.word()
                )));
            }
        }
        loop {
            match self.peek() {
                Some('.') => {
                    self.skip();
                    self.member(&mut path)?;
                }
                Some('[') => {
                    self.skip();
                    self.index(&mut path)?;
                }
                _ => return Ok(path),
            }
        }
    }

    fn member(&mut self, path: &mut Path) -> Result<(), Broken> {
        match self.peek() {
            Some('\'') => {
                self.skip();
                let name = self.take(|c| c != '\'');
                if self.peek().is_none() {
                    return Err(Broken::refused("a quoted name has no end"));
                }
                self.skip();
                path.steps.push(Part::Member(name));
            }
            Some('*') => {
                self.skip();
                path.steps.push(Part::All);
            }
            Some(c) if c.is_alphanumeric() || c == '_' => {
                let name = self.take(|c| c.is_alphanumeric() || c == '_' || c == '-');
                path.steps.push(Part::Member(name));
            }
            // `.[:]`, and `.` alone.
            _ => {}
        }
        Ok(())
    }

    fn index(&mut self, path: &mut Path) -> Result<(), Broken> {
        let inside = self.take(|c| c != ']');
        if self.peek().is_none() {
            return Err(Broken::refused("an index has no end"));
        }
        self.skip();
        let inside = inside.trim();
        let quoted = inside.trim_matches(|c| c == '\'' || c == '"');
        path.steps.push(match inside.parse() {
            Ok(number) => Part::Element(number),
            Err(_) if inside == ":" || inside == "*" => Part::All,
            Err(_) if quoted.len() + 2 == inside.len() => Part::Member(quoted.to_owned()),
            Err(_) => return Err(Broken::refused(format!("`[{inside}]` is neither a number nor `[:]`"))),
        });
        Ok(())
    }
}
